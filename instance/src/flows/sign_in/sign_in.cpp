#include "flows/sign_in/sign_in.hpp"

#include "flows/actor_token/actor_token.hpp"
#include "flows/enterprise/sign_in_connection.hpp"
#include "flows/normal_form.hpp"
#include "flows/oauth/oauth.hpp"
#include "flows/organization/invitation.hpp"
#include "flows/phone_number.hpp"
#include "flows/restrictions.hpp"
#include "flows/session/tasks.hpp"
#include "flows/sign_in/factors.hpp"
#include "flows/sign_in/progress.hpp"
#include "flows/sign_in/second_factor.hpp"
#include "flows/user/lockout.hpp"
#include "flows/user/new_password.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "model/organization_errors.hpp"
#include "model/registry_errors.hpp"
#include "model/session_errors.hpp"
#include "strategies/email_code.hpp"
#include "strategies/email_link.hpp"
#include "strategies/password_digest.hpp"
#include "strategies/phone_code.hpp"
#include "strategies/ticket.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace clerk::instance {
namespace {

bool isFilled(const std::optional<std::string>& text) { return text && !text->empty(); }

using Found = FoundSignIn;
using Progress = SignInProgress;

bool isEmailCodeStrategy(std::string_view strategy) noexcept {
  return strategy == strategy::emailCode || strategy == strategy::resetPasswordEmailCode;
}
bool isPhoneCodeStrategy(std::string_view strategy) noexcept {
  return strategy == strategy::phoneCode || strategy == strategy::resetPasswordPhoneCode;
}
bool isCodeStrategy(std::string_view strategy) noexcept {
  return isEmailCodeStrategy(strategy) || isPhoneCodeStrategy(strategy);
}

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
  if (!user) return signInNotReady(SignInStatus::Abandoned);
  if (auto refusal = whySignInIsRefused(core.settings(), *user, core.now())) {
    return Failure(refusalShown(core.settings(), *std::move(refusal)));
  }
  if (user->password != found.user->password) return Failure(wrongPassword(core.settings()));
  // Told to whoever knows the password alone: it gives nothing away to others.
  if (user->passwordCompromised) return Failure(errors::formPasswordCompromised("password"));
  if (auto done = progress.afterFirstFactor(tx, found.signIn, *user, strategy::password); !done) return done.error();
  notePasswordAttempt(core, tx, found.signIn, VerificationStatus::Verified);
  return signInStateIn(core, tx, found.signIn.id);
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
  const bool elsewhere = co_await core.store().read([&](const Transaction& tx) {
    return findSignInConnection(tx, normalIdentifier(found.signIn.identifier.value_or(""))).has_value();
  });
  if (elsewhere) co_return Failure(errors::strategyForUserInvalid());
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
  if (core.passwords().isOutdated(*digest) && fitsBcrypt(*password))
    co_await upgradePassword(core, found.user->id, *digest, *std::move(password));
  co_return outcome;
}

// ---- codes and links

PreparedCode prepareCode(Core& core, const Found& found, const Factor& factor) {
  const auto& settings = core.settings();
  const std::string_view userId = found.user ? std::string_view(found.user->id) : std::string_view();
  if (!factor.phoneNumberId.empty()) {
    const auto* phone = found.user ? found.user->findPhoneNumber(factor.phoneNumberId) : nullptr;
    if (!phone) {
      return prepareDecoyCode(settings, core.random(), core.now(),
                              {.strategy = factor.strategy, .identificationId = factor.phoneNumberId}, std::nullopt);
    }
    return preparePhoneCode(settings, core.digest(), core.random(), core.now(),
                            {.strategy = factor.strategy,
                             .phoneNumber = phone->phoneNumber,
                             .identificationId = phone->id,
                             .userId = userId});
  }
  const auto* email = found.user ? found.user->findEmailAddress(factor.emailAddressId) : nullptr;
  EmailCodeRequest request{.strategy = factor.strategy, .identificationId = factor.emailAddressId, .userId = userId};
  if (!email) return prepareDecoyCode(settings, core.random(), core.now(), request, std::nullopt);
  request.emailAddress = email->emailAddress;
  return prepareEmailCode(settings, core.digest(), core.random(), core.now(), request);
}

Outcome<SignInState> prepareLinkInside(Core& core, Transaction& tx, const Found& found, const Factor& factor,
                                       const PrepareFactorFields& fields) {
  const auto* email = found.user ? found.user->findEmailAddress(factor.emailAddressId) : nullptr;
  const auto link = prepareEmailLink(core.settings(), core.digest(), core.random(), core.now(),
                                     {.emailAddress = email ? email->emailAddress : std::string_view(),
                                      .identificationId = factor.emailAddressId,
                                      .userId = found.user ? found.user->id : std::string_view(),
                                      .ownerKind = DetourOwner::SignIn,
                                      .ownerId = found.signIn.id,
                                      .clientId = found.signIn.clientId,
                                      .redirectUrl = fields.redirectUrl});
  if (email) {
    if (auto sent = sendLink(tx, link, core.now()); !sent) return sent.error();
  } else {
    tx.verifications().insert(link.verification, "");
  }
  tx.signIns().setFirstFactor(found.signIn.id, link.verification.id, core.now());
  return signInStateIn(core, tx, found.signIn.id);
}

Outcome<SignInState> prepareInside(Core& core, Transaction& tx, const Found& found, const PrepareFactorFields& fields) {
  const auto& settings = core.settings();
  if (found.user && !settings.enumerationProtection) {
    if (auto refusal = whySignInIsRefused(settings, *found.user, core.now())) return Failure(*std::move(refusal));
  }
  auto state = signInStateOf(core, found.signIn, found.user);
  offerConnection(tx, state);
  const auto* factor = findFactor(state.firstFactors, fields);
  if (!factor) return Failure(errors::strategyForUserInvalid());
  if (factor->strategy == strategy::emailLink) return prepareLinkInside(core, tx, found, *factor, fields);
  if (!isCodeStrategy(factor->strategy)) return Failure(errors::strategyForUserInvalid());
  if (const auto* phone = found.user ? found.user->findPhoneNumber(factor->phoneNumberId) : nullptr) {
    if (auto allowed = checkCountry(core, phone->phoneNumber); !allowed) return allowed.error();
  }
  const auto code = prepareCode(core, found, *factor);
  if (auto sent = sendCode(tx, code, core.now()); !sent) return sent.error();
  tx.signIns().setFirstFactor(found.signIn.id, code.verification.id, core.now());
  return signInStateIn(core, tx, found.signIn.id);
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
  if (!attempted) return found.user ? wrongCode(core, tx, *found.user, attempted.error()) : attempted.error();
  proveAddress(core, tx, *found.user, *verification);
  if (auto done = progress.afterFirstFactor(tx, found.signIn, *found.user, strategy); !done) return done.error();
  return signInStateIn(core, tx, found.signIn.id);
}

async::Task<Outcome<SignInState>> attemptSentCode(Core& core, Visitor& visitor, std::string signInId,
                                                  std::string strategy, std::optional<std::string> code) {
  if (!isFilled(code)) co_return Failure(errors::formParamNil("code"));
  Progress progress(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) -> Outcome<SignInState> {
    auto found = findSignInWaiting(tx, visitor, signInId, SignInStatus::NeedsFirstFactor, core.now());
    if (!found) return found.error();
    return attemptCodeInside(core, tx, progress, *found, strategy, *code);
  });
  if (outcome) progress.give(visitor);
  co_return outcome;
}

// ---- ticket

/// Whose ticket it is: of the one that a backend made it for, or of the one who has the invited address.
Outcome<User> findBearer(const Core& core, const Transaction& tx, const Ticket& ticket) {
  std::optional<User> user;
  if (ticket.kind == TicketKind::ActorToken) {
    const auto token = findUsableActorToken(tx, ticket.id, core.now());
    if (!token) return token.error();
    user = tx.users().find(token->owner);
    if (!user) return Failure(errors::actorTokenSubjectNotFound());
  } else if (ticket.kind == TicketKind::SignInToken) {
    const auto token = findUsableSignInToken(tx, ticket.id, core.now());
    if (!token) return token.error();
    user = tx.users().find(token->userId);
  } else if (ticket.kind == TicketKind::OrganizationInvitation) {
    const auto invitation = findTicketsInvitation(core, tx, ticket.id);
    if (!invitation) return invitation.error();
    user = tx.users().findByEmailAddress(invitation->emailAddress);
    if (!user) return Failure(errors::organizationInvitationForOthers());
  }
  if (!user) return Failure(errors::ticketInvalid());
  return *std::move(user);
}

Outcome<> useUp(Core& core, Transaction& tx, const Ticket& ticket, const User& user) {
  if (ticket.kind == TicketKind::OrganizationInvitation) {
    return acceptInside(core, tx, ticket.id, user, newId(id::membership, core.now(), core.random()));
  }
  if (ticket.kind == TicketKind::ActorToken) {
    if (acceptActorToken(tx, ticket.id, core.now())) return {};
    return Failure(errors::actorTokenCannotBeUsed());
  }
  if (tx.signInTokens().accept(ticket.id, core.now())) return {};
  return Failure(errors::signInTokenCannotBeUsed());
}

/// Who will act as the user, and for how long.
Impersonation impersonationBy(const Transaction& tx, const Ticket& ticket) {
  if (ticket.kind != TicketKind::ActorToken) return {};
  const auto token = tx.registry().find(registry::actorToken, ticket.id);
  const auto* actor = token ? token->document.if_contains("actor") : nullptr;
  const auto* seconds = token ? token->document.if_contains("session_seconds") : nullptr;
  Impersonation impersonation;
  if (actor && actor->is_object()) impersonation.actor = actor->get_object();
  if (seconds && seconds->is_int64()) impersonation.lifetime = std::chrono::seconds(seconds->get_int64());
  return impersonation;
}

/// Uses the ticket up and completes the sign-in, or does neither.
Outcome<SignInState> useTicket(Core& core, Transaction& tx, Progress& progress, const SignIn& signIn,
                               const Ticket& ticket) {
  const auto user = findBearer(core, tx, ticket);
  if (!user) return user.error();
  if (auto refusal = whySignInIsRefused(core.settings(), *user, core.now())) return Failure(*std::move(refusal));
  if (auto used = useUp(core, tx, ticket, *user); !used) return used.error();
  auto done = progress.complete(tx, signIn, user->id, strategy::ticket, false, impersonationBy(tx, ticket));
  if (!done) return done.error();
  return signInStateIn(core, tx, signIn.id);
}

/// A sign-in whose ticket was looked at: it has the ticket's user already.
async::Task<Outcome<SignIn>> identifyByTicket(Core& core, SignIn signIn, Ticket ticket) {
  auto user = co_await core.store().read([&](const Transaction& tx) { return findBearer(core, tx, ticket); });
  if (!user) co_return user.error();
  Verification verification;
  verification.id = newId(id::verification, core.now(), core.random());
  verification.strategy = strategy::ticket;
  verification.status = VerificationStatus::Verified;
  verification.createdAt = core.now();
  signIn.userId = user->id;
  signIn.status = SignInStatus::NeedsFirstFactor;
  signIn.firstFactorVerification = std::move(verification);
  co_return signIn;
}

async::Task<Outcome<SignInState>> signInByTicket(Core& core, Visitor& visitor, SignIn signIn,
                                                 std::optional<std::string> ticket) {
  if (!isFilled(ticket)) co_return Failure(errors::formParamNil("ticket"));
  const auto read = readTicketOfAnyKind(core.tokens(), *ticket, core.now());
  if (!read) co_return read.error();
  auto identified = co_await identifyByTicket(core, std::move(signIn), *read);
  if (!identified) co_return identified.error();

  const ClientDraft client(core, visitor);
  identified->clientId = client.clientId();
  Progress progress(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) {
    client.insert(tx);
    tx.verifications().insert(*identified->firstFactorVerification, "");
    tx.signIns().insert(*identified);
    auto used = useTicket(core, tx, progress, *identified, *read);
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

/// Whose identifier it is: an address, a phone number or a username, as the instance allows.
std::optional<User> findByIdentifier(const Core& core, const Transaction& tx, const std::string& identifier) {
  const auto& attributes = core.settings().attributes;
  const auto normal = normalIdentifier(identifier);
  if (attributes.phoneNumber.enabled) {
    if (const auto number = parsePhoneNumber(identifier)) {
      return tx.users().findByIdentification("phone_number", *number);
    }
  }
  if (auto user = tx.users().findByEmailAddress(normal)) return user;
  return attributes.username.enabled ? tx.users().findByUsername(normal) : std::nullopt;
}

/// Unknown identifiers are told, or go on as a decoy.
Outcome<> identify(const Core& core, const Transaction& tx, SignIn& signIn, const std::string& identifier) {
  if (auto allowed = checkSignInIdentifier(core, tx, normalIdentifier(identifier)); !allowed) return allowed;
  const auto user = findByIdentifier(core, tx, identifier);
  // An organization's provider knows its people: here they may be new.
  const bool elsewhere = findSignInConnection(tx, normalIdentifier(identifier)).has_value();
  if (!user && !elsewhere && !core.settings().enumerationProtection)
    return Failure(errors::formIdentifierNotFound("identifier"));
  signIn.identifier = identifier;
  signIn.status = SignInStatus::NeedsFirstFactor;
  if (user) signIn.userId = user->id;
  return {};
}

constexpr std::size_t maxIdentifier = 320;

Outcome<> checkStart(const SignInFields& fields) {
  const std::string strategy = fields.strategy.value_or("");
  const bool known = strategy.empty() || strategy == strategy::password || strategy == strategy::ticket ||
                     strategy == strategy::emailLink || strategy == strategy::passkey ||
                     strategy == strategy::enterpriseSso || isCodeStrategy(strategy) || isOauthStrategy(strategy);
  if (!known) return Failure(errors::formParamValueInvalid("strategy", strategy));
  if (fields.identifier && fields.identifier->empty()) return Failure(errors::formParamNil("identifier"));
  if (fields.identifier && fields.identifier->size() > maxIdentifier) {
    return Failure(errors::formParamMaxLengthExceeded("identifier", maxIdentifier));
  }
  const bool needsIdentifier =
      isFilled(fields.password) || (!strategy.empty() && strategy != strategy::ticket &&
                                    strategy != strategy::passkey && !isOauthStrategy(strategy));
  if (needsIdentifier && !fields.identifier) return Failure(errors::formParamMissing("identifier"));
  return {};
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
  auto state = co_await core.store().transact([&](Transaction& tx) -> Outcome<SignInState> {
    // The account may have been deleted since: then nobody has the identifier.
    if (signIn.userId && !tx.users().exists(*signIn.userId)) {
      if (!core.settings().enumerationProtection) return Failure(errors::formIdentifierNotFound("identifier"));
      signIn.userId.reset();
    }
    client.insert(tx);
    tx.signIns().insert(signIn);
    tx.clients().setSignIn(signIn.clientId, signIn.id);
    return signInStateIn(core, tx, signIn.id);
  });
  if (!state) co_return state;
  client.give(visitor);
  visitor.client->signInId = signIn.id;
  co_return state;
}

/// By the connection of the identifier's domain: the provider to go to, for startJourney().
async::Task<Outcome<SignInFields>> chooseConnection(Core& core, SignIn& signIn, SignInFields fields) {
  auto chosen = co_await core.store().read([&](const Transaction& tx) -> Outcome<std::string> {
    const auto connection = requireSignInConnection(tx, normalIdentifier(fields.identifier.value_or("")));
    if (!connection) return connection.error();
    if (auto identified = identify(core, tx, signIn, *fields.identifier); !identified) return identified.error();
    return enterpriseProviderOf(*connection);
  });
  if (!chosen) co_return chosen.error();
  fields.strategy = *std::move(chosen);
  co_return fields;
}

/// Sends the browser to another provider: who it is comes back with it.
async::Task<Outcome<SignInState>> startJourney(Core& core, Visitor& visitor, SignIn signIn, SignInFields fields) {
  auto begun =
      co_await beginOauth(core, *fields.strategy, std::move(fields.redirectUrl), std::move(fields.completeRedirectUrl));
  if (!begun) co_return begun.error();
  const ClientDraft client(core, visitor);
  signIn.clientId = client.clientId();
  signIn.firstFactorVerification = begun->verification;
  auto state = co_await core.store().transact([&](Transaction& tx) {
    client.insert(tx);
    writeOauth(tx, *begun, DetourOwner::SignIn, signIn.id, signIn.clientId);
    tx.signIns().insert(signIn);
    tx.clients().setSignIn(signIn.clientId, signIn.id);
    return signInStateIn(core, tx, signIn.id);
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
  if (fields.transfer) co_return co_await transferToSignIn(core, visitor);
  if (isOauthStrategy(strategy)) {
    co_return co_await startJourney(core, visitor, newSignIn(core), std::move(fields));
  }
  if (strategy == strategy::enterpriseSso) {
    auto signIn = newSignIn(core);
    auto chosen = co_await chooseConnection(core, signIn, std::move(fields));
    if (!chosen) co_return chosen.error();
    co_return co_await startJourney(core, visitor, std::move(signIn), *std::move(chosen));
  }
  auto started = co_await startSignIn(core, visitor, newSignIn(core), std::move(fields.identifier));
  if (!started) co_return started;
  if (strategy == strategy::password || (strategy.empty() && isFilled(fields.password))) {
    Found found{started->signIn, started->user};
    co_return co_await attemptPassword(core, visitor, std::move(found), std::move(fields.password));
  }
  if (isCodeStrategy(strategy) || strategy == strategy::emailLink) {
    co_return co_await prepareFirstFactor(core, visitor, started->signIn.id,
                                          {.strategy = strategy, .redirectUrl = std::move(fields.redirectUrl)});
  }
  co_return started;
}

async::Task<Outcome<SignInState>> getSignIn(Core& core, const Visitor& visitor, std::string signInId) {
  co_return co_await core.store().read([&](const Transaction& tx) -> Outcome<SignInState> {
    auto found = findOwnSignIn(tx, visitor, signInId, core.now());
    if (!found) return found.error();
    auto state = signInStateOf(core, std::move(found->signIn), std::move(found->user));
    offerConnection(tx, state);
    return state;
  });
}

async::Task<Outcome<SignInState>> prepareFirstFactor(Core& core, Visitor& visitor, std::string signInId,
                                                     PrepareFactorFields fields) {
  if (fields.strategy.empty()) co_return Failure(errors::formParamNil("strategy"));
  if (fields.strategy == strategy::enterpriseSso) {
    auto chosen = co_await core.store().read([&](const Transaction& tx) -> Outcome<std::string> {
      const auto found = findSignInWaiting(tx, visitor, signInId, SignInStatus::NeedsFirstFactor, core.now());
      if (!found) return found.error();
      const auto connection = requireSignInConnection(tx, normalIdentifier(found->signIn.identifier.value_or("")));
      if (!connection) return connection.error();
      return enterpriseProviderOf(*connection);
    });
    if (!chosen) co_return chosen.error();
    fields.strategy = *std::move(chosen);
  }
  if (isOauthStrategy(fields.strategy) || isEnterpriseProvider(fields.strategy)) {
    auto begun = co_await beginOauth(core, fields.strategy, fields.redirectUrl, fields.completeRedirectUrl);
    if (!begun) co_return begun.error();
    co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<SignInState> {
      auto found = findSignInWaiting(tx, visitor, signInId, SignInStatus::NeedsFirstFactor, core.now());
      if (!found) return found.error();
      writeOauth(tx, *begun, DetourOwner::SignIn, signInId, found->signIn.clientId);
      tx.signIns().setFirstFactor(signInId, begun->verification.id, core.now());
      return signInStateIn(core, tx, signInId);
    });
  }
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<SignInState> {
    auto found = findSignInWaiting(tx, visitor, signInId, SignInStatus::NeedsFirstFactor, core.now());
    if (!found) return found.error();
    return prepareInside(core, tx, *found, fields);
  });
}

async::Task<Outcome<SignInState>> attemptFirstFactor(Core& core, Visitor& visitor, std::string signInId,
                                                     AttemptFactorFields fields) {
  if (fields.strategy.empty()) co_return Failure(errors::formParamNil("strategy"));
  if (isCodeStrategy(fields.strategy)) {
    co_return co_await attemptSentCode(core, visitor, std::move(signInId), std::move(fields.strategy),
                                       std::move(fields.code));
  }
  auto found = co_await core.store().read([&](const Transaction& tx) {
    return findSignInWaiting(tx, visitor, signInId, SignInStatus::NeedsFirstFactor, core.now());
  });
  if (!found) co_return found.error();
  if (fields.strategy == strategy::password) {
    co_return co_await attemptPassword(core, visitor, *std::move(found), std::move(fields.password));
  }
  co_return Failure(errors::strategyForUserInvalid());
}

namespace {

FactorSlot secondFactorSlot(Core& core, Transaction& tx, const SignIn& signIn) {
  return {signIn.secondFactorVerification, [&core, &tx, id = signIn.id](std::string_view verificationId) {
            tx.signIns().setSecondFactor(id, verificationId, core.now());
          }};
}

}  // namespace

async::Task<Outcome<SignInState>> prepareSecondFactor(Core& core, Visitor& visitor, std::string signInId,
                                                      PrepareFactorFields fields) {
  if (fields.strategy.empty()) co_return Failure(errors::formParamNil("strategy"));
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<SignInState> {
    auto found = findSignInWaiting(tx, visitor, signInId, SignInStatus::NeedsSecondFactor, core.now());
    if (!found) return found.error();
    auto prepared = prepareSecondFactorIn(core, tx, *found->user, fields, secondFactorSlot(core, tx, found->signIn));
    if (!prepared) return prepared.error();
    return signInStateIn(core, tx, signInId);
  });
}

async::Task<Outcome<SignInState>> attemptSecondFactor(Core& core, Visitor& visitor, std::string signInId,
                                                      std::string strategy, std::string code) {
  if (strategy.empty()) co_return Failure(errors::formParamNil("strategy"));
  Progress progress(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) -> Outcome<SignInState> {
    auto found = findSignInWaiting(tx, visitor, signInId, SignInStatus::NeedsSecondFactor, core.now());
    if (!found) return found.error();
    auto attempted = attemptSecondFactorIn(core, tx, *found->user, strategy, code, found->signIn.clientId,
                                           secondFactorSlot(core, tx, found->signIn));
    if (!attempted) return attempted.error();
    if (auto done = progress.afterSecondFactor(tx, found->signIn, *found->user, strategy); !done) return done.error();
    return signInStateIn(core, tx, signInId);
  });
  if (outcome) progress.give(visitor);
  co_return outcome;
}

async::Task<Outcome<SignInState>> resetPassword(Core& core, Visitor& visitor, std::string signInId,
                                                std::string password, bool signOutOfOtherSessions) {
  auto found = co_await core.store().read([&](const Transaction& tx) {
    return findSignInWaiting(tx, visitor, signInId, SignInStatus::NeedsNewPassword, core.now());
  });
  if (!found) co_return found.error();
  if (!found->user) co_return signInNotReady(SignInStatus::Abandoned);
  if (auto taken = co_await checkNewPassword(core, *found->user, password, "password"); !taken) co_return taken.error();
  const auto digest = co_await core.passwords().hash(std::move(password));
  Progress progress(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) -> Outcome<SignInState> {
    auto now = findSignInWaiting(tx, visitor, signInId, SignInStatus::NeedsNewPassword, core.now());
    if (!now) return now.error();
    if (auto refusal = whySignInIsRefused(core.settings(), *now->user, core.now())) return Failure(*std::move(refusal));
    User user = *now->user;
    user.password = digest;
    user.passwordLastUpdatedAt = user.updatedAt = core.now();
    user.passwordCompromised = false;
    if (!tx.users().update(user)) return signInNotReady(SignInStatus::Abandoned);
    settleTasks(tx, user, core.now());
    if (signOutOfOtherSessions) tx.sessions().endAllOfUser(user.id, SessionStatus::Revoked, "", core.now());
    tx.users().clearFailures(user.id);
    auto done = progress.afterNewPassword(tx, now->signIn, user);
    if (!done) {
      tx.abandon();
      return done.error();
    }
    return signInStateIn(core, tx, signInId);
  });
  if (outcome) progress.give(visitor);
  co_return outcome;
}

}  // namespace clerk::instance
