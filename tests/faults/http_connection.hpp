#pragma once
// One connection to a server, kept open between requests; a new one when it broke.

#include "exchange.hpp"

#include <chrono>
#include <cstdint>

namespace faults {

class HttpConnection {
 public:
  explicit HttpConnection(std::uint16_t port) noexcept : port_(port) {}
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;
  ~HttpConnection() { close(); }

  /// Absent when the connection breaks before the answer is complete. Waits for the answer for a minute at most.
  std::optional<Answer> send(const Request& request);
  void close() noexcept;

 private:
  bool connect();
  void closeIfOld() noexcept;
  bool write(const std::string& bytes);
  bool readMore();
  std::optional<Answer> readAnswer();

  std::uint16_t port_;
  int socket_ = -1;
  std::chrono::steady_clock::time_point lastUsed_{};
  std::string buffer_;
};

}  // namespace faults
