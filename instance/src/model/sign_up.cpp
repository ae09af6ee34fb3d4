#include "model/sign_up.hpp"

#include "model/names.hpp"

namespace clerk::instance {
namespace {
constexpr NameTable<SignUpStatus, 3> names{{
    {SignUpStatus::MissingRequirements, "missing_requirements"},
    {SignUpStatus::Complete, "complete"},
    {SignUpStatus::Abandoned, "abandoned"},
}};
}  // namespace

std::string_view nameOf(SignUpStatus status) noexcept { return nameIn(names, status); }
std::optional<SignUpStatus> signUpStatusOf(std::string_view name) noexcept { return valueIn(names, name); }

SignUpStatus SignUp::statusAt(Time now) const noexcept {
  return status != SignUpStatus::Complete && abandonAt <= now ? SignUpStatus::Abandoned : status;
}

}  // namespace clerk::instance
