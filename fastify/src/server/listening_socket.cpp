#include "server.hpp"

#include "service_manager.hpp"

#include <fastify/error.hpp>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <cerrno>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

namespace fastify::server {

ListeningSocket::ListeningSocket(ListeningSocket&& other) noexcept
    : fileDescriptor_(std::exchange(other.fileDescriptor_, -1)),
      address_(std::move(other.address_)),
      file_(std::move(other.file_)) {}

ListeningSocket& ListeningSocket::operator=(ListeningSocket&& other) noexcept {
  std::swap(fileDescriptor_, other.fileDescriptor_);
  std::swap(address_, other.address_);
  std::swap(file_, other.file_);
  return *this;
}

ListeningSocket::~ListeningSocket() {
  if (fileDescriptor_ >= 0) ::close(fileDescriptor_);
}

int ListeningSocket::release() noexcept { return std::exchange(fileDescriptor_, -1); }

namespace {

struct FreeAddresses {
  void operator()(addrinfo* addresses) const noexcept { ::freeaddrinfo(addresses); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

Addresses resolve(const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (const int failed = ::getaddrinfo(host.empty() ? nullptr : host.c_str(), "0", &hints, &found); failed != 0) {
    FastifyError thrown;
    thrown.code = "ENOTFOUND";
    thrown.message = "getaddrinfo ENOTFOUND " + host + ": " + ::gai_strerror(failed);
    throw thrown;
  }
  return Addresses(found);
}

void setPort(sockaddr* address, std::uint16_t port) {
  if (address->sa_family == AF_INET6) {
    reinterpret_cast<sockaddr_in6*>(address)->sin6_port = htons(port);
  } else {
    reinterpret_cast<sockaddr_in*>(address)->sin_port = htons(port);
  }
}

AddressInfo infoOf(const sockaddr* address) {
  if (address->sa_family == AF_UNIX) return {reinterpret_cast<const sockaddr_un*>(address)->sun_path, "unix", 0};
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address->sa_family == AF_INET6) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(address);
    ::inet_ntop(AF_INET6, &v6->sin6_addr, text.data(), text.size());
    return {text.data(), "IPv6", ntohs(v6->sin6_port)};
  }
  const auto* v4 = reinterpret_cast<const sockaddr_in*>(address);
  ::inet_ntop(AF_INET, &v4->sin_addr, text.data(), text.size());
  return {text.data(), "IPv4", ntohs(v4->sin_port)};
}

/// Node's words for it: "listen EADDRINUSE: address already in use 127.0.0.1:8080".
FastifyError listenError(int error, const AddressInfo& address) {
  FastifyError thrown;
  thrown.code = error == EADDRINUSE      ? "EADDRINUSE"
                : error == EACCES        ? "EACCES"
                : error == EADDRNOTAVAIL ? "EADDRNOTAVAIL"
                                         : "E" + std::to_string(error);
  const std::string what = error == EADDRINUSE ? "address already in use" : std::strerror(error);
  thrown.message = "listen " + thrown.code + ": " + what + " " + address.address;
  if (address.family != "unix") thrown.message += ":" + std::to_string(address.port);
  return thrown;
}

struct BindOptions {
  int backlog;
  bool shared;    // by several workers
  bool onlyIpv6;  // "::" alone stands for IPv4, too
};

ListeningSocket bindOne(const addrinfo& address, std::uint16_t port, const BindOptions& options) {
  sockaddr_storage storage{};
  std::memcpy(&storage, address.ai_addr, address.ai_addrlen);
  auto* generic = reinterpret_cast<sockaddr*>(&storage);
  setPort(generic, port);
  const auto wanted = infoOf(generic);
  const int fd = ::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) throw listenError(errno, wanted);
  ListeningSocket socket(fd, wanted);
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (options.shared) ::setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
  const int onlyIpv6 = options.onlyIpv6 ? 1 : 0;
  if (address.ai_family == AF_INET6) ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &onlyIpv6, sizeof onlyIpv6);
  if (::bind(fd, generic, address.ai_addrlen) != 0 || ::listen(fd, options.backlog) != 0)
    throw listenError(errno, wanted);
  socklen_t length = sizeof storage;
  ::getsockname(fd, generic, &length);
  ListeningSocket bound(socket.release(), infoOf(generic));
  return bound;
}

std::vector<const addrinfo*> chosen(const addrinfo* all, const std::string& host) {
  std::vector<const addrinfo*> addresses;
  // IPv4 first: it is what the log line and listeningOrigin() name.
  for (const int family : {AF_INET, AF_INET6}) {
    for (const auto* at = all; at; at = at->ai_next) {
      // /etc/hosts may name one twice.
      const bool known = std::any_of(addresses.begin(), addresses.end(), [at](const addrinfo* other) {
        return other->ai_addrlen == at->ai_addrlen && std::memcmp(other->ai_addr, at->ai_addr, at->ai_addrlen) == 0;
      });
      if (at->ai_family == family && !known) addresses.push_back(at);
    }
  }
  // Only localhost stands for all of its addresses, as in Fastify.
  if (host != "localhost" && addresses.size() > 1) addresses.resize(1);
  return addresses;
}

using SocketSets = std::vector<std::vector<ListeningSocket>>;

SocketSets bindAll(const std::vector<const addrinfo*>& addresses, const ListenOptions& options, std::size_t workers) {
  const BindOptions how{options.backlog, workers > 1, addresses.size() > 1 || options.ipv6Only};
  SocketSets sets(workers);
  std::uint16_t port = options.port;
  for (const auto* address : addresses) {
    const bool first = address == addresses.front();
    for (auto& set : sets) {
      try {
        set.push_back(bindOne(*address, port, how));
        port = set.back().address().port;
      } catch (const FastifyError& error) {
        // A machine without IPv6 has a localhost all the same.
        const bool missing = error.code == "EADDRNOTAVAIL" || error.code == "E" + std::to_string(EAFNOSUPPORT);
        if (first || !missing) throw;
      }
    }
  }
  return sets;
}

/// Whether a server is behind a socket file.
bool isAlive(const sockaddr_un& address) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return true;
  const bool refused =
      ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 && errno == ECONNREFUSED;
  ::close(fd);
  return !refused;
}

bool bindTo(int fd, const sockaddr_un& address) {
  return ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

ListeningSocket bindPath(const ListenOptions& options) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const AddressInfo wanted{options.path, "unix", 0};
  if (options.path.size() >= sizeof address.sun_path) throw listenError(ENAMETOOLONG, wanted);
  options.path.copy(address.sun_path, options.path.size());
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) throw listenError(errno, wanted);
  ListeningSocket socket(fd, wanted);
  bool bound = bindTo(fd, address);
  if (!bound && errno == EADDRINUSE) {
    if (isAlive(address)) throw listenError(EADDRINUSE, wanted);
    ::unlink(address.sun_path);  // what a server left that was killed
    bound = bindTo(fd, address);
  }
  if (!bound || ::listen(fd, options.backlog) != 0) throw listenError(errno, wanted);
  return {socket.release(), wanted, std::make_shared<SocketFile>(options.path)};
}

/// The same sockets for every worker: whoever is awake takes the next connection.
SocketSets shareAmong(std::size_t workers, std::vector<ListeningSocket> sockets) {
  SocketSets sets(workers);
  for (std::size_t i = 1; i < workers; ++i) {
    for (const auto& socket : sockets) {
      const int fd = ::fcntl(socket.fileDescriptor(), F_DUPFD_CLOEXEC, 0);
      if (fd < 0) throw listenError(errno, socket.address());
      sets[i].emplace_back(fd, socket.address(), socket.file());
    }
  }
  sets.front() = std::move(sockets);
  return sets;
}

std::vector<ListeningSocket> inheritedSockets() {
  std::vector<ListeningSocket> sockets;
  for (const int fd : takeActivatedSockets()) {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    auto* generic = reinterpret_cast<sockaddr*>(&storage);
    if (::getsockname(fd, generic, &length) != 0) throw listenError(errno, {"fd " + std::to_string(fd), "unix", 0});
    sockets.emplace_back(fd, infoOf(generic));
  }
  return sockets;
}

}  // namespace

SocketFile::SocketFile(std::string path) : path_(std::move(path)) {
  struct stat status{};
  if (::stat(path_.c_str(), &status) != 0) return;
  device_ = status.st_dev;
  inode_ = status.st_ino;
}

SocketFile::~SocketFile() {
  struct stat status{};
  const bool same = ::stat(path_.c_str(), &status) == 0 && status.st_dev == device_ && status.st_ino == inode_;
  if (same) ::unlink(path_.c_str());
}

std::vector<std::vector<ListeningSocket>> bind(const ListenOptions& options, std::size_t workers) {
  if (auto inherited = inheritedSockets(); !inherited.empty()) return shareAmong(workers, std::move(inherited));
  if (!options.path.empty()) {
    std::vector<ListeningSocket> one;
    one.push_back(bindPath(options));
    return shareAmong(workers, std::move(one));
  }
  const auto resolved = resolve(options.host);
  const auto addresses = chosen(resolved.get(), options.host);
  // A port that the kernel found free for the first address may be taken for the second.
  for (int attempts = options.port == 0 ? 10 : 1;; --attempts) {
    try {
      return bindAll(addresses, options, workers);
    } catch (const FastifyError& error) {
      if (attempts == 1 || error.code != "EADDRINUSE") throw;
    }
  }
}

}  // namespace fastify::server
