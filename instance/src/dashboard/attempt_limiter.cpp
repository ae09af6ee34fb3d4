#include "dashboard/attempt_limiter.hpp"

#include <algorithm>

namespace clerk::instance::dashboard {
namespace {

constexpr std::size_t mostAddresses = 10'000;

}  // namespace

std::optional<std::chrono::seconds> AttemptLimiter::mustWait(std::string_view address, Time now) {
  const std::scoped_lock lock(mutex_);
  const auto found = windows_.find(std::string(address));
  if (found == windows_.end() || isOver(found->second, now)) return std::nullopt;
  const auto& window = found->second;
  if (window.failures < limits_.failures) return std::nullopt;
  return std::max(std::chrono::ceil<std::chrono::seconds>(window.begin + limits_.window - now),
                  std::chrono::seconds(1));
}

void AttemptLimiter::countFailure(std::string_view address, Time now) {
  const std::scoped_lock lock(mutex_);
  if (windows_.size() >= mostAddresses) makeRoom(now);
  auto& window = windows_[std::string(address)];
  if (isOver(window, now)) window = {now, 0};
  ++window.failures;
}

void AttemptLimiter::makeRoom(Time now) {
  std::erase_if(windows_, [&](const auto& each) { return isOver(each.second, now); });
  // Whoever has that many addresses gains nothing by being forgotten, and memory is not theirs to fill.
  if (windows_.size() >= mostAddresses) windows_.clear();
}

}  // namespace clerk::instance::dashboard
