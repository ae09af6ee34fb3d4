#pragma once
// WebSocket frames (RFC 6455 §5), from a client's bytes and to its.

#include "deflate.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace fastify::detail {

enum class Opcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// Reads what a client sends, in any pieces. Messages come whole, control frames between their fragments.
class FrameReader {
 public:
  /// `inflater`: compressed messages were agreed on. `maxPayload` counts before and after.
  explicit FrameReader(std::size_t maxPayload, std::optional<Inflater> inflater = {})
      : maxPayload_(maxPayload), inflater_(std::move(inflater)) {}

  struct Event {
    Opcode opcode = Opcode::Text;  // Text, Binary, Close, Ping or Pong
    std::string payload;
  };

  void feed(std::string_view bytes);
  /// The next event; nullopt: more bytes are needed, or `failure()` is set.
  std::optional<Event> next();
  /// The close code of what the client did wrong: 1002 (protocol), 1007 (no UTF-8, nothing that was compressed), 1009
  /// (too long); 0: nothing. Final.
  int failure() const noexcept { return failure_; }

 private:
  struct Head {
    bool fin = false;
    bool compressed = false;
    Opcode opcode = Opcode::Text;
    std::uint64_t length = 0;
    std::size_t size = 0;
  };
  std::optional<Head> readHead();
  std::optional<Event> take(const Head& head, std::string payload);
  std::optional<Event> fail(int code);

  std::optional<Event> finish();

  const std::size_t maxPayload_;
  std::optional<Inflater> inflater_;
  int failure_ = 0;
  std::string buffer_;
  std::size_t at_ = 0;
  std::optional<Opcode> fragmented_;  // of the message whose fragments come
  bool compressed_ = false;           // that message
  std::string message_;
};

/// A server's frame: one piece, without a mask. `compressed`: its payload is.
std::string frameOf(Opcode opcode, std::string_view payload, bool compressed = false);

/// Whether a close frame may carry the code (RFC 6455 §7.4, and the IANA registry's).
bool isCloseCode(int code) noexcept;

/// The code and reason of a close frame; 1005 for an empty one. nullopt: it is malformed, `failure` says how (1002,
/// 1007).
struct CloseFrame {
  int code = 1005;
  std::string reason;
};
std::optional<CloseFrame> parseClose(std::string_view payload, int& failure);
std::string closePayload(int code, std::string_view reason);

}  // namespace fastify::detail
