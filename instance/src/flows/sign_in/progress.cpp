#include "flows/sign_in/progress.hpp"

#include "flows/enterprise/sign_in_connection.hpp"
#include "model/auth_errors.hpp"
#include "model/errors.hpp"

#include <utility>

namespace clerk::instance {
namespace {

bool isReset(std::string_view strategy) noexcept {
  return strategy == strategy::resetPasswordEmailCode || strategy == strategy::resetPasswordPhoneCode;
}

}  // namespace

Outcome<FoundSignIn> findOwnSignIn(const Transaction& tx, const Visitor& visitor, std::string_view id, Time now) {
  auto signIn = tx.signIns().find(id);
  if (!signIn || !visitor.client || signIn->clientId != visitor.client->id) return Failure(errors::signInNotFound(id));
  signIn->status = signIn->statusAt(now);
  FoundSignIn found{*std::move(signIn), std::nullopt};
  if (found.signIn.userId) found.user = tx.users().find(*found.signIn.userId);
  return found;
}

Failure signInNotReady(SignInStatus status) {
  switch (status) {
    case SignInStatus::NeedsIdentifier: return errors::clientStateInvalid("this action", "Identify yourself first.");
    case SignInStatus::Complete:
    case SignInStatus::Abandoned:
      return errors::clientStateInvalid("this action", "The sign in is over. Start a new one.");
    default: return errors::clientStateInvalid("this action", "The sign in waits for another step.");
  }
}

Outcome<FoundSignIn> findSignInWaiting(const Transaction& tx, const Visitor& visitor, std::string_view id,
                                       SignInStatus status, Time now) {
  auto found = findOwnSignIn(tx, visitor, id, now);
  if (found && found->signIn.status != status) return signInNotReady(found->signIn.status);
  return found;
}

async::Task<bool> isSignedInAlready(Core& core, const Visitor& visitor) {
  if (!core.settings().singleSessionMode || !visitor.client) co_return false;
  co_return co_await core.store().read(
      [&](const Transaction& tx) { return tx.sessions().clientHasLive(visitor.client->id, core.now()); });
}

SignInState signInStateIn(const Core& core, const Transaction& tx, std::string_view id) {
  auto signIn = tx.signIns().find(id);
  auto user = signIn->userId ? tx.users().find(*signIn->userId) : std::nullopt;
  auto state = signInStateOf(core, *std::move(signIn), std::move(user));
  offerConnection(tx, state);
  return state;
}

Outcome<> SignInProgress::advance(Transaction& tx, const SignIn& signIn, SignInStatus to) {
  if (tx.signIns().advance(signIn.id, signIn.status, to, core_.now())) return {};
  return signInNotReady(SignInStatus::Abandoned);
}

Outcome<> SignInProgress::complete(Transaction& tx, const SignIn& signIn, std::string_view userId,
                                   std::string_view strategy, bool secondFactor, Impersonation impersonation) {
  // Several people may be signed in at one browser, but each of them once.
  for (const auto& session : tx.sessions().liveOfClient(signIn.clientId, core_.now())) {
    if (session.userId == userId && !core_.settings().singleSessionMode) {
      return Failure(errors::identifierAlreadySignedIn(session.id));
    }
  }
  if (!tx.signIns().complete(signIn.id, signIn.status, session_.sessionId(), core_.now())) {
    // One that a parallel request completed a moment ago is as good.
    const auto now = tx.signIns().find(signIn.id);
    if (now && now->status == SignInStatus::Complete) return {};
    return signInNotReady(now ? now->status : SignInStatus::Abandoned);
  }
  tx.users().clearFailures(userId);
  given_ = visitorClientId_.empty() || visitorClientId_ == signIn.clientId;
  session_.insert(tx, signIn.clientId,
                  {.userId = userId,
                   .strategy = strategy,
                   .secondFactor = secondFactor,
                   .actor = std::move(impersonation.actor),
                   .lifetime = impersonation.lifetime,
                   .elsewhere = !given_});
  tx.clients().setSignIn(signIn.clientId, std::nullopt);
  completed_ = true;
  return {};
}

Outcome<> SignInProgress::afterFirstFactor(Transaction& tx, const SignIn& signIn, const User& user,
                                           std::string_view strategy, bool bothFactors) {
  if (auto open = checkWayIn(tx, user, strategy); !open) return open;
  if (isReset(strategy)) return advance(tx, signIn, SignInStatus::NeedsNewPassword);
  if (user.twoFactorEnabled() && !bothFactors) return advance(tx, signIn, SignInStatus::NeedsSecondFactor);
  return complete(tx, signIn, user.id, strategy, bothFactors);
}

Outcome<> SignInProgress::afterNewPassword(Transaction& tx, const SignIn& signIn, const User& user) {
  if (user.twoFactorEnabled()) return advance(tx, signIn, SignInStatus::NeedsSecondFactor);
  return complete(tx, signIn, user.id,
                  signIn.firstFactorVerification ? signIn.firstFactorVerification->strategy : strategy::password);
}

Outcome<> SignInProgress::afterSecondFactor(Transaction& tx, const SignIn& signIn, const User& user,
                                            std::string_view strategy) {
  return complete(tx, signIn, user.id, strategy, true);
}

void SignInProgress::give(Visitor& visitor) const {
  if (!completed_ || !given_) return;
  session_.give(visitor);
  visitor.client->signInId.reset();
}

}  // namespace clerk::instance
