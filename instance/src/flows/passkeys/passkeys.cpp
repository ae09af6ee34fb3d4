#include "flows/passkeys/passkeys.hpp"

#include "flows/client/client_draft.hpp"
#include "flows/normal_form.hpp"
#include "flows/session/session_start.hpp"
#include "flows/sign_in/factors.hpp"
#include "flows/sign_in/progress.hpp"
#include "model/auth_errors.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "strategies/webauthn.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <utility>

namespace clerk::instance {
namespace {

constexpr int mostPasskeys = 10;
constexpr std::size_t challengeBytes = 32;
constexpr std::string_view passkeyKind = "passkey";

std::string newChallenge(Random& random) {
  // base64url characters alone, so that what the browser sends back is this text.
  constexpr std::size_t length = 43;
  static_assert(length * 5 >= challengeBytes * 6);
  auto text = random.base62(length);
  // The last of 43 characters carries 4 bits: only every fourth letter is one that decoders take.
  constexpr std::string_view last = "AEIMQUYcgkosw048";
  text.back() = last[random.below(last.size())];
  return text;
}

Verification newVerification(Core& core, std::string nonce) {
  return {.id = newId(id::verification, core.now(), core.random()),
          .strategy = Strategy(strategy::passkey),
          .expireAt = core.now() + core.settings().lifetimes.code,
          .nonce = std::move(nonce),
          .createdAt = core.now()};
}

/// The challenge inside the options that were sent.
std::string challengeOf(const Verification& verification) {
  boost::system::error_code failed;
  const auto options = boost::json::parse(verification.nonce, failed);
  if (failed || !options.is_object()) return {};
  const auto* challenge = options.get_object().if_contains("challenge");
  return challenge && challenge->is_string() ? std::string(challenge->get_string()) : std::string();
}

WebauthnExpectation expectation(const Verification& verification, const PasskeyPage& page) {
  return {.challenge = challengeOf(verification), .origins = {page.origin}, .rpId = page.host};
}

Passkey* findPasskey(User& user, std::string_view id) {
  const auto found = std::ranges::find(user.passkeys, id, &Passkey::id);
  return found == user.passkeys.end() ? nullptr : &*found;
}

Failure notFound(std::string_view id) { return errors::identificationNotFound("passkey", id); }

bool isEnabled(const Settings& settings) { return settings.attributes.passkey.enabled; }

std::vector<std::string> credentialsOf(const User& user) {
  std::vector<std::string> ids;
  for (const auto& passkey : user.passkeys) {
    if (passkey.verified()) ids.push_back(passkey.credentialId);
  }
  return ids;
}

/// Runs `act(tx, user, passkey)` on one of the user's passkeys.
template <class Result, class Act>
async::Task<Outcome<Result>> onPasskey(Core& core, std::string userId, std::string passkeyId, Act act) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Result> {
    auto user = tx.users().find(userId);
    if (!user) return Failure(errors::userNotFound(userId));
    auto* passkey = findPasskey(*user, passkeyId);
    if (!passkey) return notFound(passkeyId);
    user->updatedAt = core.now();
    return act(tx, *user, *passkey);
  });
}

Outcome<Passkey> write(Transaction& tx, const User& user, const std::string& passkeyId) {
  if (!tx.users().updateIdentifiers(user)) {
    tx.abandon();
    return Failure(errors::formIdentifierExists("public_key_credential"));
  }
  auto written = tx.users().find(user.id);
  return *findPasskey(*written, passkeyId);
}

/// What still waits, is not over, and belongs to a page that we know.
Outcome<> checkWaiting(const std::optional<Verification>& verification, const PasskeyPage& page, Time now) {
  if (!verification || verification->strategy != strategy::passkey) return Failure(errors::verificationMissing());
  switch (verification->statusAt(now)) {
    case VerificationStatus::Unverified: break;
    case VerificationStatus::Verified: return Failure(errors::verificationAlreadyVerified());
    case VerificationStatus::Expired: return Failure(errors::verificationExpired());
    default: return Failure(errors::verificationFailed());
  }
  if (page.origin.empty()) return Failure(errors::passkeyInvalidVerification());
  return {};
}

}  // namespace

async::Task<Outcome<Passkey>> startPasskey(Core& core, std::string userId, PasskeyPage page) {
  if (!isEnabled(core.settings()) || page.host.empty()) co_return Failure(errors::featureNotEnabled());
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Passkey> {
    auto user = tx.users().find(userId);
    if (!user) return Failure(errors::userNotFound(userId));
    const auto existing = credentialsOf(*user);
    if (existing.size() >= static_cast<std::size_t>(mostPasskeys)) {
      return Failure(errors::passkeyQuotaExceeded(mostPasskeys));
    }
    // Those that were begun and given up.
    std::erase_if(user->passkeys, [](const Passkey& passkey) { return !passkey.verified(); });
    Passkey passkey{.id = newId(id::identification, core.now(), core.random()),
                    .name = "Passkey",
                    .createdAt = core.now(),
                    .updatedAt = core.now()};
    if (!existing.empty()) passkey.name += " " + std::to_string(existing.size() + 1);
    passkey.verification = newVerification(
        core, registrationOptions(newChallenge(core.random()), page.host, core.settings().applicationName, user->id,
                                  user->identifier(), existing));
    passkey.verification->identificationId = passkey.id;
    tx.verifications().insert(*passkey.verification, "");
    user->passkeys.push_back(passkey);
    user->updatedAt = core.now();
    return write(tx, *user, passkey.id);
  });
}

async::Task<Outcome<Passkey>> attemptPasskey(Core& core, std::string userId, std::string passkeyId,
                                             std::string credential, PasskeyPage page) {
  if (credential.empty()) co_return Failure(errors::formParamNil("public_key_credential"));
  co_return co_await onPasskey<Passkey>(
      core, std::move(userId), passkeyId, [&](Transaction& tx, User& user, Passkey& passkey) -> Outcome<Passkey> {
        if (auto waiting = checkWaiting(passkey.verification, page, core.now()); !waiting) return waiting.error();
        const auto made = readRegistration(credential, expectation(*passkey.verification, page));
        if (!made) {
          // One try a challenge.
          passkey.verification->status = VerificationStatus::Failed;
          tx.verifications().update(*passkey.verification);
          return Failure(errors::passkeyInvalidPublicKeyCredential());
        }
        passkey.credentialId = made->credentialId;
        passkey.publicKey = made->publicKey;
        passkey.signCount = made->signCount;
        passkey.verification->status = VerificationStatus::Verified;
        passkey.updatedAt = core.now();
        tx.verifications().update(*passkey.verification);
        return write(tx, user, passkeyId);
      });
}

async::Task<Outcome<Passkey>> getPasskey(Core& core, std::string userId, std::string passkeyId) {
  co_return co_await core.store().read([&](const Transaction& tx) -> Outcome<Passkey> {
    auto user = tx.users().find(userId);
    auto* passkey = user ? findPasskey(*user, passkeyId) : nullptr;
    if (!passkey) return notFound(passkeyId);
    return *passkey;
  });
}

async::Task<Outcome<Passkey>> renamePasskey(Core& core, std::string userId, std::string passkeyId, std::string name) {
  auto normal = normalName(name, "name");
  if (!normal) co_return normal.error();
  if (!*normal) co_return Failure(errors::formParamNil("name"));
  co_return co_await onPasskey<Passkey>(core, std::move(userId), passkeyId,
                                        [&](Transaction& tx, User& user, Passkey& passkey) {
                                          passkey.name = **normal;
                                          passkey.updatedAt = core.now();
                                          return write(tx, user, passkeyId);
                                        });
}

async::Task<Outcome<std::string>> deletePasskey(Core& core, std::string userId, std::string passkeyId) {
  co_return co_await onPasskey<std::string>(
      core, std::move(userId), passkeyId, [&](Transaction& tx, User& user, Passkey&) -> Outcome<std::string> {
        std::erase_if(user.passkeys, [&](const Passkey& passkey) { return passkey.id == passkeyId; });
        if (!tx.users().updateIdentifiers(user)) tx.abandon();
        return passkeyId;
      });
}

async::Task<Outcome<SignInState>> startPasskeySignIn(Core& core, Visitor& visitor, PasskeyPage page) {
  const auto& attribute = core.settings().attributes.passkey;
  if (!attribute.enabled || !attribute.usedForFirstFactor || page.host.empty()) {
    co_return Failure(errors::featureNotEnabled());
  }
  SignIn signIn;
  signIn.id = newId(id::signIn, core.now(), core.random());
  signIn.status = SignInStatus::NeedsFirstFactor;
  signIn.createdAt = signIn.updatedAt = core.now();
  signIn.abandonAt = core.now() + core.settings().lifetimes.attempt;
  signIn.firstFactorVerification = newVerification(core, assertionOptions(newChallenge(core.random()), page.host, {}));
  const ClientDraft client(core, visitor);
  signIn.clientId = client.clientId();
  auto state = co_await core.store().transact([&](Transaction& tx) {
    client.insert(tx);
    tx.verifications().insert(*signIn.firstFactorVerification, "");
    tx.signIns().insert(signIn);
    tx.clients().setSignIn(signIn.clientId, signIn.id);
    return signInStateIn(core, tx, signIn.id);
  });
  client.give(visitor);
  visitor.client->signInId = signIn.id;
  co_return state;
}

async::Task<Outcome<SignInState>> preparePasskeyFactor(Core& core, Visitor& visitor, std::string signInId,
                                                       PasskeyPage page) {
  if (!isEnabled(core.settings()) || page.host.empty()) co_return Failure(errors::featureNotEnabled());
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<SignInState> {
    auto found = findSignInWaiting(tx, visitor, signInId, SignInStatus::NeedsFirstFactor, core.now());
    if (!found) return found.error();
    const bool hides = core.settings().enumerationProtection;
    const auto allowed = found->user && !hides ? credentialsOf(*found->user) : std::vector<std::string>();
    if (found->user && !hides && allowed.empty()) return Failure(errors::noPasskeysFound());
    const auto verification = newVerification(core, assertionOptions(newChallenge(core.random()), page.host, allowed));
    tx.verifications().insert(verification, "");
    tx.signIns().setFirstFactor(signInId, verification.id, core.now());
    return signInStateIn(core, tx, signInId);
  });
}

namespace {

/// Checks the assertion and goes on; the counter is written in the same transaction.
Outcome<SignInState> attemptInside(Core& core, Transaction& tx, SignInProgress& progress, const FoundSignIn& found,
                                   const std::string& credential, const PasskeyPage& page) {
  const auto user = provePasskey(core, tx, found.signIn.firstFactorVerification, credential, page, found.signIn.userId);
  if (!user) return user.error();
  tx.signIns().identify(found.signIn.id, user->id, core.now());
  auto moved =
      progress.afterFirstFactor(tx, found.signIn, *user, strategy::passkey, core.settings().passkeysAreSecondFactor);
  if (!moved) return moved.error();
  return signInStateIn(core, tx, found.signIn.id);
}

}  // namespace

async::Task<Outcome<SignInState>> attemptPasskeyFactor(Core& core, Visitor& visitor, std::string signInId,
                                                       std::string credential, PasskeyPage page) {
  if (credential.empty()) co_return Failure(errors::formParamNil("public_key_credential"));
  SignInProgress progress(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) -> Outcome<SignInState> {
    auto found = findSignInWaiting(tx, visitor, signInId, SignInStatus::NeedsFirstFactor, core.now());
    if (!found) return found.error();
    return attemptInside(core, tx, progress, *found, credential, page);
  });
  if (outcome) progress.give(visitor);
  co_return outcome;
}

Outcome<Verification> askForPasskey(Core& core, Transaction& tx, const User& user, const PasskeyPage& page) {
  if (!isEnabled(core.settings()) || page.host.empty()) return Failure(errors::featureNotEnabled());
  const auto allowed = credentialsOf(user);
  if (allowed.empty()) return Failure(errors::noPasskeysFound());
  auto verification = newVerification(core, assertionOptions(newChallenge(core.random()), page.host, allowed));
  tx.verifications().insert(verification, "");
  return verification;
}

Outcome<User> provePasskey(Core& core, Transaction& tx, std::optional<Verification> verification,
                           const std::string& credential, const PasskeyPage& page,
                           const std::optional<std::string>& ownerId) {
  if (auto waiting = checkWaiting(verification, page, core.now()); !waiting) return waiting.error();
  const auto claimed = claimedCredential(credential);
  if (!claimed) return Failure(errors::passkeyInvalidPublicKeyCredential());
  auto user = tx.users().findByIdentification(passkeyKind, claimed->credentialId);
  const bool theirs =
      user && (!ownerId || *ownerId == user->id) && (claimed->userHandle.empty() || claimed->userHandle == user->id);
  if (!theirs) return Failure(errors::passkeyNotRegistered());
  if (auto refusal = whySignInIsRefused(core.settings(), *user, core.now())) return Failure(*std::move(refusal));
  const auto passkey = std::ranges::find(user->passkeys, claimed->credentialId, &Passkey::credentialId);
  const auto count =
      checkAssertion(credential, expectation(*verification, page), passkey->publicKey, passkey->signCount);
  verification->status = count ? VerificationStatus::Verified : VerificationStatus::Failed;
  tx.verifications().update(*verification);
  if (!count) return Failure(errors::passkeyAuthenticationFailure());
  passkey->signCount = *count;
  passkey->lastUsedAt = core.now();
  if (!tx.users().updateIdentifiers(*user)) return Failure(errors::passkeyNotRegistered());
  return *std::move(user);
}

}  // namespace clerk::instance
