#include "cutting_proxy.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace faults {
namespace {

sockaddr_in loopback(std::uint16_t port) noexcept {
  return {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
}

int newSocket() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) throw std::system_error(errno, std::generic_category(), "socket");
  return socket;
}

/// Closes with a reset, whatever was still to be read.
void reset(int socket) noexcept {
  const linger now{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(socket);
}

bool sendAll(int socket, const char* bytes, std::size_t count) noexcept {
  for (std::size_t sent = 0; sent < count;) {
    const auto written = ::send(socket, bytes + sent, count - sent, MSG_NOSIGNAL);
    if (written <= 0) return false;
    sent += static_cast<std::size_t>(written);
  }
  return true;
}

}  // namespace

CuttingProxy::CuttingProxy() : listener_(newSocket()) {
  auto address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0 || ::pipe2(wake_, O_CLOEXEC) != 0) {
    throw std::system_error(errno, std::generic_category(), "proxy");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

CuttingProxy::~CuttingProxy() {
  ::close(wake_[1]);  // its other end becomes readable
  thread_.join();
  ::close(wake_[0]);
  ::close(listener_);
}

void CuttingProxy::cutAfter(Direction direction, std::uint32_t bytes) noexcept {
  left_[static_cast<int>(direction)] = bytes;
}

bool CuttingProxy::disarm() noexcept {
  left_[0] = left_[1] = unlimited;
  return cut_.exchange(false);
}

void CuttingProxy::serve() {
  for (;;) {
    pollfd waiting[] = {{listener_, POLLIN, 0}, {wake_[0], POLLIN, 0}};
    if (::poll(waiting, 2, -1) < 0 && errno != EINTR) return;
    if (waiting[1].revents != 0) return;
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0) pass(client);
  }
}

void CuttingProxy::pass(int client) {
  const int server = newSocket();
  const auto address = loopback(serverPort_);
  const int on = 1;
  for (const int each : {client, server}) ::setsockopt(each, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  bool open = ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  while (open) {
    pollfd waiting[] = {{client, POLLIN, 0}, {server, POLLIN, 0}, {wake_[0], POLLIN, 0}};
    if (::poll(waiting, 3, -1) < 0 && errno != EINTR) break;
    if (waiting[2].revents != 0) break;
    if (waiting[0].revents != 0) open = forward(client, server, Direction::ToServer);
    if (open && waiting[1].revents != 0) open = forward(server, client, Direction::ToClient);
  }
  reset(client);
  reset(server);
}

/// False at the end of the connection, and when it is to be cut.
bool CuttingProxy::forward(int from, int to, Direction direction) {
  auto& left = left_[static_cast<int>(direction)];
  char block[16384];
  const auto count = ::recv(from, block, sizeof block, 0);
  if (count <= 0) return false;
  const std::int64_t limit = left;
  if (limit == unlimited) return sendAll(to, block, static_cast<std::size_t>(count));
  const auto passed = std::min<std::int64_t>(limit, count);
  const bool cuts = passed == limit;
  // Said first: whoever sees the cut may ask at once.
  if (cuts) cut_ = true;
  left = cuts ? unlimited : limit - passed;
  if (!sendAll(to, block, static_cast<std::size_t>(passed))) return false;
  // The other side must have what came through: a reset would take it away again.
  if (cuts) ::shutdown(to, SHUT_WR);
  return !cuts;
}

}  // namespace faults
