#include "server.hpp"

#include "connection.hpp"
#include "tls.hpp"

#include "../lifecycle/application.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cerrno>

#include <array>
#include <new>
#include <optional>
#include <string>
#include <system_error>

namespace fastify::server {

namespace {

/// Takes new connections from one listening socket.
class Acceptor final : public Watched {
 public:
  Acceptor(Worker& worker, ListeningSocket socket)
      : worker_(worker), socket_(std::move(socket)), fd_(socket_.fileDescriptor()), retry_(worker.loop) {
    worker_.poller.add(fd_, *this, EPOLLIN);
  }
  ~Acceptor() { worker_.poller.remove(fd_); }

  void onReady(std::uint32_t) noexcept override {
    // A bounded number a turn: those who are connected want answers too.
    for (int i = 0; i < 64; ++i) {
      sockaddr_storage address{};
      socklen_t length = sizeof address;
      const int fd = ::accept4(fd_, reinterpret_cast<sockaddr*>(&address), &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (fd < 0) {
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) pause();
        return;
      }
      welcome(fd, address);
    }
  }

 private:
  /// Out of descriptors: to ask again at once would only burn the processor.
  void pause() noexcept {
    try {
      retry_.start(std::chrono::milliseconds(100), [this] { worker_.poller.modify(fd_, *this, EPOLLIN); });
      worker_.poller.modify(fd_, *this, 0);
      worker_.application.logger.error("too many open files: new connections wait");
    } catch (const std::bad_alloc&) {  // then it is asked again at once, or the line is lost
    }
  }

  void welcome(int fd, const sockaddr_storage& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    std::uint16_t port = 0;
    if (address.ss_family == AF_INET6) {
      const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
      ::inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
      port = ntohs(v6.sin6_port);
    } else if (address.ss_family == AF_INET) {  // who is at a Unix socket has no address
      const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
      ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
      port = ntohs(v4.sin_port);
    }
    try {
      worker_.makeRoom();
      worker_.adopt(std::make_unique<Connection>(worker_, fd, text.data(), port));
    } catch (...) {
      worker_.logCut();
      ::close(fd);
    }
  }

  Worker& worker_;
  ListeningSocket socket_;
  int fd_;
  async::EventLoop::Timer retry_;
};

}  // namespace

struct Server::Impl {
  Impl(Application& application, async::EventLoop& loop, std::shared_ptr<const TlsContext> tls)
      : loop(loop), application(application), tls(std::move(tls)) {}

  async::EventLoop& loop;
  Application& application;
  std::shared_ptr<const TlsContext> tls;
  std::optional<Worker> worker;
  std::vector<std::unique_ptr<Acceptor>> acceptors;
};

Server::Server(Application& application, async::EventLoop& loop, std::shared_ptr<const TlsContext> tls)
    : impl_(std::make_unique<Impl>(application, loop, std::move(tls))) {}
Server::~Server() = default;

void Server::accept(std::vector<ListeningSocket> sockets) {
  if (!impl_->worker) impl_->worker.emplace(impl_->application, impl_->loop, impl_->tls.get());
  for (auto& socket : sockets)
    impl_->acceptors.push_back(std::make_unique<Acceptor>(*impl_->worker, std::move(socket)));
}

async::Task<> Server::close() {
  impl_->acceptors.clear();
  if (!impl_->worker) co_return;
  auto& worker = *impl_->worker;
  const auto& options = impl_->application.options;
  worker.closing = true;
  // Closing one moves another to its place.
  for (auto index = worker.connections.size(); index-- > 0;) {
    if (index < worker.connections.size()) worker.connections[index]->beginClose(options.forceCloseConnections);
  }
  async::Deferred<> over;
  worker.onEmpty = [over] { over.resolve(); };
  if (worker.connections.empty()) co_return;
  async::EventLoop::Timer deadline(impl_->loop);
  if (options.closeGraceDelay.count() > 0)
    deadline.start(options.closeGraceDelay, [&worker, over] {
      worker.cutAll();
      over.resolve();
    });
  co_await over;
}

}  // namespace fastify::server
