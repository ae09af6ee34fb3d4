#include "flows/links/email_link.hpp"

#include "flows/session/session_start.hpp"
#include "flows/sign_in/progress.hpp"
#include "flows/sign_up/completion.hpp"
#include "flows/user/identifiers.hpp"
#include "model/auth_errors.hpp"
#include "strategies/email_link.hpp"

#include <utility>

namespace clerk::instance {
namespace {

/// One link that is being followed, inside a transaction.
struct Following {
  Core& core;
  Transaction& tx;
  const EmailLink& link;
  Verification verification;
  SignInProgress& signIn;
  SignUpCompletion& signUp;
};

bool goOnWithSignIn(Following& it) {
  const auto signIn = it.tx.signIns().find(it.link.ownerId);
  // Another link or code was asked for since.
  if (!signIn || !signIn->firstFactorVerification || signIn->firstFactorVerification->id != it.verification.id) {
    return false;
  }
  if (signIn->statusAt(it.core.now()) != SignInStatus::NeedsFirstFactor || !signIn->userId) return false;
  auto user = it.tx.users().find(*signIn->userId);
  if (!user || whySignInIsRefused(it.core.settings(), *user, it.core.now())) return false;
  return it.signIn.afterFirstFactor(it.tx, *signIn, *user, strategy::emailLink).has_value();
}

bool goOnWithSignUp(Following& it) {
  auto signUp = it.tx.signUps().find(it.link.ownerId);
  if (!signUp || signUp->statusAt(it.core.now()) != SignUpStatus::MissingRequirements) return false;
  if (!signUp->emailAddressVerification || signUp->emailAddressVerification->id != it.verification.id) return false;
  signUp->emailAddressVerification = it.verification;
  return it.signUp.completeIfPossible(it.tx, *signUp).has_value();
}

bool goOnWithAddress(Following& it) {
  auto user = it.tx.users().find(it.link.ownerId);
  if (!user) return false;
  const auto* email = user->findEmailAddress(it.verification.identificationId);
  if (!email || !email->verification || email->verification->id != it.verification.id) return false;
  const std::string id = email->id;
  return acceptEmailAddress(it.tx, *user, id, it.verification, it.core.now());
}

bool goOn(Following& it) {
  switch (it.link.ownerKind) {
    case DetourOwner::SignIn: return goOnWithSignIn(it);
    case DetourOwner::SignUp: return goOnWithSignUp(it);
    default: return goOnWithAddress(it);
  }
}

}  // namespace

async::Task<Outcome<FollowedLink>> followEmailLink(Core& core, Visitor& visitor, std::string token) {
  const auto digest = emailLinkDigest(core.digest(), token);
  SignInProgress signIn(core, visitor);
  SignUpCompletion signUp(core, visitor);
  const std::string clientId = visitor.client ? visitor.client->id : "";
  if (clientId.empty()) {
    signIn.visitorIsElsewhere();
    signUp.visitorIsElsewhere();
  }
  auto outcome = co_await core.store().transact([&](Transaction& tx) -> Outcome<FollowedLink> {
    const auto link = tx.emailLinks().find(digest);
    if (!link) return Failure(errors::verificationLinkTokenInvalid());
    FollowedLink followed{link->redirectUrl, "verified", {}};
    if (link->expiresAt <= core.now()) {
      followed.status = "expired";
      return followed;
    }
    if (core.settings().linksNeedSameClient && clientId != link->clientId) {
      followed.status = "client_mismatch";
      return followed;
    }
    auto verification = tx.verifications().find(link->verificationId);
    const bool waits = verification && verification->status == VerificationStatus::Unverified;
    if (!tx.emailLinks().take(digest) || !waits) {
      followed.status = "failed";
      return followed;
    }
    verification->status = VerificationStatus::Verified;
    verification->verifiedAtClient = clientId.empty() ? link->clientId : clientId;
    tx.verifications().update(*verification);
    Following it{core, tx, *link, *std::move(verification), signIn, signUp};
    if (!goOn(it)) {
      tx.abandon();
      followed.status = "failed";
      return followed;
    }
    if (signIn.completed()) followed.createdSessionId = signIn.sessionId();
    if (signUp.completed()) followed.createdSessionId = signUp.sessionId();
    return followed;
  });
  if (!outcome || outcome->status != "verified") co_return outcome;
  signIn.give(visitor);
  signUp.give(visitor);
  co_return outcome;
}

}  // namespace clerk::instance
