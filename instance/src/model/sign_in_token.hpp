#pragma once
// A ticket that signs one user in once.

#include "model/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

enum class SignInTokenStatus { Pending, Accepted, Revoked };
std::string_view nameOf(SignInTokenStatus status) noexcept;
std::optional<SignInTokenStatus> signInTokenStatusOf(std::string_view name) noexcept;

struct SignInToken {
  std::string id;  ///< `sit_…`
  std::string userId;
  SignInTokenStatus status = SignInTokenStatus::Pending;
  Time expiresAt{};
  Time createdAt{};
  Time updatedAt{};
  friend bool operator==(const SignInToken&, const SignInToken&) = default;
};

}  // namespace clerk::instance
