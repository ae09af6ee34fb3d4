#include "model/session.hpp"

#include "model/names.hpp"

namespace clerk::instance {
namespace {
constexpr NameTable<SessionStatus, 8> names{{
    {SessionStatus::Active, "active"},
    {SessionStatus::Pending, "pending"},
    {SessionStatus::Ended, "ended"},
    {SessionStatus::Removed, "removed"},
    {SessionStatus::Replaced, "replaced"},
    {SessionStatus::Expired, "expired"},
    {SessionStatus::Abandoned, "abandoned"},
    {SessionStatus::Revoked, "revoked"},
}};

bool lives(SessionStatus status) noexcept {
  return status == SessionStatus::Active || status == SessionStatus::Pending;
}

long minutesSince(std::optional<Time> then, Time now) noexcept {
  if (!then) return -1;
  const auto age = std::chrono::floor<std::chrono::minutes>(now - *then).count();
  return static_cast<long>(age < 0 ? 0 : age);
}
}  // namespace

std::string_view nameOf(SessionStatus status) noexcept { return nameIn(names, status); }
std::optional<SessionStatus> sessionStatusOf(std::string_view name) noexcept { return valueIn(names, name); }

SessionStatus Session::statusAt(Time now) const noexcept {
  if (!lives(status)) return status;
  if (abandonAt <= now) return SessionStatus::Abandoned;
  if (expireAt <= now) return SessionStatus::Expired;
  return status;
}

bool Session::isLive(Time now) const noexcept { return lives(statusAt(now)); }

FactorVerificationAge factorVerificationAge(const Session& session, Time now) noexcept {
  return {minutesSince(session.firstFactorVerifiedAt, now), minutesSince(session.secondFactorVerifiedAt, now)};
}

}  // namespace clerk::instance
