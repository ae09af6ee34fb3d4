#pragma once
// How a sign-in goes on when something was proved, whatever it was. Inside the transaction that proved it.

#include "flows/session/session_start.hpp"
#include "flows/sign_in/factors.hpp"
#include "flows/sign_in/sign_in.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// A sign-in with whose it is.
struct FoundSignIn {
  SignIn signIn;
  std::optional<User> user;  ///< absent for a decoy, and before identification
};

/// Errors: `resource_not_found` (also for another client's).
Outcome<FoundSignIn> findOwnSignIn(const Transaction& tx, const Visitor& visitor, std::string_view id, Time now);
/// The same, when it waits for this. Errors: `client_state_invalid`.
Outcome<FoundSignIn> findSignInWaiting(const Transaction& tx, const Visitor& visitor, std::string_view id,
                                       SignInStatus status, Time now);
/// `client_state_invalid`, in words for what it waits for instead.
Failure signInNotReady(SignInStatus status);

/// Whether the visitor must sign out first: in single-session mode.
async::Task<bool> isSignedInAlready(Core& core, const Visitor& visitor);

/// The sign-in as it is now in the transaction.
SignInState signInStateIn(const Core& core, const Transaction& tx, std::string_view id);

/// Who acts as the user whose sign-in it is, and for how long; nobody in most.
struct Impersonation {
  std::optional<boost::json::object> actor{};
  std::optional<std::chrono::seconds> lifetime{};
};

class SignInProgress {
 public:
  SignInProgress(Core& core, const Visitor& visitor)
      : core_(core), session_(core, visitor), visitorClientId_(visitor.client ? visitor.client->id : "") {}

  /// After a first factor: a code for a new password leads there, else a second factor if the user has one, else the
  /// session. `bothFactors`: what was proved counts for two.
  Outcome<> afterFirstFactor(Transaction& tx, const SignIn& signIn, const User& user, std::string_view strategy,
                             bool bothFactors = false);
  /// After the new password.
  Outcome<> afterNewPassword(Transaction& tx, const SignIn& signIn, const User& user);
  Outcome<> afterSecondFactor(Transaction& tx, const SignIn& signIn, const User& user, std::string_view strategy);
  /// Without a second factor, for tickets: a backend vouches for the user.
  Outcome<> complete(Transaction& tx, const SignIn& signIn, std::string_view userId, std::string_view strategy,
                     bool secondFactor = false, Impersonation impersonation = {});

  /// The visitor has no client, and gets none: whoever began is somewhere else.
  void visitorIsElsewhere() { visitorClientId_ = "-"; }

  /// After the commit.
  void give(Visitor& visitor) const;
  bool completed() const noexcept { return completed_; }
  const std::string& sessionId() const noexcept { return session_.sessionId(); }

 private:
  Outcome<> advance(Transaction& tx, const SignIn& signIn, SignInStatus to);

  Core& core_;
  SessionDraft session_;
  std::string visitorClientId_;  ///< empty before the visitor has one
  bool completed_ = false;
  bool given_ = false;
};

}  // namespace clerk::instance
