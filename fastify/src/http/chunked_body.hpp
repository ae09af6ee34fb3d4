#pragma once
// The chunked transfer coding of a request's body (RFC 9112 §7.1), read strictly.

#include "request_parser.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fastify::http {

/// Takes a chunked body apart as it comes. Extensions and trailers are checked, bounded and dropped.
class ChunkedBody {
 public:
  enum class Status : std::uint8_t {
    NeedMore,  // all of the input is used up
    Data,      // `data` is a piece of the body; call again with what follows `consumed`
    Done,      // the last chunk and the trailers have been read; the next message follows `consumed`
    Refused    // see refusal()
  };
  struct Step {
    Status status;
    std::size_t consumed;
    std::string_view data;  // within the input
  };

  /// `maxOverhead`: bytes of all extensions together, and of all trailers together.
  explicit ChunkedBody(std::size_t maxOverhead = 16384) noexcept : maxOverhead_(maxOverhead) {}

  /// Reads on; `input` starts where the last step ended.
  Step read(std::string_view input) noexcept;
  Refusal refusal() const noexcept { return refusal_; }
  void reset() noexcept { *this = ChunkedBody(maxOverhead_); }

 private:
  enum class State : std::uint8_t;
  bool readFraming(char c) noexcept;
  bool readSize(char c) noexcept;
  bool keepTrailerName(char c) noexcept;
  bool isTrailerAllowed() const noexcept;
  bool countExtension() noexcept;
  bool countTrailer() noexcept;

  std::size_t maxOverhead_;
  std::size_t extensionBytes_ = 0;
  std::size_t trailerBytes_ = 0;
  std::uint64_t left_ = 0;  // of the chunk
  std::uint8_t sizeDigits_ = 0;
  std::uint8_t trailerNameLength_ = 0;
  std::array<char, 18> trailerName_;  // its start, longer than any that is refused
  State state_{};
  Refusal refusal_ = Refusal::InvalidChunk;
};

}  // namespace fastify::http
