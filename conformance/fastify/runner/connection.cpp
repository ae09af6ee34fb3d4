#include "connection.hpp"

#include <boost/json/array.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace conformance {
namespace {

constexpr int sendTimeoutMs = 2000;

}  // namespace

Connection::Connection(Watch& watch, std::uint16_t port, std::set<std::size_t> heads)
    : watch_(watch), heads_(std::move(heads)) {
  fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd_ < 0) throw std::system_error(errno, std::generic_category(), "socket");
  const sockaddr_in address{
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    refused_ = ended_ = true;
    return;
  }
  // Pieces are sent as pieces: some scenarios are about how a server puts them together.
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  watch_.add(fd_, [this] { onReadable(); });
}

Connection::~Connection() { close(); }

void Connection::close() {
  if (fd_ < 0) return;
  watch_.remove(fd_);
  ::close(std::exchange(fd_, -1));
}

void Connection::onReadable() {
  std::array<char, 65536> buffer;
  const auto size = ::recv(fd_, buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (size > 0) {
    received_.append(buffer.data(), static_cast<std::size_t>(size));
  } else if (size == 0 || (errno != EAGAIN && errno != EINTR)) {
    ended_ = true;
    watch_.remove(fd_);
  }
}

void Connection::send(std::string_view bytes) {
  while (!bytes.empty() && !ended_) {
    const auto size = ::send(fd_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (size > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(size));
      continue;
    }
    if (errno != EAGAIN && errno != EINTR) return;
    // A server that does not read may still be answering.
    pollfd writable{.fd = fd_, .events = POLLIN | POLLOUT, .revents = 0};
    if (::poll(&writable, 1, sendTimeoutMs) <= 0) return;
    if (writable.revents & POLLIN) onReadable();
  }
}

void Connection::halfClose() { ::shutdown(fd_, SHUT_WR); }

void Connection::destroy() {
  destroyed_ = true;
  // A reset, as from a process that is gone.
  const linger abort{.l_onoff = 1, .l_linger = 0};
  if (fd_ >= 0) ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
  close();
}

boost::json::object Connection::json() const {
  if (refused_) return {{"connect_error", "ECONNREFUSED"}};
  boost::json::array shown;
  for (const auto& answer : answers().all) shown.push_back(answer.json());
  return {{"responses", std::move(shown)}, {"closed_by_server", ended_ && !destroyed_}};
}

}  // namespace conformance
