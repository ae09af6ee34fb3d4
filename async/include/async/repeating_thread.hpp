#pragma once
// A thread for work that comes by itself: messages to send, rows to remove.

#include <chrono>
#include <functional>
#include <thread>

namespace async {

/// Calls `work` again and again until it is destroyed, which waits for the call under way. After a call that returned
/// true the next one follows at once, else after a pause.
class RepeatingThread {
 public:
  enum class Begin { AtOnce, AfterPause };
  /// `work` must not throw.
  RepeatingThread(std::chrono::milliseconds pause, std::function<bool()> work, Begin begin = Begin::AtOnce);

 private:
  std::jthread thread_;
};

}  // namespace async
