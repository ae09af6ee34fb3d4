#pragma once
// A connection that leaves HTTP: what `reply.upgrade()` gives, and a WebSocket or another protocol is spoken on.

#include <fastify/task.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fastify {

/// The bytes of an upgraded connection, both ways; of TLS when the server speaks it. Belongs to the worker thread of its
/// request, and may outlive the request. Whoever lets the last pointer go ends it, as `end()` does.
///
///   app.get("/echo", [](Request& request, Reply& reply) -> Task<> {
///     if (request.upgrade() != "echo") co_return reply.code(426).send();
///     auto socket = reply.upgrade("echo");
///     while (auto bytes = co_await socket->read()) {
///       if (!socket->write(*bytes)) co_await socket->drain();
///     }
///   });
class Socket {
 public:
  virtual ~Socket() = default;

  /// What has come since the last call, at least a byte; first what the client sent behind the request's head. nullopt
  /// when the client has ended its side, or `end()` or `destroy()` was called. Throws FastifyError ECONNRESET when the
  /// connection broke. While nobody reads, the client is held back. One call at a time.
  virtual Task<std::optional<std::string>> read() = 0;
  /// Sends a copy of `bytes`. False: enough waits to be sent, go on after `drain()`. Without effect once it is closed.
  virtual bool write(std::string_view bytes) = 0;
  /// Ends when there is room again, or the connection is gone. One call at a time.
  virtual Task<> drain() = 0;
  /// Closes the connection when all that was written has left.
  virtual void end() = 0;
  /// Cuts the connection.
  virtual void destroy() = 0;
  /// True once neither side can send any more.
  virtual bool closed() const noexcept = 0;

  /// Called once when the server begins to close, to say goodbye in the protocol's own words and `end()`. Without one
  /// the connection is ended. What is still open after `closeGraceDelay` is cut.
  virtual void onServerClose(std::function<void()> callback) = 0;
};

}  // namespace fastify
