#include "frontend_api/rate_limiter.hpp"

#include <algorithm>

namespace clerk::instance::frontend_api {
namespace {

/// More addresses than that within one window: old windows are looked for and forgotten.
constexpr std::size_t manyWindows = 10'000;

}  // namespace

RateLimiter::Kind RateLimiter::kindOf(std::string_view method, std::string_view path) noexcept {
  if (method != "POST") return Kind::None;
  if (path == "/client/sign_ins" || path == "/client/sign_ups" || path == "/waitlist") return Kind::Creation;
  const auto name = path.substr(path.rfind('/') + 1);
  return name.starts_with("attempt_") || name == "reset_password" ? Kind::Attempt : Kind::None;
}

std::optional<std::chrono::seconds> RateLimiter::count(Kind kind, std::string_view address, Time now) {
  if (!limits_.enabled || kind == Kind::None) return std::nullopt;
  const int most = kind == Kind::Creation ? limits_.attemptCreations : limits_.attempts;
  std::scoped_lock lock(mutex_);
  if (windows_.size() >= manyWindows) forgetOld(now);
  auto& window = windows_[(kind == Kind::Creation ? "c " : "a ") + std::string(address)];
  if (now - window.begin >= limits_.window || now < window.begin) window = {now, 0};
  if (++window.count <= most) return std::nullopt;
  return std::max(std::chrono::ceil<std::chrono::seconds>(window.begin + limits_.window - now),
                  std::chrono::seconds(1));
}

void RateLimiter::forgetOld(Time now) {
  std::erase_if(windows_, [&](const auto& each) { return now - each.second.begin >= limits_.window; });
}

}  // namespace clerk::instance::frontend_api
