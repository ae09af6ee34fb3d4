#pragma once
// Answers as bytes, in Node's spelling and order. Everything is appended to a buffer that leaves in one write.

#include "header_field.hpp"
#include "request_parser.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <span>
#include <string>
#include <string_view>

namespace fastify::http {

/// The Date header's value, made once a second. One for each thread.
class DateClock {
 public:
  /// "Sun, 06 Nov 1994 08:49:37 GMT" for now; the view lives until the next call.
  std::string_view now() noexcept;
  /// The same for a given time.
  std::string_view at(std::time_t seconds) noexcept;

 private:
  std::time_t second_ = -1;
  std::size_t length_ = 0;
  char text_[40];
};

/// What the connection says of itself in an answer.
struct ConnectionFields {
  /// False: "Connection: close".
  bool keepAlive = true;
  /// For "Keep-Alive: timeout=…"; whole seconds are sent. Zero: no such line.
  std::chrono::milliseconds keepAliveTimeout{72000};
  /// For ", max=…"; zero: left out.
  std::size_t maxRequests = 0;
};

/// A status line and headers.
struct ResponseHead {
  int statusCode = 200;
  std::span<const HeaderField> headers;
  ConnectionFields connection;
  /// Adds "Transfer-Encoding: chunked".
  bool chunked = false;
};

/// Appends the head with its empty line: the headers in their order, then Date (unless it is among them), Connection,
/// Keep-Alive, Transfer-Encoding. Header texts are written as they are: whoever set them has checked them.
void appendHead(std::string& out, const ResponseHead& head, DateClock& clock);

/// Appends one chunk; nothing when it is empty (that would be the last one).
void appendChunk(std::string& out, std::string_view data);
/// The size line of a chunk of that many bytes; its data and `chunkEnd` follow.
void appendChunkSize(std::string& out, std::size_t size);
inline constexpr std::string_view chunkEnd = "\r\n";
/// The last chunk and the trailers.
void appendLastChunk(std::string& out, std::span<const HeaderField> trailers = {});

/// An informational answer (100, 103) with nothing but the given headers.
void appendInformational(std::string& out, int statusCode, std::span<const HeaderField> headers = {});

/// Shape D: what is sent when a request cannot be read. Empty for `Refusal::Connect`.
std::string_view refusalAnswer(Refusal refusal) noexcept;
/// Shape D for a request that is late.
std::string_view timeoutAnswer() noexcept;
/// Shape E: what a closing server sends instead of routing.
std::string_view closingAnswer() noexcept;

/// Shape F: an answer without body that Node gives without the framework (400 without Host, 417, 503 over
/// `maxRequestsPerSocket`).
void appendEmptyAnswer(std::string& out, int statusCode, const ConnectionFields& connection, DateClock& clock);

}  // namespace fastify::http
