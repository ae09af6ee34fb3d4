#include "flows/oauth/oauth.hpp"

#include "flows/client/client_draft.hpp"
#include "flows/enterprise/saml_connection.hpp"
#include "flows/enterprise/saml_consumer.hpp"
#include "flows/enterprise/sign_in_connection.hpp"
#include "flows/enterprise/test_run.hpp"
#include "flows/normal_form.hpp"
#include "flows/oauth/provider_tokens.hpp"
#include "flows/session/session_start.hpp"
#include "flows/sign_in/progress.hpp"
#include "flows/sign_up/completion.hpp"
#include "model/auth_errors.hpp"
#include "model/enterprise_errors.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "store/stored_factors.hpp"
#include "strategies/oidc.hpp"

#include <algorithm>
#include <utility>

namespace clerk::instance {
namespace {

const SocialProvider* findProvider(const Settings& settings, std::string_view strategy) {
  const auto& all = settings.socialProviders;
  const auto found = std::ranges::find(all, strategy, &SocialProvider::strategy);
  return found == all.end() ? nullptr : &*found;
}

/// A social connection of the settings, or the provider of an enterprise connection.
async::Task<std::optional<SocialProvider>> providerFor(Core& core, std::string strategy) {
  if (isEnterpriseProvider(strategy)) co_return co_await enterpriseProvider(core, std::move(strategy));
  const auto* provider = findProvider(core.settings(), strategy);
  co_return provider ? std::optional(*provider) : std::nullopt;
}

Verification newVerification(Core& core, std::string_view strategy, VerificationStatus status) {
  return {.id = newId(id::verification, core.now(), core.random()),
          .strategy = Strategy(shownStrategy(strategy)),
          .status = status,
          .expireAt = core.now() + core.settings().lifetimes.code,
          .createdAt = core.now()};
}

/// The strategy of an address that a provider vouches for.
std::string fromProvider(std::string_view provider) {
  if (isSamlProvider(provider)) return std::string(strategy::saml);
  return isEnterpriseProvider(provider) ? "from_oauth_enterprise_sso" : "from_" + std::string(provider);
}

void noteError(Verification& verification, const Error& error) {
  verification.errorCode = error.code;
  verification.errorMessage = error.message;
  verification.errorLongMessage = error.longMessage;
}

ExternalAccount accountOf(Core& core, const OauthState& state, OidcProfile profile) {
  const Time now = core.now();
  const auto email = normalEmailAddress(profile.emailAddress, "email_address");
  return {.id = newId(id::externalAccount, now, core.random()),
          .identificationId = newId(id::identification, now, core.random()),
          .provider = state.strategy,
          .providerUserId = std::move(profile.subject),
          .emailAddress = email ? *email : "",
          .emailAddressVerified = email && profile.emailAddressVerified,
          .firstName = std::move(profile.firstName),
          .lastName = std::move(profile.lastName),
          .username = std::move(profile.username),
          .imageUrl = std::move(profile.imageUrl),
          .approvedScopes = std::move(profile.scope),
          .verification = newVerification(core, state.strategy, VerificationStatus::Verified),
          .createdAt = now,
          .updatedAt = now};
}

/// An address that the provider vouches for, as one of the user's.
EmailAddress addressOf(Core& core, const ExternalAccount& account) {
  EmailAddress email;
  email.id = newId(id::identification, core.now(), core.random());
  email.emailAddress = account.emailAddress;
  email.verification = newVerification(core, fromProvider(account.provider), VerificationStatus::Verified);
  email.createdAt = email.updatedAt = core.now();
  return email;
}

/// The user who has this account, or whose proved address it has: that one gets it connected.
std::optional<User> findOwner(Core& core, Transaction& tx, const ExternalAccount& account) {
  if (auto user = tx.users().findByIdentification(account.provider, account.providerUserId)) return user;
  if (!account.emailAddressVerified) return std::nullopt;
  auto user = tx.users().findByEmailAddress(account.emailAddress);
  if (!user) return std::nullopt;
  const auto email = std::ranges::find(user->emailAddresses, account.emailAddress, &EmailAddress::emailAddress);
  if (email == user->emailAddresses.end() || !email->verified()) return std::nullopt;
  std::erase_if(user->externalAccounts,
                [&](const ExternalAccount& other) { return other.provider == account.provider; });
  user->externalAccounts.push_back(account);
  user->updatedAt = core.now();
  if (!tx.users().updateIdentifiers(*user)) return std::nullopt;
  return user;
}

/// What a callback works with, inside its transaction.
struct Return {
  Core& core;
  Transaction& tx;
  const OauthState& state;
  /// Absent when the journey failed: `error` says why.
  std::optional<ExternalAccount> account;
  std::optional<Error> error;
  std::optional<OidcTokens> tokens;
  SignInProgress& signIn;
  SignUpCompletion& signUp;
};

/// Keeps what the provider gave for the account, sealed.
void keepTokens(Return& it, std::string_view accountId) {
  if (!it.tokens || it.tokens->accessToken.empty()) return;
  auto kept = sealedTokens(it.core, std::string(accountId), *it.tokens);
  it.tx.providerTokens().put(kept);
}

/// The user's account that is the returned one.
const ExternalAccount* sameAccount(const User& user, const ExternalAccount& account) {
  const auto found = std::ranges::find_if(user.externalAccounts, [&](const ExternalAccount& each) {
    return each.provider == account.provider && each.providerUserId == account.providerUserId;
  });
  return found == user.externalAccounts.end() ? nullptr : &*found;
}

const std::string& back(const Return& it) { return it.state.redirectUrl; }
const std::string& done(const Return& it) {
  return it.state.completeUrl.empty() ? it.state.redirectUrl : it.state.completeUrl;
}

/// A verification that carries the account to the other kind of attempt.
Verification transferable(Return& it, const Error& error) {
  auto verification = newVerification(it.core, it.state.strategy, VerificationStatus::Transferable);
  noteError(verification, error);
  verification.nonce = storedExternalAccount(*it.account);
  return verification;
}

Verification failed(Return& it, const Error& error) {
  auto verification = newVerification(it.core, it.state.strategy, VerificationStatus::Failed);
  noteError(verification, error);
  return verification;
}

Outcome<std::string> returnToSignIn(Return& it) {
  auto& [core, tx, state, account, error, tokens, progress, completion] = it;
  const auto signIn = tx.signIns().find(state.ownerId);
  const auto now = signIn ? signIn->statusAt(core.now()) : SignInStatus::Abandoned;
  if (now != SignInStatus::NeedsIdentifier && now != SignInStatus::NeedsFirstFactor) {
    return Failure(errors::oauthCallbackInvalid());
  }
  const auto note = [&](const Verification& verification) {
    tx.verifications().insert(verification, "");
    tx.signIns().setFirstFactor(signIn->id, verification.id, core.now());
  };
  if (error) {
    note(failed(it, *error));
    return back(it);
  }
  const auto user = findOwner(core, tx, *account);
  if (!user) {
    keepTokens(it, account->id);
    note(transferable(it, errors::externalAccountNotFound()));
    return back(it);
  }
  if (const auto* mine = sameAccount(*user, *account)) keepTokens(it, mine->id);
  if (auto refusal = whySignInIsRefused(core.settings(), *user, core.now())) {
    note(failed(it, *refusal));
    return back(it);
  }
  tx.signIns().identify(signIn->id, user->id, core.now());
  note(newVerification(core, state.strategy, VerificationStatus::Verified));
  auto moved = progress.afterFirstFactor(tx, *signIn, *user, state.strategy);
  if (!moved) {
    note(failed(it, moved.error().first()));
    return back(it);
  }
  return progress.completed() ? done(it) : back(it);
}

Outcome<std::string> returnToSignUp(Return& it) {
  auto& [core, tx, state, account, error, tokens, progress, completion] = it;
  auto signUp = tx.signUps().find(state.ownerId);
  if (!signUp || signUp->statusAt(core.now()) != SignUpStatus::MissingRequirements) {
    return Failure(errors::oauthCallbackInvalid());
  }
  const auto note = [&](const Verification& verification) {
    tx.verifications().insert(verification, "");
    signUp->externalAccountVerification = verification;
    signUp->updatedAt = core.now();
    if (!tx.signUps().update(*signUp)) tx.abandon();
  };
  if (error) {
    note(failed(it, *error));
    return back(it);
  }
  if (findOwner(core, tx, *account)) {
    note(transferable(it, errors::externalAccountExists()));
    return back(it);
  }
  keepTokens(it, account->id);
  applyAccount(core, tx, *signUp, *account);
  if (signUp->emailAddressVerification) tx.verifications().insert(*signUp->emailAddressVerification, "");
  note(*signUp->externalAccountVerification);
  auto completed = completion.completeIfPossible(tx, *signUp);
  if (!completed) {
    note(failed(it, completed.error().first()));
    return back(it);
  }
  return completion.completed() ? done(it) : back(it);
}

Outcome<std::string> returnToUser(Return& it) {
  auto& [core, tx, state, account, error, tokens, progress, completion] = it;
  auto user = tx.users().find(state.ownerId);
  if (!user) return Failure(errors::oauthCallbackInvalid());
  const auto mine = std::ranges::find_if(user->externalAccounts, [&](const ExternalAccount& each) {
    return each.verification && each.verification->id == state.verificationId;
  });
  if (mine == user->externalAccounts.end()) return Failure(errors::oauthCallbackInvalid());
  if (!error && tx.users().isClaimed(account->provider, account->providerUserId)) {
    const auto owner = tx.users().findByIdentification(account->provider, account->providerUserId);
    if (owner && owner->id != user->id) error = errors::oauthIdentificationClaimed();
  }
  if (error) {
    auto verification = *mine->verification;
    verification.status = VerificationStatus::Failed;
    noteError(verification, *error);
    tx.verifications().update(verification);
    return back(it);
  }
  ExternalAccount connected = *account;
  connected.id = mine->id;
  connected.identificationId = mine->identificationId;
  connected.createdAt = mine->createdAt;
  *mine = connected;
  keepTokens(it, connected.id);
  const bool known = std::ranges::any_of(
      user->emailAddresses, [&](const EmailAddress& email) { return email.emailAddress == connected.emailAddress; });
  if (connected.emailAddressVerified && !known && !tx.users().isEmailAddressClaimed(connected.emailAddress)) {
    user->emailAddresses.push_back(addressOf(core, connected));
  }
  user->updatedAt = core.now();
  if (!tx.users().updateIdentifiers(*user)) {
    tx.abandon();
    return Failure(errors::oauthIdentificationClaimed());
  }
  return done(it);
}

Outcome<std::string> returnToOwner(Return& it) {
  switch (it.state.ownerKind) {
    case DetourOwner::SignIn: return returnToSignIn(it);
    case DetourOwner::SignUp: return returnToSignUp(it);
    default: return returnToUser(it);
  }
}

/// What a browser brings back from a provider: an account, or why there is none.
struct Brought {
  std::optional<ExternalAccount> account{};
  std::optional<Error> error{};
  std::optional<OidcTokens> tokens{};
};

async::Task<Outcome<Brought>> broughtByOidc(Core& core, const OauthState& state, OauthCallback callback) {
  const auto provider = co_await providerFor(core, state.strategy);
  if (!provider) co_return Failure(errors::oauthCallbackInvalid());
  if (!callback.error.empty() || callback.code.empty()) {
    co_return Brought{.error = errors::oauthAccessDenied(provider->name)};
  }
  auto answer = co_await core.oidc().finish(*provider, oauthCallbackUrl(core.settings()), std::move(callback.code),
                                            state.nonce, state.codeVerifier, core.now());
  if (!answer.value) co_return Brought{.error = oauthErrorOf(answer.trouble)};
  Brought brought{.account = accountOf(core, state, std::move(answer.value->profile)),
                  .tokens = std::move(answer.value->tokens)};
  if (isEnterpriseProvider(state.strategy)) {
    // The connection speaks for its own domains: for each address there, and for no other.
    auto& account = *brought.account;
    account.emailAddressVerified = co_await isOfConnection(core, state.strategy, account.emailAddress);
    if (!account.emailAddressVerified) brought.error = errors::enterpriseAddressMismatch();
  }
  co_return brought;
}

/// The response was judged where it was posted; the browser has the handle. `digest`: of the state, empty when nobody
/// asked.
async::Task<Outcome<Brought>> broughtBySaml(Core& core, const OauthState& state, std::string digest,
                                            OauthCallback callback) {
  const auto connectionId = connectionIdIn(state.strategy);
  const auto connection = co_await getEnterpriseConnection(core, connectionId);
  if (!connection || !connection->active()) co_return Failure(errors::oauthCallbackInvalid());
  if (!callback.error.empty()) co_return Brought{.error = samlErrorOf(callback.error)};
  auto identity = co_await takeSamlIdentity(core, std::move(callback.code), std::move(digest));
  if (!identity || identity->connectionId != connectionId) co_return Failure(errors::oauthCallbackInvalid());
  co_return Brought{.account = accountOf(core, state, std::move(identity->profile))};
}

async::Task<Outcome<std::string>> settle(Core& core, Visitor& visitor, const OauthState& state, Brought brought) {
  SignInProgress signIn(core, visitor);
  SignUpCompletion signUp(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) {
    Return it{core, tx, state, brought.account, brought.error, brought.tokens, signIn, signUp};
    return returnToOwner(it);
  });
  if (!outcome) co_return outcome;
  signIn.give(visitor);
  signUp.give(visitor);
  co_return outcome;
}

/// A SAML provider spoke first: the browser begins and ends a sign-in at once.
async::Task<Outcome<std::string>> finishUnasked(Core& core, Visitor& visitor, std::string handle) {
  auto identity = co_await takeSamlIdentity(core, std::move(handle), "");
  const auto connection = identity ? co_await getEnterpriseConnection(core, identity->connectionId)
                                   : Failure(errors::oauthCallbackInvalid());
  if (!connection || !connection->active() || !connection->allowsIdpInitiated()) {
    co_return Failure(errors::oauthCallbackInvalid());
  }
  const auto& portal = core.settings().portalUrl;
  if (co_await isSignedInAlready(core, visitor)) co_return portal + "/";
  const ClientDraft client(core, visitor);
  SignIn signIn;
  signIn.id = newId(id::signIn, core.now(), core.random());
  signIn.status = SignInStatus::NeedsFirstFactor;
  signIn.createdAt = signIn.updatedAt = core.now();
  signIn.abandonAt = core.now() + core.settings().lifetimes.attempt;
  signIn.clientId = client.clientId();
  co_await core.store().transact([&](Transaction& tx) {
    client.insert(tx);
    tx.signIns().insert(signIn);
    tx.clients().setSignIn(signIn.clientId, signIn.id);
  });
  client.give(visitor);
  visitor.client->signInId = signIn.id;
  const OauthState state{.strategy = enterpriseProviderOf(*connection),
                         .ownerId = signIn.id,
                         .clientId = signIn.clientId,
                         .redirectUrl = portal + "/sign-in#/sso-callback",
                         .completeUrl = portal + "/"};
  co_return co_await settle(core, visitor, state, {.account = accountOf(core, state, std::move(identity->profile))});
}

/// A journey that is to be written once its owner is known.
BegunOauth begunJourney(Core& core, const std::string& strategy, std::string url, std::string_view state) {
  auto verification = newVerification(core, strategy, VerificationStatus::Unverified);
  verification.externalRedirectUrl = std::move(url);
  OauthState kept{.strategy = strategy, .verificationId = verification.id, .expiresAt = *verification.expireAt};
  return {std::move(verification), std::move(kept), oauthStateDigest(core, state)};
}

async::Task<Outcome<BegunOauth>> beginSaml(Core& core, std::string strategy) {
  const auto connection = co_await getEnterpriseConnection(core, connectionIdIn(strategy));
  if (!connection || !connection->active()) {
    co_return Failure(errors::formParamValueInvalid("strategy", shownStrategy(strategy)));
  }
  const auto journey = newSamlJourney(core, *connection);
  auto begun = begunJourney(core, strategy, saml::redirectUrl(journey.request, journey.relayState), journey.relayState);
  begun.state.nonce = journey.request.id;
  co_return begun;
}

async::Task<Outcome<BegunOauth>> beginOidc(Core& core, std::string strategy) {
  const auto provider = co_await providerFor(core, strategy);
  if (!provider) co_return Failure(errors::formParamValueInvalid("strategy", shownStrategy(strategy)));
  auto answer = co_await core.oidc().begin(*provider, oauthCallbackUrl(core.settings()), core.random(), core.now());
  if (!answer.value) co_return Failure(oauthErrorOf(answer.trouble));
  auto begun = begunJourney(core, strategy, answer.value->url, answer.value->state);
  begun.state.nonce = answer.value->nonce;
  begun.state.codeVerifier = answer.value->codeVerifier;
  co_return begun;
}

}  // namespace

std::string oauthCallbackUrl(const Settings& settings) { return settings.portalUrl + "/v1/oauth_callback"; }

std::string oauthStateDigest(const Core& core, std::string_view state) { return core.digestOf("oauth state", state); }

Error oauthErrorOf(OidcTrouble trouble) {
  switch (trouble) {
    case OidcTrouble::Exchange: return errors::oauthTokenExchangeError();
    case OidcTrouble::Token: return errors::oauthFetchUserError();
    default: return errors::misconfiguredOauthProvider();
  }
}

bool isOauthStrategy(std::string_view strategy) noexcept { return strategy.starts_with(strategy::oauthPrefix); }

async::Task<Outcome<BegunOauth>> beginOauth(Core& core, std::string strategy, std::string redirectUrl,
                                            std::string completeUrl) {
  auto begun = isSamlProvider(strategy) ? co_await beginSaml(core, strategy) : co_await beginOidc(core, strategy);
  if (!begun) co_return begun;
  begun->state.redirectUrl = redirectUrl.empty() ? core.settings().portalUrl + "/sign-in" : std::move(redirectUrl);
  begun->state.completeUrl = std::move(completeUrl);
  co_return begun;
}

void writeOauth(Transaction& tx, BegunOauth begun, DetourOwner ownerKind, std::string_view ownerId,
                std::string_view clientId) {
  begun.state.ownerKind = ownerKind;
  begun.state.ownerId = ownerId;
  begun.state.clientId = clientId;
  tx.verifications().insert(begun.verification, "");
  tx.oauthStates().insert(begun.digest, begun.state);
}

async::Task<Outcome<std::string>> finishOauth(Core& core, Visitor& visitor, OauthCallback callback) {
  if (callback.state.empty()) co_return co_await finishUnasked(core, visitor, std::move(callback.code));
  const auto digest = oauthStateDigest(core, callback.state);
  const auto state =
      co_await core.store().transact([&](Transaction& tx) { return tx.oauthStates().take(digest, core.now()); });
  if (state && state->ownerKind == DetourOwner::TestRun) {
    co_return co_await finishOidcTestRun(core, *state, std::move(callback));
  }
  // Only the browser that began may finish: else anybody could sign people in to an account of his own.
  if (!state || !visitor.client || visitor.client->id != state->clientId) {
    co_return Failure(errors::oauthCallbackInvalid());
  }
  auto brought = isSamlProvider(state->strategy) ? co_await broughtBySaml(core, *state, digest, std::move(callback))
                                                 : co_await broughtByOidc(core, *state, std::move(callback));
  if (!brought) co_return brought.error();
  co_return co_await settle(core, visitor, *state, *std::move(brought));
}

Outcome<ExternalAccount> accountToSignUpWith(const Core& core, const Transaction& tx, const Visitor& visitor) {
  const auto signIn =
      visitor.client && visitor.client->signInId ? tx.signIns().find(*visitor.client->signInId) : std::nullopt;
  const auto& verification = signIn ? signIn->firstFactorVerification : std::nullopt;
  const bool usable = verification && verification->status == VerificationStatus::Transferable &&
                      verification->expireAt && *verification->expireAt > core.now();
  if (!usable) return Failure(errors::accountTransferInvalid());
  return readExternalAccount(verification->nonce);
}

void applyAccount(Core& core, const Transaction& tx, SignUp& signUp, ExternalAccount account) {
  auto name = normalName(account.firstName, "first_name");
  if (!signUp.firstName && name) signUp.firstName = *name;
  name = normalName(account.lastName, "last_name");
  if (!signUp.lastName && name) signUp.lastName = *name;
  const bool takes = !account.emailAddress.empty() && !signUp.emailAddress;
  if (takes && !tx.users().isEmailAddressClaimed(account.emailAddress)) {
    signUp.emailAddress = account.emailAddress;
    if (account.emailAddressVerified) {
      signUp.emailAddressVerification =
          newVerification(core, fromProvider(account.provider), VerificationStatus::Verified);
    }
  }
  signUp.externalAccountVerification = newVerification(core, account.provider, VerificationStatus::Verified);
  signUp.externalAccount = std::move(account);
}

async::Task<Outcome<SignInState>> transferToSignIn(Core& core, Visitor& visitor) {
  SignIn signIn;
  signIn.id = newId(id::signIn, core.now(), core.random());
  signIn.status = SignInStatus::NeedsFirstFactor;
  signIn.createdAt = signIn.updatedAt = core.now();
  signIn.abandonAt = core.now() + core.settings().lifetimes.attempt;
  SignInProgress progress(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) -> Outcome<SignInState> {
    const auto signUp =
        visitor.client && visitor.client->signUpId ? tx.signUps().find(*visitor.client->signUpId) : std::nullopt;
    const auto& carried = signUp ? signUp->externalAccountVerification : std::nullopt;
    if (!carried || carried->status != VerificationStatus::Transferable ||
        carried->statusAt(core.now()) != carried->status) {
      return Failure(errors::accountTransferInvalid());
    }
    const auto user = findOwner(core, tx, readExternalAccount(carried->nonce));
    if (!user) return Failure(errors::accountTransferInvalid());
    if (auto refusal = whySignInIsRefused(core.settings(), *user, core.now())) return Failure(*std::move(refusal));
    signIn.clientId = visitor.client->id;
    signIn.userId = user->id;
    signIn.firstFactorVerification = newVerification(core, carried->strategy, VerificationStatus::Verified);
    tx.verifications().insert(*signIn.firstFactorVerification, "");
    tx.signIns().insert(signIn);
    tx.clients().setSignIn(signIn.clientId, signIn.id);
    // The account was carried over once.
    tx.clients().setSignUp(signIn.clientId, std::nullopt);
    if (auto moved = progress.afterFirstFactor(tx, signIn, *user, carried->strategy); !moved) {
      tx.abandon();
      return moved.error();
    }
    return signInStateIn(core, tx, signIn.id);
  });
  if (!outcome) co_return outcome;
  visitor.client->signUpId.reset();
  visitor.client->signInId = signIn.id;
  progress.give(visitor);
  co_return outcome;
}

async::Task<Outcome<ExternalAccount>> connectAccount(Core& core, const Visitor& visitor, std::string userId,
                                                     ConnectAccountFields fields) {
  auto begun =
      co_await beginOauth(core, fields.strategy, std::move(fields.redirectUrl), std::move(fields.completeRedirectUrl));
  if (!begun) co_return begun.error();
  ExternalAccount account{.id = newId(id::externalAccount, core.now(), core.random()),
                          .identificationId = newId(id::identification, core.now(), core.random()),
                          .provider = fields.strategy,
                          .verification = begun->verification,
                          .createdAt = core.now(),
                          .updatedAt = core.now()};
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ExternalAccount> {
    auto user = tx.users().find(userId);
    if (!user) return Failure(errors::userNotFound(userId));
    const auto same = [&](const ExternalAccount& other) { return other.provider == account.provider; };
    const bool connected = std::ranges::any_of(
        user->externalAccounts, [&](const ExternalAccount& other) { return same(other) && other.verified(); });
    if (connected) return Failure(errors::oauthAccountAlreadyConnected());
    // One that was begun and given up.
    std::erase_if(user->externalAccounts, same);
    user->externalAccounts.push_back(account);
    user->updatedAt = core.now();
    writeOauth(tx, *begun, DetourOwner::User, userId, visitor.client ? visitor.client->id : "");
    if (!tx.users().updateIdentifiers(*user)) tx.abandon();
    return account;
  });
}

async::Task<Outcome<ExternalAccount>> reconnectAccount(Core& core, const Visitor& visitor, std::string userId,
                                                       std::string accountId, ConnectAccountFields fields) {
  auto user = co_await core.store().read([&](const Transaction& tx) { return tx.users().find(userId); });
  if (!user) co_return Failure(errors::userNotFound(userId));
  const auto found = std::ranges::find(user->externalAccounts, accountId, &ExternalAccount::id);
  if (found == user->externalAccounts.end()) co_return Failure(errors::externalAccountNotFound());
  auto begun =
      co_await beginOauth(core, found->provider, std::move(fields.redirectUrl), std::move(fields.completeRedirectUrl));
  if (!begun) co_return begun.error();
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ExternalAccount> {
    auto now = tx.users().find(userId);
    if (!now) return Failure(errors::userNotFound(userId));
    const auto account = std::ranges::find(now->externalAccounts, accountId, &ExternalAccount::id);
    if (account == now->externalAccounts.end()) return Failure(errors::externalAccountNotFound());
    account->verification = begun->verification;
    account->updatedAt = now->updatedAt = core.now();
    writeOauth(tx, *begun, DetourOwner::User, userId, visitor.client ? visitor.client->id : "");
    const ExternalAccount shown = *account;
    if (!tx.users().updateIdentifiers(*now)) tx.abandon();
    return shown;
  });
}

async::Task<Outcome<std::string>> disconnectAccount(Core& core, std::string userId, std::string accountId) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<std::string> {
    auto user = tx.users().find(userId);
    if (!user) return Failure(errors::userNotFound(userId));
    const auto account = std::ranges::find(user->externalAccounts, accountId, &ExternalAccount::id);
    if (account == user->externalAccounts.end()) return Failure(errors::externalAccountNotFound());
    const auto proved = [&](const auto& items) {
      return std::ranges::any_of(items, [&](const auto& item) { return item.verified() && item.id != accountId; });
    };
    const bool other = proved(user->emailAddresses) || proved(user->phoneNumbers) || proved(user->externalAccounts) ||
                       user->username.has_value();
    if (account->verified() && !other) return Failure(errors::identificationDeletionFailed());
    user->externalAccounts.erase(account);
    user->updatedAt = core.now();
    if (!tx.users().updateIdentifiers(*user)) tx.abandon();
    return accountId;
  });
}

}  // namespace clerk::instance
