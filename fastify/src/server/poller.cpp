#include "poller.hpp"

#include <async/asio.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <sys/epoll.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <new>
#include <system_error>
#include <utility>

namespace fastify::server {
namespace asio = boost::asio;

namespace {
int makeSet() {
  const int set = ::epoll_create1(EPOLL_CLOEXEC);
  if (set < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  return set;
}
}  // namespace

struct Poller::Impl {
  Impl(async::EventLoop& loop, std::function<void()> afterBatch)
      : set(makeSet()), descriptor(async::ioContext(loop), set), afterBatch(std::move(afterBatch)) {}

  void wait() {
    descriptor.async_wait(Descriptor::wait_read, [this](boost::system::error_code failed) {
      if (failed) return;  // the poller is going
      dispatch();
      goOn();
    });
  }

  /// Who does not wait hears nothing more: rather late than deaf.
  void goOn() {
    while (true) {
      try {
        return wait();
      } catch (const std::bad_alloc&) {
        ::usleep(1000);
      }
    }
  }

  void dispatch() {
    std::array<epoll_event, 256> ready;
    const int count = ::epoll_wait(set, ready.data(), static_cast<int>(ready.size()), 0);
    for (int i = 0; i < count; ++i) {
      static_cast<Watched*>(ready[static_cast<std::size_t>(i)].data.ptr)
          ->onReady(ready[static_cast<std::size_t>(i)].events);
    }
    afterBatch();
  }

  int set;
  // Of the loop's own executor: the general one costs an allocation's worth of work for each wake-up.
  using Descriptor = asio::posix::basic_stream_descriptor<asio::io_context::executor_type>;
  Descriptor descriptor;  // closes the set
  std::function<void()> afterBatch;
};

Poller::Poller(async::EventLoop& loop, std::function<void()> afterBatch)
    : impl_(std::make_unique<Impl>(loop, std::move(afterBatch))) {
  impl_->wait();
}
Poller::~Poller() = default;

void Poller::add(int fileDescriptor, Watched& watched, std::uint32_t events) {
  epoll_event event{.events = events, .data = {.ptr = &watched}};
  if (::epoll_ctl(impl_->set, EPOLL_CTL_ADD, fileDescriptor, &event) != 0) {
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
  }
}

void Poller::modify(int fileDescriptor, Watched& watched, std::uint32_t events) noexcept {
  epoll_event event{.events = events, .data = {.ptr = &watched}};
  ::epoll_ctl(impl_->set, EPOLL_CTL_MOD, fileDescriptor, &event);
}

void Poller::remove(int fileDescriptor) noexcept { ::epoll_ctl(impl_->set, EPOLL_CTL_DEL, fileDescriptor, nullptr); }

}  // namespace fastify::server
