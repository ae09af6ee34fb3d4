#pragma once
// The last step of a sign-up, inside the transaction of the one before: if nothing is missing any more, it becomes a
// user with a session.

#include "flows/session/session_start.hpp"
#include "flows/sign_up/sign_up.hpp"

#include <string_view>

namespace clerk::instance {

class SignUpCompletion {
 public:
  SignUpCompletion(Core& core, const Visitor& visitor);

  /// Errors: `identification_claimed` when somebody else has an address by now, `invitation_already_accepted`; abandon
  /// then.
  Outcome<> completeIfPossible(Transaction& tx, const SignUp& signUp);

  /// The visitor has no client, and gets none: whoever began is somewhere else.
  void visitorIsElsewhere() { visitorClientId_ = "-"; }

  /// After the commit.
  void give(Visitor& visitor) const;
  bool completed() const noexcept { return completed_; }
  const std::string& sessionId() const noexcept { return session_.sessionId(); }

 private:
  Core& core_;
  SessionDraft session_;
  std::string visitorClientId_;
  bool completed_ = false;
  bool given_ = false;
};

/// What stands against signing up with these identifiers: the instance's lists and its mode, and the provider of an
/// address's organization. An invitation sets free from them. Errors: `saml_email_address_domain_reserved`,
/// `not_allowed_access`, `sign_up_mode_restricted`, `sign_up_restricted_waitlist`.
Outcome<> checkAdmission(const Core& core, const Transaction& tx, const SignUp& signUp);

}  // namespace clerk::instance
