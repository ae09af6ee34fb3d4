#include "watch.hpp"

#include <poll.h>

#include <algorithm>
#include <vector>

namespace conformance {

bool Watch::waitUntil(const std::function<bool()>& done, std::chrono::milliseconds limit) {
  const auto end = Clock::now() + limit;
  while (!done()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    if (left.count() <= 0) return false;
    poll(left);
  }
  return true;
}

void Watch::poll(std::chrono::milliseconds limit) {
  std::vector<pollfd> fds;
  for (const auto& [fd, reader] : readers_) fds.push_back({.fd = fd, .events = POLLIN, .revents = 0});
  if (::poll(fds.data(), fds.size(), static_cast<int>(limit.count())) <= 0) return;
  for (const auto& ready : fds) {
    if (ready.revents == 0) continue;
    // A reader may have removed another one.
    if (const auto found = readers_.find(ready.fd); found != readers_.end()) {
      const auto reader = found->second;
      reader();
    }
  }
}

}  // namespace conformance
