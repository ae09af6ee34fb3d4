#pragma once
// The border between what carries messages (a socket's connection, an injected request, later an HTTP/2 stream) and the
// life of one request. A transport hands a message's head to an Exchange, the Exchange takes the body and gives the
// answer back. All on one thread; calls may come back from within a call in either direction.

#include "../http/header_field.hpp"
#include "../http/method.hpp"

#include <fastify/upgrade.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace fastify {

/// A request's head, parsed and accepted. Its views, and those of what `headers` refers to, live until the transport's
/// `exchangeEnded()`.
struct IncomingMessage {
  http::Method method = http::Method::Get;
  /// As it came: "/path?query", "*", or an absolute URI.
  std::string_view target;
  /// 10 or 11 (HTTP/1.0, 1.1), 20.
  int version = 11;
  std::span<const HeaderField> headers;
  /// The declared length; absent when there is none or the body is chunked.
  std::optional<std::uint64_t> contentLength;
  /// True for a chunked body, also an empty one.
  bool chunked = false;
  std::string_view remoteAddress;
  std::uint16_t remotePort = 0;
  bool secure = false;
};

/// How the end of an answer's body is marked. The transport writes the framing headers for Chunked; Content-Length is
/// among `headers` for Length.
enum class Framing : std::uint8_t { Length, Chunked, None };

/// An answer's head. The transport adds Date (unless given), Connection and Keep-Alive. Views live during the call.
struct OutgoingHead {
  int statusCode = 200;
  std::span<const HeaderField> headers;
  Framing framing = Framing::Length;
  /// The answer to HEAD, and 204 and 304: no body follows, whatever the headers say.
  bool bodyless = false;
  /// Close the connection after this answer.
  bool close = false;
};

/// What a transport does for an Exchange.
class Transport {
 public:
  /// Starts the flow of the body: `Exchange::onBodyData` for each piece, then `onBodyEnd`; may call them before it
  /// returns. Called at most once a message. A body that is never asked for is read and dropped by the transport when
  /// the answer is complete. Nothing comes for a message without a body but `onBodyEnd`.
  virtual void receiveBody() = 0;
  /// Stops and restarts the flow (back-pressure).
  virtual void pauseBody() = 0;
  virtual void resumeBody() = 0;

  /// A whole answer. One write, together with others that are ready.
  virtual void respond(const OutgoingHead& head, std::string_view body) = 0;
  /// An answer in pieces: the head, then `writeBody` …, then `endBody`.
  virtual void beginBody(const OutgoingHead& head) = 0;
  /// False: enough is waiting to be sent, go on after `Exchange::onDrain`. `data` is copied or sent before it returns.
  virtual bool writeBody(std::string_view data) = 0;
  /// Ends a body begun with `beginBody`. Trailers only when it is chunked.
  virtual void endBody(std::span<const HeaderField> trailers) = 0;
  /// An informational answer (100, 103), at once.
  virtual void respondInformational(int statusCode, std::span<const HeaderField> headers) = 0;
  /// Answers 101 with these headers and gives the connection away; `Exchange::onSent` follows, maybe later. Null, and
  /// nothing happens, where the message cannot leave HTTP.
  virtual std::shared_ptr<Socket> upgrade(std::span<const HeaderField>) { return nullptr; }
  /// Cuts the connection; the answer, begun or not, stays incomplete.
  virtual void abort() = 0;

  /// The Exchange needs nothing of this message any more: its buffers may be reused, and the next message be started.
  /// The last thing an Exchange does; comes after `onSent` or `onClosed`.
  virtual void exchangeEnded() = 0;

 protected:
  ~Transport() = default;
};

}  // namespace fastify
