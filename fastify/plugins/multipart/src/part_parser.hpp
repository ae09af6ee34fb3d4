#pragma once
// The parts of a multipart body (RFC 2046 §5.1), from bytes that come in any pieces.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify::detail {

using PartHeaders = std::vector<std::pair<std::string, std::string>>;  // names in lower case

/// Feed it bytes, then ask for events until it needs more. Strict where readers disagree: bare line ends and folded
/// lines in headers, text after a boundary and a boundary that is the beginning of a longer line are refused.
class PartParser {
 public:
  enum class Event { NeedMore, Part, Data, PartEnd, End };

  /// `boundary` as Content-Type gives it, 1 to 70 characters (`boundaryOf`).
  PartParser(std::string_view boundary, std::size_t headerPairs, std::size_t headerSize);

  void feed(std::string_view bytes);
  /// No more bytes will come.
  void finish() noexcept { finished_ = true; }

  /// Throws FastifyError 400: FST_MP_MALFORMED; FST_MP_PREMATURE_CLOSE when the body ended before its last boundary.
  Event next();
  /// Of the last Part.
  const PartHeaders& headers() const noexcept { return headers_; }
  /// Of the last Data, until `feed` or `next`.
  std::string_view data() const noexcept { return data_; }

 private:
  enum class State { Preamble, AfterBoundary, Headers, BodyStart, Body, Epilogue };

  Event needMore() const;
  Event preamble();
  Event afterBoundary();
  Event readHeaders();
  Event bodyStart();
  Event body();
  std::string_view rest() const noexcept { return std::string_view(buffer_).substr(at_); }

  const std::string delimiter_;  // CRLF "--" boundary
  const std::size_t headerPairs_;
  const std::size_t headerSize_;
  State state_ = State::Preamble;
  bool finished_ = false;
  bool anything_ = false;
  std::string buffer_ = "\r\n";  // the first boundary needs no line end before it
  std::size_t at_ = 0;
  PartHeaders headers_;
  std::string_view data_;
};

/// A media type or disposition: `form-data; name="a"; filename="b.txt"`.
struct Parameterised {
  std::string value;                                            // lower case
  std::vector<std::pair<std::string, std::string>> parameters;  // names in lower case
  const std::string* find(std::string_view name) const noexcept;
};
/// nullopt for what is malformed, and for a parameter that comes twice: readers disagree which one counts.
std::optional<Parameterised> parseParameterised(std::string_view text);

/// The boundary of a Content-Type; nullopt when it is no multipart/form-data or has no proper boundary.
std::optional<std::string> boundaryOf(std::string_view contentType);

}  // namespace fastify::detail
