#pragma once
// A TCP server on a free port of this machine whose answers a test writes down.

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace clerk::instance {

/// One connection, read line by line.
class ScriptedPeer {
 public:
  explicit ScriptedPeer(int socket) noexcept : socket_(socket) {}
  /// Without the line break; empty at the end, too.
  std::string readLine();
  std::string readBytes(std::size_t count);
  void write(const std::string& text);
  bool isOpen() const noexcept { return open_; }

 private:
  bool fill();
  int socket_;
  std::string buffer_;
  bool open_ = true;
};

/// Serves one connection after the other on a thread of its own until it is destroyed.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::function<void(ScriptedPeer&)> script);
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer();

  std::uint16_t port() const noexcept { return port_; }

 private:
  void serve();

  std::function<void(ScriptedPeer&)> script_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> current_ = -1;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace clerk::instance
