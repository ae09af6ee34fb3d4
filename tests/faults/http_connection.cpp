#include "http_connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

namespace faults {
namespace {

constexpr timeval patience{.tv_sec = 60, .tv_usec = 0};
/// A server closes a connection that was idle for 72 seconds.
constexpr auto longestIdle = std::chrono::seconds(20);

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return std::tolower(c); });
  return result;
}

}  // namespace

std::optional<Answer> HttpConnection::send(const Request& request) {
  std::string bytes = request.method + " " + request.path + " HTTP/1.1\r\nhost: localhost\r\n";
  for (const auto& [name, value] : request.headers) bytes += name + ": " + value + "\r\n";
  if (request.method != "GET") bytes += "content-length: " + std::to_string(request.body.size()) + "\r\n";
  bytes += "\r\n" + request.body;
  std::optional<Answer> answer;
  closeIfOld();
  if (connect() && write(bytes)) answer = readAnswer();
  if (!answer) close();
  return answer;
}

void HttpConnection::close() noexcept {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  buffer_.clear();
}

void HttpConnection::closeIfOld() noexcept {
  const auto now = std::chrono::steady_clock::now();
  if (now - std::exchange(lastUsed_, now) > longestIdle) close();
}

bool HttpConnection::connect() {
  if (socket_ >= 0) return true;
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address{
      .sin_family = AF_INET, .sin_port = htons(port_), .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

bool HttpConnection::write(const std::string& bytes) {
  for (std::size_t sent = 0; sent < bytes.size();) {
    const auto count = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) return false;
    sent += static_cast<std::size_t>(count);
  }
  return true;
}

bool HttpConnection::readMore() {
  char block[16384];
  const auto count = ::recv(socket_, block, sizeof block, 0);
  if (count <= 0) return false;
  buffer_.append(block, static_cast<std::size_t>(count));
  return true;
}

std::optional<Answer> HttpConnection::readAnswer() {
  constexpr std::string_view end = "\r\n\r\n";
  while (buffer_.find(end) == std::string::npos) {
    if (!readMore()) return std::nullopt;
  }
  Answer answer;
  std::size_t length = 0;
  const auto headSize = buffer_.find(end) + 2;
  const std::string head = buffer_.substr(0, headSize);
  std::from_chars(head.data() + 9, head.data() + 12, answer.status);
  for (std::size_t line = head.find("\r\n") + 2; line < head.size();) {
    const auto lineEnd = head.find("\r\n", line);
    const auto colon = head.find(':', line);
    const auto name = lower(std::string_view(head).substr(line, colon - line));
    const auto value = head.substr(colon + 2, lineEnd - colon - 2);
    if (name == "set-cookie") answer.setCookies.push_back(value);
    if (name == "content-length") std::from_chars(value.data(), value.data() + value.size(), length);
    line = lineEnd + 2;
  }
  buffer_.erase(0, headSize + 2);
  while (buffer_.size() < length) {
    if (!readMore()) return std::nullopt;
  }
  answer.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return answer;
}

}  // namespace faults
