#pragma once
// A TCP proxy that resets a connection after so many bytes in one direction.

#include <atomic>
#include <cstdint>
#include <thread>

namespace faults {

/// Passes one connection after the other on, until it is destroyed.
class CuttingProxy {
 public:
  enum class Direction { ToServer, ToClient };

  CuttingProxy();
  CuttingProxy(const CuttingProxy&) = delete;
  CuttingProxy& operator=(const CuttingProxy&) = delete;
  ~CuttingProxy();

  std::uint16_t port() const noexcept { return port_; }
  /// Where connections lead from now on; the server may be somewhere else each time it is started.
  void leadTo(std::uint16_t serverPort) noexcept { serverPort_ = serverPort; }

  /// The connection is reset when this many further bytes have passed that way. Set it between two requests.
  void cutAfter(Direction direction, std::uint32_t bytes) noexcept;
  /// Takes the order back; true when it was carried out.
  bool disarm() noexcept;

 private:
  void serve();
  void pass(int client);
  bool forward(int from, int to, Direction direction);

  static constexpr std::int64_t unlimited = -1;

  std::atomic<std::uint16_t> serverPort_ = 0;
  std::uint16_t port_ = 0;
  int listener_ = -1;
  int wake_[2] = {-1, -1};
  std::atomic<std::int64_t> left_[2] = {unlimited, unlimited};
  std::atomic<bool> cut_ = false;
  std::thread thread_;
};

}  // namespace faults
