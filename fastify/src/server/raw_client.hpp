#pragma once
// For tests: a client that says exactly what it is told and waits for events, never for time.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <cerrno>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace fastify::server {

struct RawAnswer {
  int statusCode = 0;
  std::string head;
  std::string body;

  /// The value of a header line, or "(none)".
  std::string header(std::string_view name) const {
    const auto at = head.find("\r\n" + std::string(name) + ": ");
    if (at == head.npos) return "(none)";
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
};

/// Blocking; gives up with an exception after some seconds.
class RawClient {
 public:
  static constexpr std::chrono::seconds patience{20};

  explicit RawClient(std::uint16_t port, bool ipv6 = false)
      : fd_(::socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    v6.sin6_addr = in6addr_loopback;
    const auto* address = ipv6 ? reinterpret_cast<const sockaddr*>(&v6) : reinterpret_cast<const sockaddr*>(&v4);
    if (::connect(fd_, address, ipv6 ? sizeof v6 : sizeof v4) != 0) {
      const int error = errno;
      ::close(fd_);
      throw std::system_error(error, std::generic_category(), "connect");
    }
  }
  static RawClient unixSocket(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    RawClient client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), Connected());
    if (::connect(client.fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::system_error(errno, std::generic_category(), "connect");
    return client;
  }
  ~RawClient() { close(); }
  RawClient(RawClient&& other) noexcept : fd_(std::exchange(other.fd_, -1)), received_(std::move(other.received_)) {}

  int fd() const noexcept { return fd_; }

  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  /// Closes so that the server gets a reset.
  void reset() {
    const linger now{1, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
  }
  void endWriting() { ::shutdown(fd_, SHUT_WR); }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      waitFor(POLLOUT);
      const auto count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
      if (count < 0) throw std::system_error(errno, std::generic_category(), "send");
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  /// As much of it as the kernel takes within that time; the rest is forgotten. How much that was.
  std::size_t sendWhatFits(std::string_view bytes, std::chrono::milliseconds quiet) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      pollfd entry{fd_, POLLOUT, 0};
      if (::poll(&entry, 1, static_cast<int>(quiet.count())) <= 0) break;
      const auto count = ::send(fd_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (count <= 0) break;
      sent += static_cast<std::size_t>(count);
    }
    return sent;
  }

  /// The next answer with its body. `bodyless`: the request was HEAD.
  RawAnswer readAnswer(bool bodyless = false) {
    RawAnswer answer;
    const auto headEnd = need([this] { return received_.find("\r\n\r\n"); }) + 4;
    answer.head = take(headEnd);
    answer.statusCode = std::stoi(answer.head.substr(9, 3));
    if (bodyless || answer.statusCode < 200 || answer.statusCode == 204 || answer.statusCode == 304) return answer;
    if (lower(answer.head).find("\r\ntransfer-encoding: chunked\r\n") != std::string::npos) {
      while (true) {
        const auto lineEnd = need([this] { return received_.find("\r\n"); });
        const auto size = std::stoul(received_.substr(0, lineEnd), nullptr, 16);
        if (size == 0) {
          need([this] { return received_.find("\r\n\r\n"); });
          answer.body += take(lineEnd + 2).substr(0, 0);
          const auto end = received_.starts_with("\r\n") ? 2 : need([this] { return received_.find("\r\n\r\n"); }) + 4;
          trailers_ = take(end);
          return answer;
        }
        take(lineEnd + 2);
        needBytes(size + 2);
        answer.body += take(size);
        take(2);
      }
    }
    const auto at = lower(answer.head).find("\r\ncontent-length: ");
    if (at == std::string::npos) {
      answer.body = readToEnd();
      return answer;
    }
    const auto size = std::stoul(answer.head.substr(at + 18));
    needBytes(size);
    answer.body = take(size);
    return answer;
  }
  const std::string& trailers() const noexcept { return trailers_; }

  /// Everything until the server ends the connection, or resets it.
  std::string readToEnd() {
    while (receive()) {
    }
    return std::exchange(received_, {});
  }
  /// Whether the server ended the connection, with nothing more to read.
  bool ended() { return readToEnd().empty(); }
  /// Whatever comes until that many bytes are there.
  std::string readBytes(std::size_t count) {
    needBytes(count);
    return take(count);
  }
  /// Whether bytes, or the end, have come that were not read yet.
  bool readable() const {
    pollfd entry{fd_, POLLIN, 0};
    return ::poll(&entry, 1, 0) == 1;
  }
  /// Whether nothing comes for a while.
  bool silentFor(std::chrono::milliseconds time) {
    pollfd entry{fd_, POLLIN, 0};
    return received_.empty() && ::poll(&entry, 1, static_cast<int>(time.count())) == 0;
  }

 private:
  struct Connected {};
  RawClient(int fd, Connected) : fd_(fd) {}

  static std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return text;
  }

  void waitFor(short events) {
    pollfd entry{fd_, events, 0};
    const auto most = std::chrono::duration_cast<std::chrono::milliseconds>(patience).count();
    if (::poll(&entry, 1, static_cast<int>(most)) == 0)
      throw std::runtime_error("the server keeps silent; so far: " + received_.substr(0, 500));
  }

  /// False at the end.
  bool receive() {
    waitFor(POLLIN);
    char bytes[65536];
    const auto count = ::recv(fd_, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    received_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }

  template <class Find>
  std::size_t need(Find find) {
    auto at = find();
    while (at == std::string::npos) {
      if (!receive()) throw std::runtime_error("the connection ended; so far: " + received_.substr(0, 500));
      at = find();
    }
    return at;
  }
  void needBytes(std::size_t count) {
    need([this, count] { return received_.size() >= count ? std::size_t{0} : std::string::npos; });
  }
  std::string take(std::size_t count) {
    auto taken = received_.substr(0, count);
    received_.erase(0, count);
    return taken;
  }

  int fd_;
  std::string received_;
  std::string trailers_;
};

}  // namespace fastify::server
