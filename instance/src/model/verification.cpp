#include "model/verification.hpp"

#include "model/names.hpp"

namespace clerk::instance {
namespace {
constexpr NameTable<VerificationStatus, 5> names{{
    {VerificationStatus::Unverified, "unverified"},
    {VerificationStatus::Verified, "verified"},
    {VerificationStatus::Transferable, "transferable"},
    {VerificationStatus::Failed, "failed"},
    {VerificationStatus::Expired, "expired"},
}};
}  // namespace

std::string_view nameOf(VerificationStatus status) noexcept { return nameIn(names, status); }
std::optional<VerificationStatus> verificationStatusOf(std::string_view name) noexcept { return valueIn(names, name); }

VerificationStatus Verification::statusAt(Time now) const noexcept {
  const bool over = status == VerificationStatus::Unverified && expireAt && *expireAt <= now;
  return over ? VerificationStatus::Expired : status;
}

}  // namespace clerk::instance
