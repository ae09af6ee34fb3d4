#include "flows/user/second_factors.hpp"

#include "flows/session/tasks.hpp"
#include "flows/user/user_change.hpp"
#include "model/auth_errors.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "strategies/totp.hpp"

#include <cctype>
#include <utility>

namespace clerk::instance {
namespace {

constexpr std::size_t backupCodeCount = 10;
constexpr std::size_t backupCodeLength = 8;
/// No letters and digits that look alike.
constexpr std::string_view backupCodeAlphabet = "23456789abcdefghjkmnpqrstuvwxyz";
constexpr std::size_t totpLength = 6;
constexpr std::size_t longestBackupCode = 64;
constexpr std::size_t mostBackupCodes = 100;
/// RFC 4226 §4 (R6): 128 bits at least; what is longer than a block of the hash helps nobody.
constexpr std::size_t shortestTotpSecret = 16;
constexpr std::size_t longestTotpSecret = 64;

std::vector<std::string> drawBackupCodes(Random& random) {
  std::vector<std::string> codes(backupCodeCount);
  for (auto& code : codes) {
    for (std::size_t i = 0; i < backupCodeLength; ++i) {
      code += backupCodeAlphabet[random.below(backupCodeAlphabet.size())];
    }
  }
  return codes;
}

std::string backupCodeDigest(const Core& core, std::string_view userId, std::string_view code) {
  // As people type it: any case, spaces and dashes between.
  std::string plain;
  for (const char c : code) {
    if (c != ' ' && c != '-') plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return core.digestOf("backup code " + std::string(userId), plain);
}

void writeBackupCodes(const Core& core, Transaction& tx, User& user, const std::vector<std::string>& codes) {
  std::vector<std::string> digests;
  for (const auto& code : codes) digests.push_back(backupCodeDigest(core, user.id, code));
  tx.backupCodes().replace(user.id, digests);
  user.backupCodeEnabled = true;
}

/// Writes what changed of the second factors, and when they began or ended.
void writeFactors(Transaction& tx, User& user, bool had, Time now) {
  const bool has = user.twoFactorEnabled();
  if (!has && user.backupCodeEnabled) {
    user.backupCodeEnabled = false;
    tx.backupCodes().erase(user.id);
  }
  if (has && !had) user.mfaEnabledAt = now;
  if (!has && had) user.mfaDisabledAt = now;
  user.updatedAt = now;
  if (!tx.users().updateIdentifiers(user)) return tx.abandon();
  if (has && !had) settleTasks(tx, user, now);
}

/// Runs `act(tx, user)` on the user and gives its result.
template <class Result, class Act>
async::Task<Outcome<Result>> onUser(Core& core, std::string userId, Act act) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Result> {
    auto user = tx.users().find(userId);
    if (!user) return Failure(errors::userNotFound(userId));
    return act(tx, *user);
  });
}

/// The step of a right code that may still be used.
std::optional<std::int64_t> stepOf(const Core& core, const User& user, const TotpSecret& stored,
                                   std::string_view code) {
  const auto secret = unsealTotpSecret(core.digest(), stored.secret, user.id);
  const auto step = secret ? matchTotp(*secret, code, core.now()) : std::nullopt;
  return step && *step > stored.lastStep ? step : std::nullopt;
}

}  // namespace

bool takeTotpCode(Core& core, Transaction& tx, const User& user, std::string_view code) {
  const auto stored = tx.totpSecrets().find(user.id);
  if (!stored || !stored->verified) return false;
  const auto step = stepOf(core, user, *stored, code);
  return step && tx.totpSecrets().useStep(user.id, *step, core.now());
}

bool takeBackupCode(Core& core, Transaction& tx, const User& user, std::string_view code) {
  if (!user.backupCodeEnabled || code.size() > longestBackupCode) return false;
  return tx.backupCodes().use(user.id, backupCodeDigest(core, user.id, code));
}

Outcome<> checkSecondFactors(const Core& core, const GivenSecondFactors& given) {
  const auto& attributes = core.settings().attributes;
  if (given.totpSecret) {
    if (!attributes.authenticatorApp.enabled) return Failure(errors::featureNotEnabled());
    const auto secret = base32Decode(*given.totpSecret);
    if (!secret || secret->size() < shortestTotpSecret || secret->size() > longestTotpSecret) {
      return Failure(
          errors::formParamFormatInvalid("totp_secret", "totp_secret must be a base32 text of 16 to 64 bytes."));
    }
  }
  if (given.backupCodes.empty()) return {};
  if (!attributes.backupCode.enabled) return Failure(errors::featureNotEnabled());
  if (given.backupCodes.size() > mostBackupCodes) {
    return Failure(errors::formParamMaxLengthExceeded("backup_codes", mostBackupCodes));
  }
  for (const auto& code : given.backupCodes) {
    // A digest of another system's cannot be compared with ours.
    if (code.empty() || code.size() > longestBackupCode || code.starts_with('$')) {
      return Failure(errors::formParamFormatInvalid("backup_codes", "backup_codes must be codes as people type them."));
    }
  }
  return {};
}

void giveSecondFactors(Core& core, Transaction& tx, User& user, const GivenSecondFactors& given) {
  if (!given.totpSecret && given.backupCodes.empty()) return;
  const bool had = user.twoFactorEnabled();
  if (given.totpSecret) {
    const Time now = core.now();
    tx.totpSecrets().erase(user.id);
    TotpSecret stored{.id = newId(id::totp, now, core.random()), .createdAt = now, .updatedAt = now};
    stored.secret = sealTotpSecret(core.digest(), *base32Decode(*given.totpSecret), user.id);
    if (!tx.totpSecrets().put(user.id, stored) || !tx.totpSecrets().verify(user.id, 1, now)) tx.abandon();
    user.totpEnabled = true;
  }
  if (!given.backupCodes.empty()) writeBackupCodes(core, tx, user, given.backupCodes);
  writeFactors(tx, user, had, core.now());
}

async::Task<Outcome<Totp>> startTotp(Core& core, std::string userId) {
  if (!core.settings().attributes.authenticatorApp.enabled) co_return Failure(errors::featureNotEnabled());
  const auto secret = newTotpSecret(core.random());
  TotpSecret stored{.id = newId(id::totp, core.now(), core.random()), .createdAt = core.now(), .updatedAt = core.now()};
  stored.secret = sealTotpSecret(core.digest(), secret, userId);
  co_return co_await onUser<Totp>(core, userId, [&](Transaction& tx, User& user) -> Outcome<Totp> {
    if (!tx.totpSecrets().put(user.id, stored)) return Failure(errors::totpAlreadyEnabled());
    return Totp{.id = stored.id,
                .secret = base32Encode(secret),
                .uri = totpUri(secret, core.settings().applicationName, user.identifier()),
                .createdAt = stored.createdAt,
                .updatedAt = stored.updatedAt};
  });
}

async::Task<Outcome<Totp>> attemptTotp(Core& core, std::string userId, std::string code) {
  if (code.empty()) co_return Failure(errors::formParamNil("code"));
  const auto codes = drawBackupCodes(core.random());
  co_return co_await onUser<Totp>(core, std::move(userId), [&](Transaction& tx, User& user) -> Outcome<Totp> {
    const auto stored = tx.totpSecrets().find(user.id);
    if (!stored) return Failure(errors::totpNotFound());
    if (stored->verified) return Failure(errors::totpAlreadyEnabled());
    const auto step = stepOf(core, user, *stored, code);
    // The code has proved that the app is set up, and has signed nobody in: it may still do so, once. People who sign
    // in right away would otherwise be told that what their app shows is wrong.
    if (!step || !tx.totpSecrets().verify(user.id, *step - 1, core.now())) return Failure(errors::formCodeIncorrect());
    Totp totp{.id = stored->id, .verified = true, .createdAt = stored->createdAt, .updatedAt = core.now()};
    const bool had = user.twoFactorEnabled();
    user.totpEnabled = true;
    if (core.settings().attributes.backupCode.enabled && !user.backupCodeEnabled) {
      writeBackupCodes(core, tx, user, codes);
      totp.backupCodes = codes;
    }
    writeFactors(tx, user, had, core.now());
    return totp;
  });
}

async::Task<Outcome<std::string>> deleteTotp(Core& core, std::string userId) {
  co_return co_await onUser<std::string>(core, std::move(userId),
                                         [&](Transaction& tx, User& user) -> Outcome<std::string> {
                                           const auto stored = tx.totpSecrets().find(user.id);
                                           if (!stored || !stored->verified) return Failure(errors::totpNotFound());
                                           const bool had = user.twoFactorEnabled();
                                           user.totpEnabled = false;
                                           if (core.settings().secondFactorRequired && !user.twoFactorEnabled()) {
                                             return Failure(errors::secondFactorDeletionNotAllowed());
                                           }
                                           tx.totpSecrets().erase(user.id);
                                           writeFactors(tx, user, had, core.now());
                                           return stored->id;
                                         });
}

async::Task<Outcome<NewBackupCodes>> createBackupCodes(Core& core, std::string userId) {
  if (!core.settings().attributes.backupCode.enabled) co_return Failure(errors::featureNotEnabled());
  NewBackupCodes made{newId(id::backupCodes, core.now(), core.random()), drawBackupCodes(core.random()), core.now()};
  co_return co_await onUser<NewBackupCodes>(core, std::move(userId),
                                            [&](Transaction& tx, User& user) -> Outcome<NewBackupCodes> {
                                              if (!user.twoFactorEnabled())
                                                return Failure(errors::backupCodesNotAvailable());
                                              writeBackupCodes(core, tx, user, made.codes);
                                              writeFactors(tx, user, true, core.now());
                                              return made;
                                            });
}

async::Task<Outcome<VerifiedSecondFactor>> verifySecondFactor(Core& core, std::string userId, std::string code) {
  co_return co_await onUser<VerifiedSecondFactor>(core, std::move(userId),
                                                  [&](Transaction& tx, User& user) -> Outcome<VerifiedSecondFactor> {
                                                    if (!user.totpEnabled) return Failure(errors::totpDisabled());
                                                    if (takeTotpCode(core, tx, user, code))
                                                      return VerifiedSecondFactor{"totp"};
                                                    if (takeBackupCode(core, tx, user, code))
                                                      return VerifiedSecondFactor{"backup_code"};
                                                    if (code.size() != totpLength)
                                                      return Failure(errors::totpInvalidLength());
                                                    return Failure(errors::totpIncorrectCode());
                                                  });
}

async::Task<Outcome<User>> disableSecondFactors(Core& core, std::string userId) {
  co_return co_await onUser<User>(core, std::move(userId), [&](Transaction& tx, User& user) -> Outcome<User> {
    const bool had = user.twoFactorEnabled();
    tx.totpSecrets().erase(user.id);
    tx.backupCodes().erase(user.id);
    user.totpEnabled = user.backupCodeEnabled = false;
    for (auto& phone : user.phoneNumbers) phone.reservedForSecondFactor = phone.defaultSecondFactor = false;
    writeFactors(tx, user, had, core.now());
    return user;
  });
}

async::Task<Outcome<User>> removeTotp(Core& core, std::string userId) {
  co_return co_await onUser<User>(core, std::move(userId), [&](Transaction& tx, User& user) -> Outcome<User> {
    const bool had = user.twoFactorEnabled();
    tx.totpSecrets().erase(user.id);
    user.totpEnabled = false;
    writeFactors(tx, user, had, core.now());
    return user;
  });
}

async::Task<Outcome<User>> removeBackupCodes(Core& core, std::string userId) {
  co_return co_await onUser<User>(core, std::move(userId), [&](Transaction& tx, User& user) -> Outcome<User> {
    tx.backupCodes().erase(user.id);
    user.backupCodeEnabled = false;
    writeFactors(tx, user, user.twoFactorEnabled(), core.now());
    return user;
  });
}

}  // namespace clerk::instance
