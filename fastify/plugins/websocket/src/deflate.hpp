#pragma once
// Compressed messages of WebSockets (permessage-deflate, RFC 7692): what is agreed on, and texts into and out of it.

#include <fastify/websocket.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fastify::detail {

/// What both sides have agreed on.
struct DeflateAgreement {
  bool serverForgets = false;  // server_no_context_takeover: each message stands alone
  bool clientForgets = false;
  int serverWindowBits = 15;
  int clientWindowBits = 15;
  std::string answer;  // of Sec-WebSocket-Extensions
};

/// The first of the offers in Sec-WebSocket-Extensions that can be kept. nullopt: none; those that are malformed, or
/// have parameters that nobody knows, are passed over (§5).
std::optional<DeflateAgreement> agreeOnDeflate(std::string_view offers, const PerMessageDeflate& options);

/// A client's messages.
class Inflater {
 public:
  explicit Inflater(const DeflateAgreement& agreed);
  ~Inflater();
  Inflater(Inflater&&) noexcept;

  /// The message; nullopt with a close code in `failure`: 1007 for what is no such data, 1009 for more than `limit`
  /// bytes, of which no more are made.
  std::optional<std::string> inflate(std::string_view compressed, std::size_t limit, int& failure);

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

/// A server's messages.
class Deflater {
 public:
  Deflater(const DeflateAgreement& agreed, const PerMessageDeflate& options);
  ~Deflater();
  Deflater(Deflater&&) noexcept;

  /// Whether a message of that size is worth it.
  bool wants(std::size_t size) const noexcept;
  std::string deflate(std::string_view message);

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

}  // namespace fastify::detail
