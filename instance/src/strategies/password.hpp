#pragma once
// Passwords: their rules, and hashing them away from the threads that serve.

#include "model/outcome.hpp"
#include "model/random.hpp"
#include "model/user.hpp"
#include "settings/settings.hpp"

#include <async/task.hpp>
#include <async/thread_pool.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

/// What is wrong with a new password, or nothing. `identifiers` are the person's addresses, which may not be the
/// password. Errors: `form_password_length_too_short`, `form_password_pwned`, … with `param`.
std::optional<Failure> checkPasswordRules(const PasswordSettings& settings, std::string_view password,
                                          const std::vector<std::string>& identifiers, std::string_view param);

/// Clerk's names of the digests that can be taken over and verified (`bcrypt`).
bool isKnownPasswordHasher(std::string_view hasher) noexcept;
/// True when `digest` is well formed for its hasher.
bool isWellFormed(const PasswordDigest& digest);

/// bcrypt on threads of its own. Safe from any thread that runs an EventLoop.
class PasswordHasher {
 public:
  PasswordHasher(const PasswordSettings& settings, Random& random, async::ThreadPool& threads);

  async::Task<PasswordDigest> hash(std::string password);

  /// True for a digest that hash() would not make today: of another system, or of another cost.
  bool isOutdated(const PasswordDigest& digest) const;

  enum class Verdict { Right, Wrong, NotTried };

  /// Compares; takes as long whether right or wrong, and as long for no digest at all (then the answer is Wrong).
  /// `stillAllowed` is asked on the hashing thread just before the work begins, since a queue of guesses may have
  /// locked the account by then: false gives NotTried. Null: always allowed.
  async::Task<Verdict> verify(std::optional<PasswordDigest> digest, std::string password,
                              std::function<bool()> stillAllowed = nullptr);

 private:
  const PasswordSettings& settings_;
  Random& random_;
  async::ThreadPool& threads_;
  PasswordDigest decoy_;
};

}  // namespace clerk::instance
