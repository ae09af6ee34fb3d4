#include "flows/session/reverification.hpp"

#include "flows/session/session_start.hpp"
#include "flows/sign_in/factors.hpp"
#include "flows/sign_in/second_factor.hpp"
#include "flows/user/lockout.hpp"
#include "model/auth_errors.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "strategies/email_code.hpp"
#include "strategies/phone_code.hpp"

#include <algorithm>
#include <utility>

namespace clerk::instance {
namespace {

struct Found {
  Reverification reverification;
  Session session;
  User user;
};

Outcome<Found> findLive(const Core& core, const Transaction& tx, const Visitor& visitor, std::string_view sessionId) {
  auto session = tx.sessions().find(sessionId);
  if (!session || !visitor.client || session->clientId != visitor.client->id) {
    return Failure(errors::sessionNotFound(sessionId));
  }
  if (!session->isLive(core.now())) return Failure(errors::authenticationInvalid());
  auto user = tx.users().find(session->userId);
  if (!user) return Failure(errors::sessionNotFound(sessionId));
  return Found{{}, *std::move(session), *std::move(user)};
}

Outcome<Found> findGoingOn(const Core& core, const Transaction& tx, const Visitor& visitor, std::string_view sessionId,
                           ReverificationStatus status) {
  auto found = findLive(core, tx, visitor, sessionId);
  if (!found) return found;
  auto reverification = tx.reverifications().find(sessionId);
  if (!reverification) return Failure(errors::sessionReverificationMissing());
  if (reverification->status != status) {
    return Failure(errors::clientStateInvalid("this action", "The verification waits for another step."));
  }
  found->reverification = *std::move(reverification);
  return found;
}

/// What proves again at once: no links, no detours, no new passwords.
std::vector<Factor> quickFirstFactors(const Settings& settings, const User& user) {
  auto factors = firstFactorsOf(settings, user);
  std::erase_if(factors, [](const Factor& factor) {
    return factor.strategy != strategy::password && factor.strategy != strategy::emailCode &&
           factor.strategy != strategy::phoneCode && factor.strategy != strategy::passkey;
  });
  return factors;
}

ReverificationState stateOf(const Core& core, const Transaction& tx, const Found& found) {
  return {.reverification = tx.reverifications().find(found.session.id).value_or(found.reverification),
          .session = {.session = tx.sessions().find(found.session.id).value_or(found.session),
                      .user = found.user,
                      .token = {}},
          .firstFactors = quickFirstFactors(core.settings(), found.user),
          .secondFactors = secondFactorsOf(core.settings(), found.user)};
}

bool needsSecond(const Found& found) {
  return found.reverification.level != ReverificationLevel::FirstFactor && found.user.twoFactorEnabled();
}

/// `bothFactors`: what was proved counts for two.
Outcome<ReverificationState> passFirst(const Core& core, Transaction& tx, const Found& found,
                                       bool bothFactors = false) {
  const auto to =
      needsSecond(found) && !bothFactors ? ReverificationStatus::NeedsSecondFactor : ReverificationStatus::Complete;
  if (!tx.reverifications().advance(found.session.id, ReverificationStatus::NeedsFirstFactor, to, core.now())) {
    return Failure(errors::clientStateInvalid("this action", "The verification waits for another step."));
  }
  tx.users().clearFailures(found.user.id);
  tx.sessions().noteFactors(found.session.id, core.now(), bothFactors ? std::optional(core.now()) : std::nullopt);
  return stateOf(core, tx, found);
}

void notePassword(Core& core, Transaction& tx, const Found& found, bool right) {
  Verification verification;
  verification.id = newId(id::verification, core.now(), core.random());
  verification.strategy = strategy::password;
  verification.status = right ? VerificationStatus::Verified : VerificationStatus::Unverified;
  verification.attempts = 1;
  verification.createdAt = core.now();
  tx.verifications().insert(verification, "");
  tx.reverifications().setFirstFactor(found.session.id, verification.id, core.now());
}

async::Task<Outcome<ReverificationState>> attemptPassword(Core& core, const Visitor& visitor, std::string sessionId,
                                                          Found found, std::string password) {
  if (password.empty()) co_return Failure(errors::formParamNil("password"));
  if (auto refusal = whySignInIsRefused(core.settings(), found.user, core.now())) {
    co_return Failure(*std::move(refusal));
  }
  if (!found.user.password) co_return Failure(errors::strategyForUserInvalid());
  const auto verdict = co_await core.passwords().verify(found.user.password, std::move(password),
                                                        [&core, id = found.user.id] { return !isLockedNow(core, id); });
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ReverificationState> {
    auto now = findGoingOn(core, tx, visitor, sessionId, ReverificationStatus::NeedsFirstFactor);
    if (!now) return now.error();
    if (verdict == PasswordHasher::Verdict::NotTried) return Failure(lockedError(core, tx, now->user.id));
    const bool right = verdict == PasswordHasher::Verdict::Right && now->user.password == found.user.password;
    notePassword(core, tx, *now, right);
    if (right) return passFirst(core, tx, *now);
    if (auto locked = countFailure(core, tx, now->user.id)) return Failure(*std::move(locked));
    return Failure(errors::formPasswordIncorrect("password"));
  });
}

FactorSlot secondSlot(Core& core, Transaction& tx, const Found& found) {
  return {found.reverification.secondFactorVerification,
          [&core, &tx, id = found.session.id](std::string_view verificationId) {
            tx.reverifications().setSecondFactor(id, verificationId, core.now());
          }};
}

}  // namespace

async::Task<Outcome<ReverificationState>> startReverification(Core& core, const Visitor& visitor, std::string sessionId,
                                                              ReverificationLevel level) {
  Reverification started{.id = newId("srv", core.now(), core.random()),
                         .sessionId = sessionId,
                         .level = level,
                         .createdAt = core.now(),
                         .updatedAt = core.now()};
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ReverificationState> {
    auto found = findLive(core, tx, visitor, sessionId);
    if (!found) return found.error();
    if (level == ReverificationLevel::SecondFactor && found->user.twoFactorEnabled()) {
      started.status = ReverificationStatus::NeedsSecondFactor;
    }
    tx.reverifications().start(started);
    return stateOf(core, tx, *found);
  });
}

async::Task<Outcome<ReverificationState>> prepareReverificationFirstFactor(Core& core, const Visitor& visitor,
                                                                           std::string sessionId,
                                                                           PrepareFactorFields fields,
                                                                           PasskeyPage page) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ReverificationState> {
    auto found = findGoingOn(core, tx, visitor, sessionId, ReverificationStatus::NeedsFirstFactor);
    if (!found) return found.error();
    const auto& user = found->user;
    const auto factors = quickFirstFactors(core.settings(), user);
    const auto* factor = findFactor(factors, fields);
    if (!factor || factor->strategy == strategy::password) return Failure(errors::strategyForUserInvalid());
    if (factor->strategy == strategy::passkey) {
      const auto asked = askForPasskey(core, tx, user, page);
      if (!asked) return asked.error();
      tx.reverifications().setFirstFactor(sessionId, asked->id, core.now());
      return stateOf(core, tx, *found);
    }
    const auto code =
        factor->strategy == strategy::phoneCode
            ? preparePhoneCode(core.settings(), core.digest(), core.random(), core.now(),
                               {.strategy = strategy::phoneCode,
                                .phoneNumber = user.findPhoneNumber(factor->phoneNumberId)->phoneNumber,
                                .identificationId = factor->phoneNumberId,
                                .userId = user.id})
            : prepareEmailCode(core.settings(), core.digest(), core.random(), core.now(),
                               {.strategy = strategy::emailCode,
                                .emailAddress = user.findEmailAddress(factor->emailAddressId)->emailAddress,
                                .identificationId = factor->emailAddressId,
                                .userId = user.id});
    if (auto sent = sendCode(tx, code, core.now()); !sent) return sent.error();
    tx.reverifications().setFirstFactor(sessionId, code.verification.id, core.now());
    return stateOf(core, tx, *found);
  });
}

async::Task<Outcome<ReverificationState>> attemptReverificationFirstFactor(Core& core, const Visitor& visitor,
                                                                           std::string sessionId,
                                                                           AttemptFactorFields fields,
                                                                           PasskeyPage page) {
  if (fields.strategy == strategy::password) {
    auto found = co_await core.store().read([&](const Transaction& tx) {
      return findGoingOn(core, tx, visitor, sessionId, ReverificationStatus::NeedsFirstFactor);
    });
    if (!found) co_return found.error();
    co_return co_await attemptPassword(core, visitor, std::move(sessionId), *std::move(found),
                                       std::move(fields.password).value_or(""));
  }
  if (fields.strategy == strategy::passkey) {
    if (fields.publicKeyCredential.empty()) co_return Failure(errors::formParamNil("public_key_credential"));
    co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ReverificationState> {
      auto found = findGoingOn(core, tx, visitor, sessionId, ReverificationStatus::NeedsFirstFactor);
      if (!found) return found.error();
      const auto user = provePasskey(core, tx, found->reverification.firstFactorVerification,
                                     fields.publicKeyCredential, page, found->user.id);
      if (!user) return user.error();
      return passFirst(core, tx, *found, core.settings().passkeysAreSecondFactor && user->twoFactorEnabled());
    });
  }
  const auto code = fields.code.value_or("");
  if (code.empty()) co_return Failure(errors::formParamNil("code"));
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ReverificationState> {
    auto found = findGoingOn(core, tx, visitor, sessionId, ReverificationStatus::NeedsFirstFactor);
    if (!found) return found.error();
    if (auto refusal = whySignInIsRefused(core.settings(), found->user, core.now())) {
      return Failure(*std::move(refusal));
    }
    auto attempted =
        attemptCode(tx, core.settings(), core.digest(), core.now(), found->reverification.firstFactorVerification,
                    {.strategy = fields.strategy, .code = code, .clientId = found->session.clientId});
    if (!attempted) return wrongCode(core, tx, found->user, attempted.error());
    return passFirst(core, tx, *found);
  });
}

async::Task<Outcome<ReverificationState>> prepareReverificationSecondFactor(Core& core, const Visitor& visitor,
                                                                            std::string sessionId,
                                                                            PrepareFactorFields fields) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ReverificationState> {
    auto found = findGoingOn(core, tx, visitor, sessionId, ReverificationStatus::NeedsSecondFactor);
    if (!found) return found.error();
    auto prepared = prepareSecondFactorIn(core, tx, found->user, fields, secondSlot(core, tx, *found));
    if (!prepared) return prepared.error();
    return stateOf(core, tx, *found);
  });
}

async::Task<Outcome<ReverificationState>> attemptReverificationSecondFactor(Core& core, const Visitor& visitor,
                                                                            std::string sessionId, std::string strategy,
                                                                            std::string code) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ReverificationState> {
    auto found = findGoingOn(core, tx, visitor, sessionId, ReverificationStatus::NeedsSecondFactor);
    if (!found) return found.error();
    auto attempted = attemptSecondFactorIn(core, tx, found->user, strategy, code, found->session.clientId,
                                           secondSlot(core, tx, *found));
    if (!attempted) return attempted.error();
    if (!tx.reverifications().advance(sessionId, ReverificationStatus::NeedsSecondFactor,
                                      ReverificationStatus::Complete, core.now())) {
      return Failure(errors::clientStateInvalid("this action", "The verification waits for another step."));
    }
    tx.users().clearFailures(found->user.id);
    tx.sessions().noteFactors(sessionId, std::nullopt, core.now());
    return stateOf(core, tx, *found);
  });
}

Outcome<> requireRecentProof(const Core& core, const SessionState& state) {
  const auto& age = core.settings().reverificationAge;
  if (!age) return {};
  const bool second = state.user.twoFactorEnabled();
  const auto& proved = second ? state.session.secondFactorVerifiedAt : state.session.firstFactorVerifiedAt;
  if (proved && core.now() - *proved <= *age) return {};
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(*age).count();
  return Failure(errors::sessionReverificationRequired(second ? "second_factor" : "first_factor", minutes));
}

}  // namespace clerk::instance
