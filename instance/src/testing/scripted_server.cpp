#include "testing/scripted_server.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace clerk::instance {

bool ScriptedPeer::fill() {
  std::array<char, 4096> bytes{};
  const auto count = ::read(socket_, bytes.data(), bytes.size());
  if (count <= 0) return open_ = false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

std::string ScriptedPeer::readLine() {
  while (buffer_.find('\n') == std::string::npos) {
    if (!fill()) return {};
  }
  const auto end = buffer_.find('\n');
  auto line = buffer_.substr(0, end);
  buffer_.erase(0, end + 1);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::string ScriptedPeer::readBytes(std::size_t count) {
  while (buffer_.size() < count) {
    if (!fill()) break;
  }
  auto bytes = buffer_.substr(0, count);
  buffer_.erase(0, bytes.size());
  return bytes;
}

void ScriptedPeer::write(const std::string& text) {
  if (::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) < 0) open_ = false;
}

ScriptedServer::ScriptedServer(std::function<void(ScriptedPeer&)> script)
    : script_(std::move(script)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, generic, length) != 0 || ::listen(listener_, 8) != 0 ||
      ::getsockname(listener_, generic, &length) != 0) {
    throw std::runtime_error("no port to listen on");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

ScriptedServer::~ScriptedServer() {
  stopping_ = true;
  ::shutdown(listener_, SHUT_RDWR);  // wakes `accept`
  if (const int socket = current_; socket >= 0) ::shutdown(socket, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

void ScriptedServer::serve() {
  while (!stopping_) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    current_ = socket;
    ScriptedPeer peer(socket);
    if (!stopping_) script_(peer);
    current_ = -1;
    ::close(socket);
  }
}

}  // namespace clerk::instance
