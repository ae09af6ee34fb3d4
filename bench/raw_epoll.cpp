// The floor: an epoll loop that answers every request head with the same bytes. What a framework costs is what it takes
// more than this. Listens on 127.0.0.1, port from the environment (PORT); SIGTERM ends it.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace {

// As long as the answer of the framework's hello world, to the byte.
constexpr std::string_view answer =
    "HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: 17\r\n"
    "Date: Mon, 01 Jan 2024 00:00:00 GMT\r\nConnection: keep-alive\r\nKeep-Alive: "
    "timeout=72\r\n\r\n{\"hello\":\"world\"}";
constexpr std::string_view headEnd = "\r\n\r\n";
constexpr std::size_t mostConnections = 1024;

volatile std::sig_atomic_t stopped = 0;

/// How much of `headEnd` the bytes of a connection so far end with.
std::array<unsigned char, mostConnections> matched{};

/// How many heads end in `bytes`.
std::size_t countHeads(int fd, std::string_view bytes) {
  unsigned char state = matched[static_cast<std::size_t>(fd)];
  std::size_t heads = 0;
  for (const char c : bytes) {
    state = c == headEnd[state] ? static_cast<unsigned char>(state + 1) : c == '\r' ? 1 : 0;
    if (state == headEnd.size()) {
      ++heads;
      state = 0;
    }
  }
  matched[static_cast<std::size_t>(fd)] = state;
  return heads;
}

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "%s: %s\n", what, std::strerror(errno));
  std::exit(1);
}

int listenOn(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const sockaddr_in address{
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fail("bind");
  if (::listen(fd, 511) != 0) fail("listen");
  return fd;
}

void watch(int epoll, int fd) {
  epoll_event event{.events = EPOLLIN, .data = {.fd = fd}};
  if (::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0) fail("epoll_ctl");
}

void accept(int epoll, int listener) {
  const int fd = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
  if (fd < 0) return;
  if (static_cast<std::size_t>(fd) >= mostConnections) {
    ::close(fd);
    return;
  }
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  matched[static_cast<std::size_t>(fd)] = 0;
  watch(epoll, fd);
}

void serve(int fd) {
  std::array<char, 16384> buffer;
  const auto size = ::recv(fd, buffer.data(), buffer.size(), 0);
  if (size <= 0) {
    if (size == 0 || errno != EAGAIN) ::close(fd);
    return;
  }
  for (auto heads = countHeads(fd, {buffer.data(), static_cast<std::size_t>(size)}); heads > 0; --heads) {
    if (::send(fd, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) break;
  }
}

}  // namespace

int main() {
  const char* port = std::getenv("PORT");
  const int listener = listenOn(static_cast<std::uint16_t>(port ? std::atoi(port) : 3000));
  const int epoll = ::epoll_create1(0);
  watch(epoll, listener);
  struct sigaction action = {};
  action.sa_handler = [](int) { stopped = 1; };
  ::sigaction(SIGTERM, &action, nullptr);
  std::array<epoll_event, 64> events;
  while (!stopped) {
    const int count = ::epoll_wait(epoll, events.data(), events.size(), -1);
    for (int i = 0; i < count; ++i) {
      const int fd = events[static_cast<std::size_t>(i)].data.fd;
      fd == listener ? accept(epoll, listener) : serve(fd);
    }
  }
}
