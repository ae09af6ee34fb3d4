#include "model/sign_in.hpp"

#include "model/names.hpp"

namespace clerk::instance {
namespace {
constexpr NameTable<SignInStatus, 7> names{{
    {SignInStatus::NeedsIdentifier, "needs_identifier"},
    {SignInStatus::NeedsFirstFactor, "needs_first_factor"},
    {SignInStatus::NeedsSecondFactor, "needs_second_factor"},
    {SignInStatus::NeedsClientTrust, "needs_client_trust"},
    {SignInStatus::NeedsNewPassword, "needs_new_password"},
    {SignInStatus::Complete, "complete"},
    {SignInStatus::Abandoned, "abandoned"},
}};
}  // namespace

std::string_view nameOf(SignInStatus status) noexcept { return nameIn(names, status); }
std::optional<SignInStatus> signInStatusOf(std::string_view name) noexcept { return valueIn(names, name); }

SignInStatus SignIn::statusAt(Time now) const noexcept {
  return status != SignInStatus::Complete && abandonAt <= now ? SignInStatus::Abandoned : status;
}

}  // namespace clerk::instance
