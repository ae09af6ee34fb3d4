#include "flows/user/new_password.hpp"

#include "flows/user/lockout.hpp"
#include "model/errors.hpp"
#include "strategies/password.hpp"

#include <utility>

namespace clerk::instance {

async::Task<Outcome<>> checkNewPassword(Core& core, const User& user, std::string password, std::string_view param) {
  if (auto broken = checkPasswordRules(core.settings().passwords, password, identifiersOf(user), param)) {
    co_return *std::move(broken);
  }
  if (!user.passwordCompromised || !user.password) co_return Outcome<>();
  const auto verdict = co_await core.passwords().verify(user.password, std::move(password));
  if (verdict == PasswordHasher::Verdict::Right) co_return Failure(errors::formPasswordPwned(param));
  co_return Outcome<>();
}

}  // namespace clerk::instance
