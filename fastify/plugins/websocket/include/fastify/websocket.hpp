#pragma once
// WebSockets (RFC 6455); @fastify/websocket for C++.

#include <fastify/callable.hpp>
#include <fastify/plugin.hpp>
#include <fastify/task.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace fastify {

class Request;

struct WebSocketMessage {
  std::string data;  // UTF-8 unless it is binary
  bool isBinary = false;
};

/// One conversation. Belongs to the worker thread of its request.
class WebSocket {
 public:
  virtual ~WebSocket() = default;

  /// The next message, whole. nullopt when the conversation is over: `closeCode` tells why. Pings are answered, and
  /// what the peer does wrong is noticed, while somebody waits here; the peer is held back while nobody does. One call
  /// at a time.
  virtual Task<std::optional<WebSocketMessage>> receive() = 0;

  /// False: enough waits to be sent, go on after `drain()`. Without effect once it is closing.
  virtual bool send(std::string_view text) = 0;
  virtual bool sendBinary(std::string_view bytes) = 0;
  /// Ends when there is room again, or the conversation is over.
  virtual Task<> drain() = 0;
  /// At most 125 bytes, more are cut. The peer's pong is told to `onPong`.
  virtual void ping(std::string_view data = {}) = 0;
  virtual void onPong(std::function<void(std::string_view data)> callback) = 0;

  /// Says goodbye; `receive` goes on until the peer has, too. Throws FastifyError for a code that must not be sent (RFC
  /// 6455 §7.4). A reason of more than 123 bytes is cut.
  virtual void close(int code = 1000, std::string_view reason = {}) = 0;
  /// Cuts the connection.
  virtual void terminate() = 0;

  /// False once a goodbye was said, or the connection is gone.
  virtual bool isOpen() const noexcept = 0;
  /// What the peer said; 1005: nothing, 1006: the connection broke, or what this side found wrong (1002, 1007, 1009).
  virtual int closeCode() const noexcept = 0;
  virtual const std::string& closeReason() const noexcept = 0;
  /// The subprotocol that was agreed on; empty: none.
  virtual const std::string& protocol() const noexcept = 0;
};

using WebSocketPtr = std::shared_ptr<WebSocket>;

/// Compression of messages (permessage-deflate, RFC 7692), with ws's names. A conversation then takes some 300 KiB of
/// memory, less with smaller windows; a secret that is sent beside what others may choose can be guessed from the
/// sizes.
struct PerMessageDeflate {
  /// Each message of that side stands alone: less memory, less compression.
  bool serverNoContextTakeover = false;
  bool clientNoContextTakeover = false;
  /// 9 to 15: how far back messages refer, as a power of two. Clients that cannot keep to it are not compressed with.
  std::optional<int> serverMaxWindowBits;
  std::optional<int> clientMaxWindowBits;
  /// Shorter messages are sent as they are, where each stands alone.
  std::size_t threshold = 1024;
  /// zlib's: 0 (none) to 9 (best), -1: its default; 1 to 9.
  int level = -1;
  int memLevel = 8;
};

struct WebsocketOptions {
  /// Bytes of one message, as it is sent and as it is without compression; a longer one ends the conversation with
  /// 1009.
  std::size_t maxPayload = 100 * 1024 * 1024;
  /// Chooses of the subprotocols that the client offers; empty: none. Without the function: the first.
  std::function<std::string(const std::vector<std::string>& offered, Request& request)> handleProtocols;
  /// What a handler threw. Without the function: it is logged, and the connection is cut.
  std::function<void(std::exception_ptr error, WebSocket& socket, Request& request)> errorHandler;
  /// How long the peer may take to answer a goodbye.
  std::chrono::milliseconds closeTimeout{30000};
  /// Messages are compressed for clients that offer it; off, as in ws.
  std::optional<PerMessageDeflate> perMessageDeflate;
};

/// `(WebSocketPtr socket, Request&)`, a coroutine: the conversation is closed (1000) when it ends.
using WebSocketHandler = std::function<Task<>(WebSocketPtr socket, Request& request)>;

/// The handler of a route for WebSockets: `app.get("/chat", websocketHandler(chat))`. All hooks of the route run before
/// it, so that they decide who may come in. A request that is no upgrade is given to `http`, or answered 404. Needs the
/// plugin.
Handler websocketHandler(WebSocketHandler handler, Handler http = {});

namespace detail {
Task<> startWebsocket(Fastify& instance, const WebsocketOptions& options);
}

/// `app.registerPlugin(fastify::websocket, {.maxPayload = 65536})`. Browsers let every page open a WebSocket and send
/// cookies along: look at the Origin header in a hook when that matters.
inline constexpr Plugin<WebsocketOptions> websocket{detail::startWebsocket, "@fastify/websocket", "5.x"};

}  // namespace fastify
