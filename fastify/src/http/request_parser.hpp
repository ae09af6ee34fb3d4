#pragma once
// The head of an HTTP/1 request: request line and headers, read where they lie.

#include "header_field.hpp"
#include "method.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace fastify::http {

/// Why bytes are not taken for a request. All but the last two are answered with shape D's 400, `HeaderOverflow` with
/// its 431; `Connect` is not answered at all.
enum class Refusal : std::uint8_t {
  InvalidMethod,            // not one of Node's methods, or not a method at all
  InvalidTarget,            // empty, with spaces, controls or bytes above 0x7F, or of no known form
  InvalidVersion,           // not HTTP/1.1, HTTP/1.0, HTTP/2.0 or none
  InvalidLineEnd,           // a bare LF or CR
  InvalidHeaderName,        // empty, an illegal character, space before the colon, a folded line, no colon
  InvalidHeaderValue,       // NUL, a control character
  InvalidContentLength,     // not a number below 2^64, a list, or twice
  UnexpectedContentLength,  // beside Transfer-Encoding
  InvalidTransferEncoding,  // does not end in chunked, comes with HTTP/1.0
  InvalidChunk,             // in a chunked body
  EndedEarly,               // the client's half of the connection ended within a message
  HeaderOverflow,           // head or trailers beyond the limit
  Connect                   // a CONNECT request
};

/// The code that Node's parser has for it, such as "HPE_INVALID_METHOD"; what a clientErrorHandler is told.
std::string_view nodeCode(Refusal refusal) noexcept;

enum class Expectation : std::uint8_t { None, Continue, Unknown };

/// A request's head. Views refer to the input; `headers` to the parser.
struct RequestHead {
  Method method = Method::Get;
  std::string_view methodName;  // a constant
  /// "/path?query", "*" or an absolute URI, as it came.
  std::string_view target;
  /// 9 (a request line without version), 10, 11 or 20 ("HTTP/2.0" in a request line: answered, then closed).
  int version = 11;
  /// In order of arrival, at most `RequestParser::maxHeaders`; what is beyond is checked and dropped, as Node does.
  std::span<const HeaderField> headers;
  /// Absent when the body is chunked, and when no length was declared.
  std::optional<std::uint64_t> contentLength;
  bool chunked = false;
  /// What version and Connection header ask for.
  bool keepAlive = true;
  bool hasHost = false;
  Expectation expectation = Expectation::None;

  bool hasBody() const noexcept { return chunked || (contentLength && *contentLength > 0); }
};

/// Reads one head after another from a growing input. Copies nothing, and allocates only while its list of headers
/// grows to the longest head it has met. Strict: what two readers could understand differently is refused.
class RequestParser {
 public:
  enum class Status : std::uint8_t { NeedMore, Complete, Refused };
  static constexpr std::size_t maxHeaders = 1000;

  /// `maxHeadSize`: bytes of the request line and headers together, and of blank lines before them.
  explicit RequestParser(std::size_t maxHeadSize = 16384) noexcept : maxHeadSize_(maxHeadSize) {}

  /// Reads on. `input` starts with the first byte of the message and has all that came since, wherever it lies now.
  /// After Complete or Refused call `reset()` first. Time over all calls is linear in the bytes, plus the length of the
  /// current line for each call.
  Status parse(std::string_view input);

  /// After Complete: the head; its views live as long as the input given last, `headers` until `reset()`.
  const RequestHead& head() const noexcept { return head_; }
  /// After Complete: bytes of the head, blank lines before it included. The body, or the next message, follows.
  std::size_t consumed() const noexcept { return position_; }
  /// After Refused.
  Refusal refusal() const noexcept { return refusal_; }
  /// True once a byte of a request line has come (blank lines before it do not count).
  bool started() const noexcept { return started_; }

  /// Ready for the next message. Lets the memory of an unusually long head go.
  void reset() noexcept;

 private:
  struct Reader;
  void moveViews(const char* base) noexcept;
  enum class Phase : std::uint8_t { RequestLine, Headers };

  std::size_t maxHeadSize_;
  std::size_t position_ = 0;  // start of the first line that is not read yet
  const char* base_ = nullptr;
  std::vector<HeaderField> fields_;
  RequestHead head_;
  Phase phase_ = Phase::RequestLine;
  Refusal refusal_ = Refusal::InvalidMethod;
  bool started_ = false;
  bool hasTransferEncoding_ = false;
  bool lastCodingIsChunked_ = false;
  bool askedToClose_ = false;
  bool askedToKeepAlive_ = false;
};

}  // namespace fastify::http
