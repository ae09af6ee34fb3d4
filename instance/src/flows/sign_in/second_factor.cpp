#include "flows/sign_in/second_factor.hpp"

#include "flows/session/session_start.hpp"
#include "flows/sign_in/factors.hpp"
#include "flows/user/lockout.hpp"
#include "flows/user/second_factors.hpp"
#include "model/auth_errors.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "strategies/email_code.hpp"
#include "strategies/phone_code.hpp"

#include <algorithm>

namespace clerk::instance {
namespace {

/// A code of an app has a million values, a new one every 30 seconds: more guesses need a new sign-in.
constexpr int maxAppAttempts = 10;

bool has(const std::vector<Factor>& factors, std::string_view strategy) {
  return std::ranges::find(factors, strategy, &Factor::strategy) != factors.end();
}

/// The verification of an app's or backup code: it counts from the first try on.
Verification ensureAppVerification(Core& core, Transaction& tx, std::string_view strategy, const FactorSlot& slot) {
  const auto& current = slot.current;
  if (current && current->strategy == strategy && current->status == VerificationStatus::Unverified) return *current;
  Verification verification;
  verification.id = newId(id::verification, core.now(), core.random());
  verification.strategy = strategy;
  verification.attempts = 0;
  verification.createdAt = core.now();
  tx.verifications().insert(verification, "");
  slot.set(verification.id);
  return verification;
}

Outcome<> attemptApp(Core& core, Transaction& tx, const User& user, std::string_view strategy, std::string_view code,
                     const FactorSlot& slot) {
  auto verification = ensureAppVerification(core, tx, strategy, slot);
  if (verification.attempts.value_or(0) >= maxAppAttempts) return Failure(errors::verificationFailed());
  const bool right =
      strategy == strategy::totp ? takeTotpCode(core, tx, user, code) : takeBackupCode(core, tx, user, code);
  verification.attempts = verification.attempts.value_or(0) + 1;
  if (right) verification.status = VerificationStatus::Verified;
  tx.verifications().update(verification);
  if (!right) return wrongCode(core, tx, user, errors::formCodeIncorrect());
  return {};
}

}  // namespace

Failure wrongCode(Core& core, Transaction& tx, const User& user, const Failure& failure) {
  if (failure.first().code != "form_code_incorrect") return failure;
  auto locked = countFailure(core, tx, user.id);
  return locked && !core.settings().enumerationProtection ? Failure(*std::move(locked)) : failure;
}

Outcome<> prepareSecondFactorIn(Core& core, Transaction& tx, const User& user, const PrepareFactorFields& fields,
                                const FactorSlot& slot) {
  const auto factors = secondFactorsOf(core.settings(), user);
  const auto* factor = findFactor(factors, fields);
  if (!factor) return Failure(errors::strategyForUserInvalid());
  PreparedCode prepared;
  if (!factor->phoneNumberId.empty()) {
    prepared = preparePhoneCode(core.settings(), core.digest(), core.random(), core.now(),
                                {.strategy = strategy::phoneCode,
                                 .phoneNumber = user.findPhoneNumber(factor->phoneNumberId)->phoneNumber,
                                 .identificationId = factor->phoneNumberId,
                                 .userId = user.id});
  } else if (!factor->emailAddressId.empty()) {
    prepared = prepareEmailCode(core.settings(), core.digest(), core.random(), core.now(),
                                {.strategy = strategy::emailCode,
                                 .emailAddress = user.findEmailAddress(factor->emailAddressId)->emailAddress,
                                 .identificationId = factor->emailAddressId,
                                 .userId = user.id});
  } else {
    return Failure(errors::strategyForUserInvalid());
  }
  if (auto sent = sendCode(tx, prepared, core.now()); !sent) return sent;
  slot.set(prepared.verification.id);
  return {};
}

Outcome<> attemptSecondFactorIn(Core& core, Transaction& tx, const User& user, std::string_view strategy,
                                std::string_view code, std::string_view clientId, const FactorSlot& slot) {
  if (code.empty()) return Failure(errors::formParamNil("code"));
  if (auto refusal = whySignInIsRefused(core.settings(), user, core.now())) return Failure(*std::move(refusal));
  if (!has(secondFactorsOf(core.settings(), user), strategy)) return Failure(errors::noSecondFactors(strategy));
  if (strategy == strategy::totp || strategy == strategy::backupCode) {
    return attemptApp(core, tx, user, strategy, code, slot);
  }
  auto attempted = attemptCode(tx, core.settings(), core.digest(), core.now(), slot.current,
                               {.strategy = strategy, .code = code, .clientId = clientId});
  if (!attempted) return wrongCode(core, tx, user, attempted.error());
  return {};
}

}  // namespace clerk::instance
