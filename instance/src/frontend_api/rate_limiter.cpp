#include "frontend_api/rate_limiter.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace clerk::instance::frontend_api {
namespace {

/// More addresses than that have to wait: those whose time is over are looked for and forgotten.
constexpr std::size_t manyWaits = 10'000;

std::chrono::seconds timeUntil(Time end, Time now) {
  return std::max(std::chrono::ceil<std::chrono::seconds>(end - now), std::chrono::seconds(1));
}

}  // namespace

RateLimiter::Kind RateLimiter::kindOf(std::string_view method, std::string_view path) noexcept {
  if (method != "POST") return Kind::None;
  if (path == "/client/sign_ins" || path == "/client/sign_ups" || path == "/waitlist") return Kind::Creation;
  const auto name = path.substr(path.rfind('/') + 1);
  return name.starts_with("attempt_") || name == "reset_password" ? Kind::Attempt : Kind::None;
}

std::string RateLimiter::neighbourhoodOf(std::string_view address) {
  std::array<unsigned char, 16> bytes{};
  const std::string text(address.substr(0, address.find('%')));
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  const bool isMapped = std::all_of(bytes.begin(), bytes.begin() + 10, [](auto byte) { return byte == 0; }) &&
                        bytes[10] == 0xff && bytes[11] == 0xff;
  std::array<char, INET6_ADDRSTRLEN> shown{};
  if (isMapped) return ::inet_ntop(AF_INET, bytes.data() + 12, shown.data(), shown.size());
  std::fill(bytes.begin() + 8, bytes.end(), 0);
  return ::inet_ntop(AF_INET6, bytes.data(), shown.data(), shown.size());
}

async::Task<std::optional<std::chrono::seconds>> RateLimiter::count(Kind kind, std::string address, Time now) {
  if (!limits_.enabled || kind == Kind::None) co_return std::nullopt;
  const auto key = (kind == Kind::Creation ? "c " : "a ") + neighbourhoodOf(address);
  if (const auto end = endOfWait(key, now)) co_return timeUntil(*end, now);
  const auto window =
      co_await store_.transact([&](Transaction& tx) { return tx.rateWindows().count(key, limits_.window, now); });
  const int most = kind == Kind::Creation ? limits_.attemptCreations : limits_.attempts;
  if (window.count <= most) co_return std::nullopt;
  rememberWait(key, window.endsAt, now);
  co_return timeUntil(window.endsAt, now);
}

std::optional<Time> RateLimiter::endOfWait(const std::string& key, Time now) {
  std::scoped_lock lock(mutex_);
  const auto wait = waits_.find(key);
  if (wait == waits_.end()) return std::nullopt;
  // One that ends too far ahead was remembered before somebody set the clock back.
  if (now < wait->second && wait->second - now <= limits_.window) return wait->second;
  waits_.erase(wait);
  return std::nullopt;
}

void RateLimiter::rememberWait(const std::string& key, Time end, Time now) {
  std::scoped_lock lock(mutex_);
  if (waits_.size() >= manyWaits) std::erase_if(waits_, [&](const auto& each) { return each.second <= now; });
  if (waits_.size() < manyWaits) waits_[key] = end;
}

}  // namespace clerk::instance::frontend_api
