#include "model/sign_in_token.hpp"

#include "model/names.hpp"

namespace clerk::instance {
namespace {
constexpr NameTable<SignInTokenStatus, 3> names{{
    {SignInTokenStatus::Pending, "pending"},
    {SignInTokenStatus::Accepted, "accepted"},
    {SignInTokenStatus::Revoked, "revoked"},
}};
}  // namespace

std::string_view nameOf(SignInTokenStatus status) noexcept { return nameIn(names, status); }
std::optional<SignInTokenStatus> signInTokenStatusOf(std::string_view name) noexcept { return valueIn(names, name); }

}  // namespace clerk::instance
