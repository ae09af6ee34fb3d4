#include <fastify/websocket.hpp>

#include "frame.hpp"
#include "handshake.hpp"

#include <fastify/instance.hpp>
#include <fastify/reply.hpp>
#include <fastify/request.hpp>
#include <fastify/upgrade.hpp>

#include <async/event_loop.hpp>

#include <algorithm>

namespace fastify {
namespace {

using detail::Opcode;

const Decorator<WebsocketOptions> websocketOptions{"websocketServer"};

class Conversation final : public WebSocket, public std::enable_shared_from_this<Conversation> {
 public:
  Conversation(std::shared_ptr<Socket> socket, const WebsocketOptions& options, std::string protocol,
               const std::optional<detail::DeflateAgreement>& agreed)
      : socket_(std::move(socket)),
        reader_(options.maxPayload, agreed ? std::optional(detail::Inflater(*agreed)) : std::nullopt),
        deflater_(agreed ? std::optional(detail::Deflater(*agreed, *options.perMessageDeflate)) : std::nullopt),
        closeTimeout_(options.closeTimeout),
        protocol_(std::move(protocol)) {}

  /// The server closes: the peer is told (1001), and may answer until the server's patience ends.
  void listenForClose() {
    socket_->onServerClose([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->sayGoodbye(1001, {});
    });
  }

  Task<std::optional<WebSocketMessage>> receive() override {
    const auto self = shared_from_this();
    while (!over_) {
      while (auto event = reader_.next()) {
        if (event->opcode == Opcode::Text || event->opcode == Opcode::Binary) {
          if (goodbyeSaid_) continue;  // what crossed the goodbye is not asked for any more
          co_return WebSocketMessage{std::move(event->payload), event->opcode == Opcode::Binary};
        }
        takeControl(*event);
        if (over_) co_return std::nullopt;
        // Who sends pings and reads no pongs is not read from either.
        if (std::exchange(full_, false)) co_await drain();
      }
      if (reader_.failure()) {
        fail(reader_.failure());
        break;
      }
      co_await readMore();
    }
    co_return std::nullopt;
  }

  bool send(std::string_view text) override { return write(Opcode::Text, text); }
  bool sendBinary(std::string_view bytes) override { return write(Opcode::Binary, bytes); }
  Task<> drain() override {
    const auto self = shared_from_this();
    if (over_) co_return;
    if (draining_) {
      const auto other = *draining_;
      co_return co_await other;
    }
    draining_.emplace();
    co_await socket_->drain();
    std::exchange(draining_, std::nullopt)->resolve();
  }
  void ping(std::string_view data) override { write(Opcode::Ping, data.substr(0, 125)); }
  void onPong(std::function<void(std::string_view)> callback) override { pong_ = std::move(callback); }

  void close(int code, std::string_view reason) override {
    if (!detail::isCloseCode(code))
      throw FastifyError(500, "a WebSocket cannot be closed with the code " + std::to_string(code));
    sayGoodbye(code, reason);
  }
  void terminate() override {
    socket_->destroy();
    end(1006, {});
  }

  bool isOpen() const noexcept override { return !over_ && !goodbyeSaid_; }
  int closeCode() const noexcept override { return code_; }
  const std::string& closeReason() const noexcept override { return reason_; }
  const std::string& protocol() const noexcept override { return protocol_; }

  /// After the handler: what the peer still says is read until its goodbye.
  Task<> finish() {
    const auto self = shared_from_this();
    if (!over_) sayGoodbye(1000, {});
    while (co_await receive()) {
    }
  }

 private:
  bool write(Opcode opcode, std::string_view payload) {
    if (!isOpen()) return false;
    const bool message = opcode == Opcode::Text || opcode == Opcode::Binary;
    if (!message || !deflater_ || !deflater_->wants(payload.size()))
      return socket_->write(detail::frameOf(opcode, payload));
    return socket_->write(detail::frameOf(opcode, deflater_->deflate(payload), true));
  }

  Task<> readMore() {
    std::optional<std::string> bytes;
    try {
      bytes = co_await socket_->read();
    } catch (const FastifyError&) {
      bytes.reset();  // the connection broke
    }
    if (over_) co_return;
    if (bytes) {
      reader_.feed(*bytes);
    } else {
      socket_->end();
      end(1006, {});
    }
  }

  void takeControl(const detail::FrameReader::Event& event) {
    if (event.opcode == Opcode::Ping) {
      full_ = isOpen() && !write(Opcode::Pong, event.payload);
    } else if (event.opcode == Opcode::Pong) {
      if (pong_) pong_(event.payload);
    } else {
      int failure = 0;
      const auto said = detail::parseClose(event.payload, failure);
      if (!said) return fail(failure);
      if (!goodbyeSaid_) socket_->write(detail::frameOf(Opcode::Close, detail::closePayload(said->code, {})));
      goodbyeSaid_ = true;
      socket_->end();
      end(said->code, said->reason);
    }
  }

  void sayGoodbye(int code, std::string_view reason) {
    if (over_ || std::exchange(goodbyeSaid_, true)) return;
    socket_->write(detail::frameOf(Opcode::Close, detail::closePayload(code, reason)));
    // Weak: the timer must not keep a conversation that is over.
    timer_.emplace(async::EventLoop::current());
    timer_->start(closeTimeout_, [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->terminate();
    });
  }

  /// The peer broke a rule: it is told which, and nothing more is read (RFC 6455 §7.1.7).
  void fail(int code) {
    if (!std::exchange(goodbyeSaid_, true))
      socket_->write(detail::frameOf(Opcode::Close, detail::closePayload(code, {})));
    socket_->end();
    end(code, {});
  }

  void end(int code, std::string reason) {
    timer_.reset();
    if (std::exchange(over_, true)) return;
    code_ = code;
    reason_ = std::move(reason);
  }

  const std::shared_ptr<Socket> socket_;
  detail::FrameReader reader_;
  std::optional<detail::Deflater> deflater_;
  const std::chrono::milliseconds closeTimeout_;
  const std::string protocol_;
  std::function<void(std::string_view)> pong_;
  std::optional<async::EventLoop::Timer> timer_;
  std::optional<async::Deferred<>> draining_;
  bool full_ = false;
  bool goodbyeSaid_ = false;
  bool over_ = false;
  int code_ = 1006;
  std::string reason_;
};

bool asksForWebSocket(const Request& request) {
  const auto protocol = request.upgrade();
  constexpr std::string_view name = "websocket";
  return protocol && std::ranges::equal(*protocol, name, {},
                                        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
}

void refuse(Reply& reply, int code, const char* why) {
  reply.code(code)
      .header("sec-websocket-version", "13")
      .send({{"statusCode", code}, {"error", code == 426 ? "Upgrade Required" : "Bad Request"}, {"message", why}});
}

/// The conversation; nullptr when the request was refused.
std::shared_ptr<Conversation> accept(const WebsocketOptions& options, Request& request, Reply& reply) {
  const auto header = [&](std::string_view name) { return request.headers()[name].value_or(""); };
  if (request.method() != "GET") return refuse(reply, 400, "a WebSocket begins with GET"), nullptr;
  if (header("sec-websocket-version") != "13") return refuse(reply, 426, "Sec-WebSocket-Version must be 13"), nullptr;
  const auto accept = detail::acceptOf(header("sec-websocket-key"));
  if (!accept) return refuse(reply, 400, "Missing or invalid Sec-WebSocket-Key header"), nullptr;
  const auto offered = detail::offeredProtocols(header("sec-websocket-protocol"));
  if (!offered) return refuse(reply, 400, "Invalid Sec-WebSocket-Protocol header"), nullptr;
  std::string protocol;
  if (!offered->empty())
    protocol = options.handleProtocols ? options.handleProtocols(*offered, request) : offered->front();
  HeaderPairs headers{{"sec-websocket-accept", *accept}};
  if (!protocol.empty()) headers.emplace_back("sec-websocket-protocol", protocol);
  std::optional<detail::DeflateAgreement> agreed;
  if (options.perMessageDeflate)
    agreed = detail::agreeOnDeflate(header("sec-websocket-extensions"), *options.perMessageDeflate);
  if (agreed) headers.emplace_back("sec-websocket-extensions", agreed->answer);
  auto socket = reply.upgrade("websocket", headers);
  auto conversation = std::make_shared<Conversation>(std::move(socket), options, std::move(protocol), agreed);
  conversation->listenForClose();
  return conversation;
}

void handleError(const WebsocketOptions& options, std::exception_ptr error, WebSocket& socket, Request& request) {
  if (options.errorHandler) return options.errorHandler(error, socket, request);
  request.log().error(FastifyError::from(error).message);
  socket.terminate();
}

Task<> converse(const std::shared_ptr<const WebSocketHandler> handler, Request& request, Reply& reply) {
  const auto& options = request.server()[websocketOptions];
  const auto conversation = accept(options, request, reply);
  if (!conversation) co_return;
  std::exception_ptr failed;
  try {
    co_await (*handler)(conversation, request);
  } catch (...) {
    failed = std::current_exception();
  }
  if (failed) handleError(options, failed, *conversation, request);
  co_await conversation->finish();
}

void check(const PerMessageDeflate& options) {
  const auto within = [](int value, int least, int most, const char* name) {
    if (value < least || value > most)
      throw FastifyError(500, "FST_WS_INVALID_OPTION",
                         std::string("perMessageDeflate.") + name + " is from " + std::to_string(least) + " to " +
                             std::to_string(most));
  };
  within(options.serverMaxWindowBits.value_or(15), 9, 15, "serverMaxWindowBits");
  within(options.clientMaxWindowBits.value_or(15), 9, 15, "clientMaxWindowBits");
  within(options.level, -1, 9, "level");
  within(options.memLevel, 1, 9, "memLevel");
}

}  // namespace

Handler websocketHandler(WebSocketHandler handler, Handler http) {
  return [handler = std::make_shared<const WebSocketHandler>(std::move(handler)), http = std::move(http)](
             Request& request, Reply& reply) -> Task<> {
    if (asksForWebSocket(request)) return converse(handler, request, reply);
    if (http) return http.call()(request, reply);
    reply.callNotFound();
    return Task<>();
  };
}

namespace detail {

Task<> startWebsocket(Fastify& instance, const WebsocketOptions& options) {
  if (options.perMessageDeflate) check(*options.perMessageDeflate);
  instance.decorate(websocketOptions, options);
  return Task<>();
}

}  // namespace detail
}  // namespace fastify
