#include "flows/sign_in/sign_in.hpp"

#include "flows/normal_form.hpp"
#include "flows/session/session_start.hpp"
#include "flows/sign_in/factors.hpp"
#include "flows/user/lockout.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "strategies/email_code.hpp"
#include "strategies/ticket.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace clerk::instance {
namespace {

bool isFilled(const std::optional<std::string>& text) { return text && !text->empty(); }

bool isEmailCodeStrategy(std::string_view strategy) noexcept {
  return strategy == strategy::emailCode || strategy == strategy::resetPasswordEmailCode;
}

// ---- finding one's own

struct Found {
  SignIn signIn;
  std::optional<User> user;  ///< absent for a decoy, and before identification
};

Outcome<Found> findOwn(const Transaction& tx, const Visitor& visitor, std::string_view id, Time now) {
  auto signIn = tx.signIns().find(id);
  if (!signIn || !visitor.client || signIn->clientId != visitor.client->id) return Failure(errors::signInNotFound(id));
  signIn->status = signIn->statusAt(now);
  Found found{*std::move(signIn), std::nullopt};
  if (found.signIn.userId) found.user = tx.users().find(*found.signIn.userId);
  return found;
}

Failure notReady(SignInStatus status) {
  switch (status) {
    case SignInStatus::NeedsIdentifier: return errors::clientStateInvalid("this action", "Identify yourself first.");
    case SignInStatus::Complete:
    case SignInStatus::Abandoned:
      return errors::clientStateInvalid("this action", "The sign in is over. Start a new one.");
    default: return errors::clientStateInvalid("this action", "The sign in waits for another step.");
  }
}

Outcome<Found> findInState(const Transaction& tx, const Visitor& visitor, std::string_view id, SignInStatus status,
                           Time now) {
  auto found = findOwn(tx, visitor, id, now);
  if (found && found->signIn.status != status) return notReady(found->signIn.status);
  return found;
}

SignInState stateOf(const Core& core, const Transaction& tx, std::string_view id) {
  auto signIn = tx.signIns().find(id);
  auto user = signIn->userId ? tx.users().find(*signIn->userId) : std::nullopt;
  return signInStateOf(core, *std::move(signIn), std::move(user));
}

// ---- completing

/// What follows a proved factor, inside the transaction that proved it.
class Progress {
 public:
  Progress(Core& core, const Visitor& visitor) : core_(core), session_(core, visitor) {}

  /// Gives the sign-in its session. One that a parallel request completed a moment ago is as good.
  Outcome<> complete(Transaction& tx, const SignIn& signIn, std::string_view userId, std::string_view strategy) {
    if (!tx.signIns().complete(signIn.id, signIn.status, session_.sessionId(), core_.now())) {
      const auto now = tx.signIns().find(signIn.id);
      if (now && now->status == SignInStatus::Complete) return {};
      return notReady(now ? now->status : SignInStatus::Abandoned);
    }
    tx.users().clearFailures(userId);
    session_.insert(tx, signIn.clientId, {.userId = userId, .strategy = strategy});
    tx.clients().setSignIn(signIn.clientId, std::nullopt);
    completed_ = true;
    return {};
  }

  /// After a first factor: a code for a new password leads there, anything else to the session.
  Outcome<> afterFirstFactor(Transaction& tx, const SignIn& signIn, std::string_view userId,
                             std::string_view strategy) {
    if (strategy != strategy::resetPasswordEmailCode) return complete(tx, signIn, userId, strategy);
    tx.users().clearFailures(userId);
    if (!tx.signIns().advance(signIn.id, signIn.status, SignInStatus::NeedsNewPassword, core_.now())) {
      return notReady(SignInStatus::Abandoned);
    }
    return {};
  }

  void give(Visitor& visitor) const {
    if (!completed_) return;
    session_.give(visitor);
    visitor.client->signInId.reset();
  }

 private:
  Core& core_;
  SessionDraft session_;
  bool completed_ = false;
};

// ---- password

Error wrongPassword(const Settings& settings) {
  return settings.enumerationProtection ? errors::formPasswordOrIdentifierIncorrect()
                                        : errors::formPasswordIncorrect("password");
}

/// Under enumeration protection a lock does not show: only existing accounts can have one.
Error refusalShown(const Settings& settings, Error refusal) {
  return settings.enumerationProtection ? errors::formPasswordOrIdentifierIncorrect() : std::move(refusal);
}

/// Leaves a trace of the attempt in the sign-in, for a known and an unknown identifier alike. A wrong password does not
/// take the place of a code that is on its way.
void notePasswordAttempt(Core& core, Transaction& tx, const SignIn& signIn, VerificationStatus status) {
  const auto& before = signIn.firstFactorVerification;
  if (before && before->strategy != strategy::password && status != VerificationStatus::Verified) return;
  if (before && before->strategy == strategy::password) {
    auto verification = *before;
    verification.attempts = verification.attempts.value_or(0) + 1;
    verification.status = status;
    tx.verifications().update(verification);
    return;
  }
  Verification verification;
  verification.id = newId(id::verification, core.now(), core.random());
  verification.strategy = strategy::password;
  verification.status = status;
  verification.attempts = 1;
  verification.createdAt = core.now();
  tx.verifications().insert(verification, "");
  tx.signIns().setFirstFactor(signIn.id, verification.id, core.now());
}

/// A wrong password counts; the one that locks the account says so.
Outcome<SignInState> failPassword(Core& core, Transaction& tx, const Found& found) {
  const auto& settings = core.settings();
  notePasswordAttempt(core, tx, found.signIn, VerificationStatus::Unverified);
  if (!found.user) return Failure(wrongPassword(settings));
  if (auto locked = countFailure(core, tx, found.user->id)) return Failure(refusalShown(settings, *std::move(locked)));
  return Failure(wrongPassword(settings));
}

Outcome<SignInState> passPassword(Core& core, Transaction& tx, Progress& progress, const Found& found) {
  // Things may have changed while the password was hashed.
  const auto user = tx.users().find(found.user->id);
  if (!user) return notReady(SignInStatus::Abandoned);
  if (auto refusal = whySignInIsRefused(core.settings(), *user, core.now())) {
    return Failure(refusalShown(core.settings(), *std::move(refusal)));
  }
  if (user->password != found.user->password) return Failure(wrongPassword(core.settings()));
  if (auto done = progress.afterFirstFactor(tx, found.signIn, user->id, strategy::password); !done) return done.error();
  notePasswordAttempt(core, tx, found.signIn, VerificationStatus::Verified);
  return stateOf(core, tx, found.signIn.id);
}

/// Digests of other systems, and of other times, are made anew when their password is known for once.
async::Task<> upgradePassword(Core& core, std::string userId, PasswordDigest from, std::string password) {
  const auto to = co_await core.passwords().hash(std::move(password));
  co_await core.store().transact([&](Transaction& tx) { tx.users().upgradePassword(userId, from, to); });
}

async::Task<Outcome<SignInState>> attemptPassword(Core& core, Visitor& visitor, Found found,
                                                  std::optional<std::string> password) {
  if (!isFilled(password)) co_return Failure(errors::formParamNil("password"));
  const auto& settings = core.settings();
  const bool hides = settings.enumerationProtection;
  if (found.user && !hides) {
    if (auto refusal = whySignInIsRefused(settings, *found.user, core.now())) co_return Failure(*std::move(refusal));
    if (!found.user->password) co_return Failure(errors::strategyForUserInvalid());
  }
  // Whoever exists or not, is locked or not: what follows takes the same time.
  const auto digest = found.user ? found.user->password : std::nullopt;
  std::function<bool()> stillAllowed;
  if (found.user && !hides) stillAllowed = [&core, id = found.user->id] { return !isLockedNow(core, id); };
  const auto verdict = co_await core.passwords().verify(digest, *password, std::move(stillAllowed));

  Progress progress(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) {
    switch (verdict) {
      case PasswordHasher::Verdict::Right: return passPassword(core, tx, progress, found);
      case PasswordHasher::Verdict::NotTried: return refuseLocked<SignInState>(core, tx, found.user->id);
      default: return failPassword(core, tx, found);
    }
  });
  if (!outcome) co_return outcome;
  progress.give(visitor);
  if (core.passwords().isOutdated(*digest))
    co_await upgradePassword(core, found.user->id, *digest, *std::move(password));
  co_return outcome;
}

// ---- email code

const Factor* findFactor(const std::vector<Factor>& factors, std::string_view strategy,
                         std::string_view emailAddressId) {
  const Factor* first = nullptr;
  for (const auto& factor : factors) {
    if (factor.strategy != strategy) continue;
    if (emailAddressId.empty() ? factor.primary : factor.emailAddressId == emailAddressId) return &factor;
    if (!first) first = &factor;
  }
  return emailAddressId.empty() ? first : nullptr;
}

PreparedCode prepareCode(Core& core, const Found& found, const Factor& factor) {
  EmailCodeRequest request{.strategy = factor.strategy, .identificationId = factor.emailAddressId};
  if (!found.user) {
    request.emailAddress = *found.signIn.identifier;
    return prepareDecoyCode(core.settings(), core.random(), core.now(), request, std::nullopt);
  }
  request.emailAddress = found.user->findEmailAddress(factor.emailAddressId)->emailAddress;
  request.userId = found.user->id;
  return prepareEmailCode(core.settings(), core.digest(), core.random(), core.now(), request);
}

Outcome<SignInState> prepareInside(Core& core, Transaction& tx, const Found& found, const PrepareFactorFields& fields) {
  const auto& settings = core.settings();
  if (found.user && !settings.enumerationProtection) {
    if (auto refusal = whySignInIsRefused(settings, *found.user, core.now())) return Failure(*std::move(refusal));
  }
  const auto state = signInStateOf(core, found.signIn, found.user);
  const auto* factor = findFactor(state.firstFactors, fields.strategy, fields.emailAddressId);
  if (!factor || !isEmailCodeStrategy(factor->strategy)) return Failure(errors::strategyForUserInvalid());
  const auto code = prepareCode(core, found, *factor);
  if (auto sent = sendCode(tx, code, core.now()); !sent) return sent.error();
  tx.signIns().setFirstFactor(found.signIn.id, code.verification.id, core.now());
  return stateOf(core, tx, found.signIn.id);
}

/// A code that came back proves its address, too. If the address is somebody else's by now, it stays unproved.
void proveAddress(Core& core, Transaction& tx, const User& user, const Verification& verification) {
  const auto* email = user.findEmailAddress(verification.identificationId);
  if (!email || email->verified()) return;
  Verification proof = verification;
  proof.strategy = strategy::emailCode;
  proof.status = VerificationStatus::Verified;
  std::ignore = tx.users().setEmailAddressVerification(user.id, email->id, proof, core.now());
}

Outcome<SignInState> attemptCodeInside(Core& core, Transaction& tx, Progress& progress, const Found& found,
                                       std::string_view strategy, std::string_view code) {
  const auto& settings = core.settings();
  if (found.user) {
    if (auto refusal = whySignInIsRefused(settings, *found.user, core.now())) {
      return Failure(settings.enumerationProtection ? errors::formCodeIncorrect() : *std::move(refusal));
    }
  }
  const auto& verification = found.signIn.firstFactorVerification;
  auto attempted = attemptCode(tx, settings, core.digest(), core.now(), verification,
                               {.strategy = strategy, .code = code, .clientId = found.signIn.clientId});
  if (!attempted) {
    const bool wrong = attempted.error().first().code == "form_code_incorrect";
    if (wrong && found.user) {
      auto locked = countFailure(core, tx, found.user->id);
      if (locked && !settings.enumerationProtection) return Failure(*std::move(locked));
    }
    return attempted.error();
  }
  proveAddress(core, tx, *found.user, *verification);
  if (auto done = progress.afterFirstFactor(tx, found.signIn, found.user->id, strategy); !done) return done.error();
  return stateOf(core, tx, found.signIn.id);
}

async::Task<Outcome<SignInState>> attemptEmailCode(Core& core, Visitor& visitor, std::string signInId,
                                                   std::string strategy, std::optional<std::string> code) {
  if (!isFilled(code)) co_return Failure(errors::formParamNil("code"));
  Progress progress(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) -> Outcome<SignInState> {
    auto found = findInState(tx, visitor, signInId, SignInStatus::NeedsFirstFactor, core.now());
    if (!found) return found.error();
    return attemptCodeInside(core, tx, progress, *found, strategy, *code);
  });
  if (outcome) progress.give(visitor);
  co_return outcome;
}

// ---- ticket

/// Uses the ticket up and completes the sign-in, or does neither.
Outcome<SignInState> useTicket(Core& core, Transaction& tx, Progress& progress, const SignIn& signIn,
                               std::string_view signInTokenId) {
  const Time now = core.now();
  const auto token = findUsableSignInToken(tx, signInTokenId, now);
  if (!token) return token.error();
  const auto user = tx.users().find(token->userId);
  if (!user) return Failure(errors::ticketInvalid());
  if (auto refusal = whySignInIsRefused(core.settings(), *user, now)) return Failure(*std::move(refusal));
  if (!tx.signInTokens().accept(token->id, now)) return Failure(errors::signInTokenCannotBeUsed());
  if (auto done = progress.complete(tx, signIn, user->id, strategy::ticket); !done) return done.error();
  return stateOf(core, tx, signIn.id);
}

/// A sign-in whose ticket was looked at: it has the ticket's user already.
async::Task<Outcome<SignIn>> identifyByTicket(Core& core, SignIn signIn, std::string signInTokenId) {
  auto token = co_await core.store().read(
      [&](const Transaction& tx) { return findUsableSignInToken(tx, signInTokenId, core.now()); });
  if (!token) co_return token.error();
  Verification verification;
  verification.id = newId(id::verification, core.now(), core.random());
  verification.strategy = strategy::ticket;
  verification.status = VerificationStatus::Verified;
  verification.createdAt = core.now();
  signIn.userId = token->userId;
  signIn.status = SignInStatus::NeedsFirstFactor;
  signIn.firstFactorVerification = std::move(verification);
  co_return signIn;
}

async::Task<Outcome<SignInState>> signInByTicket(Core& core, Visitor& visitor, SignIn signIn,
                                                 std::optional<std::string> ticket) {
  if (!isFilled(ticket)) co_return Failure(errors::formParamNil("ticket"));
  auto tokenId = readTicket(core.tokens(), *ticket, core.now());
  if (!tokenId) co_return tokenId.error();
  auto identified = co_await identifyByTicket(core, std::move(signIn), *tokenId);
  if (!identified) co_return identified.error();

  const ClientDraft client(core, visitor);
  identified->clientId = client.clientId();
  Progress progress(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) {
    client.insert(tx);
    tx.verifications().insert(*identified->firstFactorVerification, "");
    tx.signIns().insert(*identified);
    auto used = useTicket(core, tx, progress, *identified, *tokenId);
    if (!used) tx.abandon();
    return used;
  });
  if (!outcome) co_return outcome;
  client.give(visitor);
  progress.give(visitor);
  co_return outcome;
}

// ---- starting

SignIn newSignIn(Core& core) {
  SignIn signIn;
  const Time now = core.now();
  signIn.id = newId(id::signIn, now, core.random());
  signIn.createdAt = signIn.updatedAt = now;
  signIn.abandonAt = now + core.settings().lifetimes.attempt;
  return signIn;
}

/// Whose identifier it is. Unknown ones are told, or go on as a decoy.
Outcome<> identify(const Core& core, const Transaction& tx, SignIn& signIn, const std::string& identifier) {
  const auto user = tx.users().findByEmailAddress(normalIdentifier(identifier));
  if (!user && !core.settings().enumerationProtection) return Failure(errors::formIdentifierNotFound("identifier"));
  signIn.identifier = identifier;
  signIn.status = SignInStatus::NeedsFirstFactor;
  if (user) signIn.userId = user->id;
  return {};
}

constexpr std::size_t maxIdentifier = 320;

Outcome<> checkStart(const SignInFields& fields) {
  const std::string strategy = fields.strategy.value_or("");
  const bool known = strategy.empty() || strategy == strategy::password || strategy == strategy::ticket ||
                     isEmailCodeStrategy(strategy);
  if (!known) return Failure(errors::formParamValueInvalid("strategy", strategy));
  if (fields.identifier && fields.identifier->empty()) return Failure(errors::formParamNil("identifier"));
  if (fields.identifier && fields.identifier->size() > maxIdentifier) {
    return Failure(errors::formParamMaxLengthExceeded("identifier", maxIdentifier));
  }
  const bool needsIdentifier = isFilled(fields.password) || (!strategy.empty() && strategy != strategy::ticket);
  if (needsIdentifier && !fields.identifier) return Failure(errors::formParamMissing("identifier"));
  return {};
}

async::Task<bool> isSignedInAlready(Core& core, const Visitor& visitor) {
  if (!core.settings().singleSessionMode || !visitor.client) co_return false;
  co_return co_await core.store().read(
      [&](const Transaction& tx) { return tx.sessions().clientHasLive(visitor.client->id, core.now()); });
}

/// Writes the sign-in as the client's current one.
async::Task<Outcome<SignInState>> startSignIn(Core& core, Visitor& visitor, SignIn signIn,
                                              std::optional<std::string> identifier) {
  if (identifier) {
    auto identified =
        co_await core.store().read([&](const Transaction& tx) { return identify(core, tx, signIn, *identifier); });
    if (!identified) co_return identified.error();
  }
  const ClientDraft client(core, visitor);
  signIn.clientId = client.clientId();
  auto state = co_await core.store().transact([&](Transaction& tx) {
    client.insert(tx);
    tx.signIns().insert(signIn);
    tx.clients().setSignIn(signIn.clientId, signIn.id);
    return stateOf(core, tx, signIn.id);
  });
  client.give(visitor);
  visitor.client->signInId = signIn.id;
  co_return state;
}

}  // namespace

async::Task<Outcome<SignInState>> createSignIn(Core& core, Visitor& visitor, SignInFields fields) {
  if (auto checked = checkStart(fields); !checked) co_return checked.error();
  if (co_await isSignedInAlready(core, visitor)) co_return Failure(errors::sessionExists());
  const std::string strategy = fields.strategy.value_or("");
  if (strategy == strategy::ticket || isFilled(fields.ticket)) {
    co_return co_await signInByTicket(core, visitor, newSignIn(core), std::move(fields.ticket));
  }
  auto started = co_await startSignIn(core, visitor, newSignIn(core), std::move(fields.identifier));
  if (!started) co_return started;
  if (strategy == strategy::password || (strategy.empty() && isFilled(fields.password))) {
    Found found{started->signIn, started->user};
    co_return co_await attemptPassword(core, visitor, std::move(found), std::move(fields.password));
  }
  if (isEmailCodeStrategy(strategy)) {
    co_return co_await prepareFirstFactor(core, visitor, started->signIn.id, {.strategy = strategy});
  }
  co_return started;
}

async::Task<Outcome<SignInState>> getSignIn(Core& core, const Visitor& visitor, std::string signInId) {
  co_return co_await core.store().read([&](const Transaction& tx) -> Outcome<SignInState> {
    auto found = findOwn(tx, visitor, signInId, core.now());
    if (!found) return found.error();
    return signInStateOf(core, std::move(found->signIn), std::move(found->user));
  });
}

async::Task<Outcome<SignInState>> prepareFirstFactor(Core& core, Visitor& visitor, std::string signInId,
                                                     PrepareFactorFields fields) {
  if (fields.strategy.empty()) co_return Failure(errors::formParamNil("strategy"));
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<SignInState> {
    auto found = findInState(tx, visitor, signInId, SignInStatus::NeedsFirstFactor, core.now());
    if (!found) return found.error();
    return prepareInside(core, tx, *found, fields);
  });
}

async::Task<Outcome<SignInState>> attemptFirstFactor(Core& core, Visitor& visitor, std::string signInId,
                                                     AttemptFactorFields fields) {
  if (fields.strategy.empty()) co_return Failure(errors::formParamNil("strategy"));
  if (isEmailCodeStrategy(fields.strategy)) {
    co_return co_await attemptEmailCode(core, visitor, std::move(signInId), std::move(fields.strategy),
                                        std::move(fields.code));
  }
  auto found = co_await core.store().read([&](const Transaction& tx) {
    return findInState(tx, visitor, signInId, SignInStatus::NeedsFirstFactor, core.now());
  });
  if (!found) co_return found.error();
  if (fields.strategy == strategy::password) {
    co_return co_await attemptPassword(core, visitor, *std::move(found), std::move(fields.password));
  }
  co_return Failure(errors::strategyForUserInvalid());
}

async::Task<Outcome<SignInState>> resetPassword(Core& core, Visitor& visitor, std::string signInId,
                                                std::string password, bool signOutOfOtherSessions) {
  auto found = co_await core.store().read([&](const Transaction& tx) {
    return findInState(tx, visitor, signInId, SignInStatus::NeedsNewPassword, core.now());
  });
  if (!found) co_return found.error();
  if (!found->user) co_return notReady(SignInStatus::Abandoned);
  if (auto broken = checkPasswordRules(core.settings().passwords, password, identifiersOf(*found->user), "password")) {
    co_return *std::move(broken);
  }
  const auto digest = co_await core.passwords().hash(std::move(password));
  Progress progress(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) -> Outcome<SignInState> {
    auto now = findInState(tx, visitor, signInId, SignInStatus::NeedsNewPassword, core.now());
    if (!now) return now.error();
    if (auto refusal = whySignInIsRefused(core.settings(), *now->user, core.now())) return Failure(*std::move(refusal));
    User user = *now->user;
    user.password = digest;
    user.passwordLastUpdatedAt = user.updatedAt = core.now();
    if (!tx.users().update(user)) return notReady(SignInStatus::Abandoned);
    if (signOutOfOtherSessions) tx.sessions().endAllOfUser(user.id, SessionStatus::Revoked, "", core.now());
    auto done = progress.complete(tx, now->signIn, user.id, strategy::resetPasswordEmailCode);
    if (!done) {
      tx.abandon();
      return done.error();
    }
    return stateOf(core, tx, signInId);
  });
  if (outcome) progress.give(visitor);
  co_return outcome;
}

}  // namespace clerk::instance
