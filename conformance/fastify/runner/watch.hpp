#pragma once
// Waiting for file descriptors until something is true or time is over.

#include <chrono>
#include <functional>
#include <map>

namespace conformance {

/// Calls back whoever has something to read while it waits. One thread's.
class Watch {
 public:
  using Clock = std::chrono::steady_clock;

  /// `onReadable` is called when `fd` can be read or has ended; it may call `remove`.
  void add(int fd, std::function<void()> onReadable) { readers_[fd] = std::move(onReadable); }
  void remove(int fd) { readers_.erase(fd); }

  /// Returns `done()`, at the latest after `limit`.
  bool waitUntil(const std::function<bool()>& done, std::chrono::milliseconds limit);
  void waitFor(std::chrono::milliseconds duration) {
    waitUntil([] { return false; }, duration);
  }

 private:
  void poll(std::chrono::milliseconds limit);

  std::map<int, std::function<void()>> readers_;
};

}  // namespace conformance
