#pragma once
// Readiness of many sockets at once. A worker's connections share one epoll set, and the event loop watches that set:
// a batch of ready connections costs the loop one wake-up, a connection no operation object of its own.

#include <async/event_loop.hpp>

#include <cstdint>
#include <functional>
#include <memory>

namespace fastify::server {

/// Something with a file descriptor.
class Watched {
 public:
  /// EPOLLIN, EPOLLOUT, EPOLLHUP, …
  virtual void onReady(std::uint32_t events) noexcept = 0;

 protected:
  ~Watched() = default;
};

/// Level-triggered. Belongs to its loop's thread. A `Watched` that was removed may still be told of what was ready in
/// the same batch: it must stay until `afterBatch`.
class Poller {
 public:
  /// `afterBatch` is called when all that was ready has been told.
  Poller(async::EventLoop& loop, std::function<void()> afterBatch);
  ~Poller();

  /// Throws std::system_error.
  void add(int fileDescriptor, Watched& watched, std::uint32_t events);
  void modify(int fileDescriptor, Watched& watched, std::uint32_t events) noexcept;
  void remove(int fileDescriptor) noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fastify::server
