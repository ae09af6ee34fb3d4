#pragma once
// Outgoing HTTP requests on the current EventLoop.

#include <async/task.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fetch {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A body that is sent as it comes: the next piece, nullopt at the end. Called on the request's loop, once the server
/// has taken the last piece, and never while a call has not ended. What it throws ends the request, and is thrown by
/// whoever waits for the answer.
using BodySource = std::function<async::Task<std::optional<std::string>>()>;

struct Request {
  std::string method = "GET";
  /// http or https.
  std::string url;
  Headers headers;
  std::string body;
  /// In place of `body`.
  BodySource bodySource;
  /// How many bytes `bodySource` gives, to be declared as Content-Length. Absent: they are sent in chunks, and the
  /// server learns at the end.
  std::optional<std::uint64_t> bodySize;
  /// From the call to the last byte of the answer; of a stream, to the end of its headers, where the time counts anew
  /// with each piece of `bodySource` and not at all while one is waited for. 0: no limit.
  std::chrono::milliseconds timeout{30'000};
  /// Name lookup, connection and TLS handshake.
  std::chrono::milliseconds connectTimeout{10'000};
  /// More than that (after decompression) is an error. Does not count for streams.
  std::size_t maxResponseSize = 16 * 1024 * 1024;
  /// Asks for a compressed answer and decompresses it. A proxy passes on what it gets: false.
  bool decompress = true;
  /// Ends the request with ErrorCode::Cancelled. May be requested from any thread while the loop lives.
  std::stop_token stop;
};

struct Response {
  int status = 0;
  /// Empty with HTTP/2.
  std::string statusText;
  /// In order of arrival, names as sent.
  Headers headers;
  std::string body;

  /// The first header of that name, in any case.
  std::optional<std::string_view> header(std::string_view name) const;
};

/// Why there is no answer.
enum class ErrorCode {
  InvalidRequest,  ///< no http(s) URL, or a header with a line break
  Connect,         ///< name not found, refused, unreachable
  Timeout,
  Tls,        ///< the certificate is not trusted, or no common protocol
  TooLarge,   ///< more than `maxResponseSize`
  Cancelled,  ///< by `Request::stop`
  Protocol,   ///< the connection broke, or the answer is no HTTP
};

class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ErrorCode code() const noexcept { return code_; }
  /// True when the server cannot have seen the request.
  bool neverSent() const noexcept {
    return code_ == ErrorCode::Connect || code_ == ErrorCode::Tls || code_ == ErrorCode::InvalidRequest;
  }

 private:
  ErrorCode code_;
};

/// Sends a request and collects the answer, whatever its status. Throws Error when there is none. Redirects are not
/// followed. Connections are kept and shared by the requests of a loop; certificates are verified; the proxies of the
/// environment (`https_proxy`, `no_proxy`, …) are used. Needs a running EventLoop (see async::blockOn).
async::Task<Response> fetch(Request request);

/// An answer that is read piece by piece. Belongs to the loop it came from; dropping it ends the transfer.
class Stream {
 public:
  struct Transfer;
  explicit Stream(std::shared_ptr<Transfer> transfer) noexcept;
  Stream(Stream&&) noexcept;
  Stream& operator=(Stream&&) noexcept;
  ~Stream();

  /// Status and headers; the body is empty.
  const Response& head() const noexcept;
  /// The next piece; nullopt at the end. While nobody reads, at most about 64 KiB wait here, and the server waits too.
  /// One read at a time. Throws Error when the connection breaks.
  async::Task<std::optional<std::string>> read();

 private:
  friend async::Task<Stream> open(Request request);
  std::shared_ptr<Transfer> transfer_;
};

/// Sends a request and returns as soon as the answer's headers are there.
async::Task<Stream> open(Request request);

}  // namespace fetch
