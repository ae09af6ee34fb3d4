#include "flows/sign_up/sign_up.hpp"

#include "delivery/mails.hpp"
#include "flows/normal_form.hpp"
#include "flows/oauth/oauth.hpp"
#include "flows/organization/invitation.hpp"
#include "flows/phone_number.hpp"
#include "flows/sign_in/progress.hpp"
#include "flows/sign_up/completion.hpp"
#include "model/auth_errors.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "model/organization_errors.hpp"
#include "model/registry_errors.hpp"
#include "strategies/email_code.hpp"
#include "strategies/email_link.hpp"
#include "strategies/phone_code.hpp"
#include "strategies/ticket.hpp"

#include <algorithm>
#include <utility>

namespace clerk::instance {
namespace {

// ---- what is required

struct Field {
  std::string_view name;
  const Attribute& attribute;
  bool given;
  bool verified;
};

std::vector<Field> fieldsOf(const Settings& settings, const SignUp& signUp) {
  const auto& all = settings.attributes;
  const auto& email = signUp.emailAddressVerification;
  const auto& phone = signUp.phoneNumberVerification;
  const bool emailVerified = email && email->status == VerificationStatus::Verified;
  const bool phoneVerified = phone && phone->status == VerificationStatus::Verified;
  // Whoever signs in elsewhere, or was asked in, needs no password here.
  const bool password = signUp.password || signUp.externalAccount;
  return {
      {"email_address", all.emailAddress, signUp.emailAddress.has_value(), emailVerified},
      {"phone_number", all.phoneNumber, signUp.phoneNumber.has_value(), phoneVerified},
      {"username", all.username, signUp.username.has_value(), true},
      {"web3_wallet", all.web3Wallet, signUp.web3Wallet.has_value(), false},
      {"password", all.password, password, true},
      {"first_name", all.firstName, signUp.firstName.has_value(), true},
      {"last_name", all.lastName, signUp.lastName.has_value(), true},
  };
}

// ---- fields

/// `text` is there and not empty: the forms of clerk-js send empty names along.
bool isFilled(const std::optional<std::string>& text) { return text && !text->empty(); }

/// A field of a feature that this instance does not have.
std::optional<Failure> refuseUnknownFields(const SignUpFields& fields) {
  static constexpr std::string_view known[] = {strategy::emailCode, strategy::emailLink, strategy::phoneCode,
                                               strategy::ticket};
  const bool unknown = isFilled(fields.strategy) && !isOauthStrategy(*fields.strategy) &&
                       std::ranges::find(known, *fields.strategy) == std::end(known);
  if (unknown) {
    return errors::formParamValueInvalid("strategy", *fields.strategy);
  }
  return std::nullopt;
}

Outcome<> applyName(std::optional<std::string>& name, const std::optional<std::string>& given, std::string_view param) {
  if (!isFilled(given)) return {};
  auto normal = normalName(*given, param);
  if (!normal) return normal.error();
  name = *std::move(normal);
  return {};
}

/// All but the address and the password, which need the store and the hasher.
Outcome<> applyPlainFields(const Core& core, SignUp& signUp, const SignUpFields& fields) {
  if (auto failure = refuseUnknownFields(fields)) return *failure;
  for (auto applied :
       {applyName(signUp.firstName, fields.firstName, "first_name"),
        applyName(signUp.lastName, fields.lastName, "last_name"), applyName(signUp.locale, fields.locale, "locale")}) {
    if (!applied) return applied;
  }
  if (isFilled(fields.username)) {
    if (!core.settings().attributes.username.enabled) return Failure(errors::formParamUnknown("username"));
    auto username = normalUsername(*fields.username, "username");
    if (!username) return username.error();
    signUp.username = *std::move(username);
  }
  if (isFilled(fields.unsafeMetadata)) {
    auto metadata = readMetadata(*fields.unsafeMetadata, "unsafe_metadata", core.settings().maxMetadataBytes);
    if (!metadata) return metadata.error();
    signUp.unsafeMetadata = *std::move(metadata);
  }
  if (fields.legalAccepted == true) signUp.legalAcceptedAt = core.now();
  return {};
}

/// A new address takes the proof of the old one away.
Outcome<> applyEmailAddress(const Core& core, const Transaction& tx, SignUp& signUp, const SignUpFields& fields) {
  if (!fields.emailAddress || signUp.invitationId) return {};
  if (fields.emailAddress->empty() && signUp.emailAddress) return {};
  auto email = normalEmailAddress(*fields.emailAddress, "email_address");
  if (!email) return email.error();
  if (*email == signUp.emailAddress) return {};
  if (!core.settings().enumerationProtection && tx.users().isEmailAddressClaimed(*email)) {
    return Failure(errors::formIdentifierExists("email_address"));
  }
  signUp.emailAddress = *std::move(email);
  signUp.emailAddressVerification.reset();
  return {};
}

Outcome<> applyPhoneNumber(const Core& core, const Transaction& tx, SignUp& signUp, const SignUpFields& fields) {
  if (!isFilled(fields.phoneNumber)) return {};
  if (!core.settings().attributes.phoneNumber.enabled) return Failure(errors::formParamUnknown("phone_number"));
  auto phone = normalPhoneNumber(*fields.phoneNumber, "phone_number");
  if (!phone) return phone.error();
  if (*phone == signUp.phoneNumber) return {};
  if (!core.settings().enumerationProtection && tx.users().isClaimed("phone_number", *phone)) {
    return Failure(errors::formIdentifierExists("phone_number"));
  }
  signUp.phoneNumber = *std::move(phone);
  signUp.phoneNumberVerification.reset();
  return {};
}

/// What an invitation brings along.
struct Invited {
  std::string invitationId;
  std::string emailAddress;
  boost::json::object publicMetadata;
};

Outcome<Invited> invitedToOrganization(const Core& core, const Transaction& tx, std::string_view invitationId) {
  auto invitation = findTicketsInvitation(core, tx, invitationId);
  if (!invitation) return invitation.error();
  if (tx.users().isEmailAddressClaimed(invitation->emailAddress)) {
    return Failure(errors::organizationInvitationAccountExists());
  }
  return Invited{std::move(invitation->id), std::move(invitation->emailAddress), {}};
}

Outcome<Invited> invitedToInstance(const Core& core, const Transaction& tx, std::string_view invitationId) {
  auto invitation = tx.invitations().find(invitationId);
  if (!invitation) return Failure(errors::ticketInvalid());
  switch (invitation->statusAt(core.now())) {
    case InvitationStatus::Accepted: return Failure(errors::invitationAlreadyAccepted());
    case InvitationStatus::Revoked: return Failure(errors::revokedInvitation());
    case InvitationStatus::Expired: return Failure(errors::ticketExpired());
    default: break;
  }
  if (tx.users().isEmailAddressClaimed(invitation->emailAddress)) return Failure(errors::invitationAccountExists());
  return Invited{std::move(invitation->id), std::move(invitation->emailAddress), std::move(invitation->publicMetadata)};
}

Outcome<Invited> invitedBy(Core& core, const Transaction& tx, std::string_view text) {
  const auto ticket = readTicketOfAnyKind(core.tokens(), text, core.now());
  if (!ticket) return ticket.error();
  switch (ticket->kind) {
    case TicketKind::Invitation: return invitedToInstance(core, tx, ticket->id);
    case TicketKind::OrganizationInvitation: return invitedToOrganization(core, tx, ticket->id);
    case TicketKind::ActorToken: return Failure(errors::actorTokenNotInSignIn());
    default: return Failure(errors::ticketInvalid());
  }
}

/// An invitation's ticket brings its address, proved: the ticket was sent there.
Outcome<> applyInvitation(Core& core, const Transaction& tx, SignUp& signUp, const SignUpFields& fields) {
  if (!isFilled(fields.ticket)) return {};
  auto invited = invitedBy(core, tx, *fields.ticket);
  if (!invited) return invited.error();
  signUp.invitationId = std::move(invited->invitationId);
  signUp.emailAddress = std::move(invited->emailAddress);
  signUp.publicMetadata = std::move(invited->publicMetadata);
  signUp.emailAddressVerification = Verification{.id = newId(id::verification, core.now(), core.random()),
                                                 .strategy = Strategy(strategy::ticket),
                                                 .status = VerificationStatus::Verified,
                                                 .createdAt = core.now()};
  return {};
}

Outcome<> checkUsername(const Transaction& tx, const SignUp& signUp) {
  if (signUp.username && tx.users().isUsernameTaken(*signUp.username)) {
    return Failure(errors::formIdentifierExists("username"));
  }
  return {};
}

/// Everything that was filled in, checked and written into the sign-up; hashes.
async::Task<Outcome<SignUp>> applyFields(Core& core, SignUp signUp, SignUpFields fields) {
  auto applied = applyPlainFields(core, signUp, fields);
  if (!applied) co_return applied.error();
  applied = co_await core.store().read([&](const Transaction& tx) {
    for (auto applied : {applyInvitation(core, tx, signUp, fields), applyEmailAddress(core, tx, signUp, fields),
                         applyPhoneNumber(core, tx, signUp, fields), checkAdmission(core, tx, signUp)}) {
      if (!applied) return applied;
    }
    return checkUsername(tx, signUp);
  });
  if (!applied) co_return applied.error();
  if (isFilled(fields.password)) {
    const std::vector<std::string> identifiers{signUp.emailAddress.value_or(""), signUp.username.value_or("")};
    auto broken = checkPasswordRules(core.settings().passwords, *fields.password, identifiers, "password");
    if (broken) co_return *std::move(broken);
    signUp.password = co_await core.passwords().hash(*std::move(fields.password));
  }
  signUp.updatedAt = core.now();
  co_return signUp;
}

// ---- finding one's own

/// The visitor's sign-up, and that it goes on.
Outcome<SignUp> findOwn(const Transaction& tx, const Visitor& visitor, std::string_view id, Time now) {
  auto signUp = tx.signUps().find(id);
  if (!signUp || !visitor.client || signUp->clientId != visitor.client->id) return Failure(errors::signUpNotFound(id));
  signUp->status = signUp->statusAt(now);
  return *std::move(signUp);
}

Outcome<SignUp> findOpen(const Transaction& tx, const Visitor& visitor, std::string_view id, Time now) {
  auto signUp = findOwn(tx, visitor, id, now);
  if (signUp && signUp->status != SignUpStatus::MissingRequirements) {
    return Failure(errors::clientStateInvalid("this action", "The sign up is over. Start a new one."));
  }
  return signUp;
}

SignUp newSignUp(Core& core) {
  SignUp signUp;
  const Time now = core.now();
  signUp.id = newId(id::signUp, now, core.random());
  signUp.createdAt = signUp.updatedAt = now;
  signUp.abandonAt = now + core.settings().lifetimes.attempt;
  return signUp;
}

/// The code for the sign-up's address; one that somebody has already gets a mail that says so instead.
PreparedCode prepareCode(Core& core, const SignUp& signUp, bool claimed) {
  const EmailCodeRequest request{.strategy = strategy::emailCode, .emailAddress = *signUp.emailAddress};
  if (!claimed) return prepareEmailCode(core.settings(), core.digest(), core.random(), core.now(), request);
  std::optional<Message> mail;
  if (!isTestAddress(core.settings(), request.emailAddress))
    mail = accountExistsMail(core.settings(), request.emailAddress);
  return prepareDecoyCode(core.settings(), core.random(), core.now(), request, std::move(mail));
}

bool allows(const Attribute& attribute, std::string_view strategy) {
  return std::ranges::find(attribute.verifications, strategy) != attribute.verifications.end();
}

/// The verification that a strategy is about; null for a strategy that the instance does not have.
std::optional<Verification>* slotOf(const Settings& settings, SignUp& signUp, std::string_view strategy) {
  const auto& attributes = settings.attributes;
  if (strategy == strategy::phoneCode) {
    return allows(attributes.phoneNumber, strategy) ? &signUp.phoneNumberVerification : nullptr;
  }
  const bool mailed = strategy == strategy::emailCode || strategy == strategy::emailLink;
  return mailed && allows(attributes.emailAddress, strategy) ? &signUp.emailAddressVerification : nullptr;
}

/// Sends what proves the address or number, and gives the verification that waits for it.
Outcome<Verification> sendProof(Core& core, Transaction& tx, const SignUp& signUp, std::string_view strategy,
                                std::string_view redirectUrl) {
  const auto& settings = core.settings();
  if (strategy == strategy::phoneCode) {
    if (!signUp.phoneNumber) return Failure(errors::formParamMissing("phone_number"));
    const bool claimed = tx.users().isClaimed("phone_number", *signUp.phoneNumber);
    const auto code = claimed
                          ? prepareDecoyCode(settings, core.random(), core.now(), {.strategy = strategy}, std::nullopt)
                          : preparePhoneCode(settings, core.digest(), core.random(), core.now(),
                                             {.strategy = strategy, .phoneNumber = *signUp.phoneNumber});
    if (auto sent = sendCode(tx, code, core.now()); !sent) return sent.error();
    return code.verification;
  }
  if (!signUp.emailAddress) return Failure(errors::formParamMissing("email_address"));
  const bool claimed = tx.users().isEmailAddressClaimed(*signUp.emailAddress);
  if (strategy == strategy::emailLink && !claimed) {
    const auto link = prepareEmailLink(settings, core.digest(), core.random(), core.now(),
                                       {.emailAddress = *signUp.emailAddress,
                                        .ownerKind = DetourOwner::SignUp,
                                        .ownerId = signUp.id,
                                        .clientId = signUp.clientId,
                                        .redirectUrl = redirectUrl});
    if (auto sent = sendLink(tx, link, core.now()); !sent) return sent.error();
    return link.verification;
  }
  auto code = prepareCode(core, signUp, claimed);
  code.verification.strategy = strategy;
  if (auto sent = sendCode(tx, code, core.now()); !sent) return sent.error();
  return code.verification;
}

}  // namespace

SignUpRequirements requirementsOf(const Settings& settings, const SignUp& signUp) {
  SignUpRequirements requirements;
  for (const auto& field : fieldsOf(settings, signUp)) {
    if (!field.attribute.enabled) continue;
    const std::string name(field.name);
    (field.attribute.required ? requirements.requiredFields : requirements.optionalFields).push_back(name);
    if (field.attribute.required && !field.given) requirements.missingFields.push_back(name);
    if (field.given && field.attribute.verifyAtSignUp && !field.verified) requirements.unverifiedFields.push_back(name);
  }
  return requirements;
}

async::Task<Outcome<SignUp>> createSignUp(Core& core, Visitor& visitor, SignUpFields fields) {
  if (co_await isSignedInAlready(core, visitor)) co_return Failure(errors::sessionExists());
  const std::string sends = fields.strategy.value_or("");
  const std::string redirectUrl = fields.redirectUrl;
  SignUp begun = newSignUp(core);
  if (fields.transfer) {
    auto carried = co_await core.store().read([&](const Transaction& tx) -> Outcome<> {
      auto account = accountToSignUpWith(core, tx, visitor);
      if (!account) return account.error();
      applyAccount(core, tx, begun, *std::move(account));
      return {};
    });
    if (!carried) co_return carried.error();
  }
  std::optional<BegunOauth> journey;
  if (isOauthStrategy(sends)) {
    auto prepared = co_await beginOauth(core, sends, fields.redirectUrl, fields.completeRedirectUrl);
    if (!prepared) co_return prepared.error();
    journey = *std::move(prepared);
    begun.externalAccountVerification = journey->verification;
  }
  auto applied = co_await applyFields(core, std::move(begun), std::move(fields));
  if (!applied) co_return applied.error();
  SignUp signUp = *std::move(applied);
  const ClientDraft client(core, visitor);
  signUp.clientId = client.clientId();
  SignUpCompletion completion(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) -> Outcome<SignUp> {
    client.insert(tx);
    if (signUp.emailAddressVerification) tx.verifications().insert(*signUp.emailAddressVerification, "");
    if (journey) {
      writeOauth(tx, *journey, DetourOwner::SignUp, signUp.id, signUp.clientId);
    } else if (signUp.externalAccountVerification) {
      tx.verifications().insert(*signUp.externalAccountVerification, "");
    }
    tx.signUps().insert(signUp);
    tx.clients().setSignUp(signUp.clientId, signUp.id);
    if (signUp.externalAccount) tx.clients().setSignIn(signUp.clientId, std::nullopt);
    if (auto completed = completion.completeIfPossible(tx, signUp); !completed) {
      tx.abandon();
      return completed.error();
    }
    return *tx.signUps().find(signUp.id);
  });
  if (!outcome) co_return outcome;
  client.give(visitor);
  visitor.client->signUpId = signUp.id;
  if (signUp.externalAccount) visitor.client->signInId.reset();
  completion.give(visitor);
  const bool waits = outcome->status == SignUpStatus::MissingRequirements;
  if (waits && !journey && !sends.empty() && sends != strategy::ticket) {
    co_return co_await prepareSignUpVerification(core, visitor, signUp.id, sends, redirectUrl);
  }
  co_return outcome;
}

async::Task<Outcome<SignUp>> updateSignUp(Core& core, Visitor& visitor, std::string signUpId, SignUpFields fields) {
  auto found =
      co_await core.store().read([&](const Transaction& tx) { return findOpen(tx, visitor, signUpId, core.now()); });
  if (!found) co_return found;
  auto applied = co_await applyFields(core, *std::move(found), std::move(fields));
  if (!applied) co_return applied;
  SignUpCompletion completion(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) -> Outcome<SignUp> {
    if (!tx.signUps().update(*applied)) return findOpen(tx, visitor, signUpId, core.now());
    if (auto completed = completion.completeIfPossible(tx, *applied); !completed) {
      tx.abandon();
      return completed.error();
    }
    return *tx.signUps().find(signUpId);
  });
  if (outcome) completion.give(visitor);
  co_return outcome;
}

async::Task<Outcome<SignUp>> getSignUp(Core& core, const Visitor& visitor, std::string signUpId) {
  co_return co_await core.store().read(
      [&](const Transaction& tx) { return findOwn(tx, visitor, signUpId, core.now()); });
}

async::Task<Outcome<SignUp>> prepareSignUpVerification(Core& core, Visitor& visitor, std::string signUpId,
                                                       std::string strategy, std::string redirectUrl) {
  if (strategy.empty()) co_return Failure(errors::formParamNil("strategy"));
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<SignUp> {
    auto signUp = findOpen(tx, visitor, signUpId, core.now());
    if (!signUp) return signUp;
    auto* slot = slotOf(core.settings(), *signUp, strategy);
    if (!slot) return Failure(errors::formParamValueInvalid("strategy", strategy));
    if (*slot && (*slot)->status == VerificationStatus::Verified) return Failure(errors::verificationAlreadyVerified());
    auto sent = sendProof(core, tx, *signUp, strategy, redirectUrl);
    if (!sent) return sent.error();
    if (*slot) tx.verifications().erase((*slot)->id);
    *slot = *std::move(sent);
    signUp->updatedAt = core.now();
    if (!tx.signUps().update(*signUp)) tx.abandon();
    return signUp;
  });
}

async::Task<Outcome<SignUp>> attemptSignUpVerification(Core& core, Visitor& visitor, std::string signUpId,
                                                       std::string strategy, std::string code) {
  if (strategy.empty()) strategy = strategy::emailCode;
  if (strategy != strategy::emailCode && strategy != strategy::phoneCode) {
    co_return Failure(errors::formParamValueInvalid("strategy", strategy));
  }
  if (code.empty()) co_return Failure(errors::formParamNil("code"));
  SignUpCompletion completion(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) -> Outcome<SignUp> {
    auto signUp = findOpen(tx, visitor, signUpId, core.now());
    if (!signUp) return signUp;
    auto* slot = slotOf(core.settings(), *signUp, strategy);
    if (!slot) return Failure(errors::formParamValueInvalid("strategy", strategy));
    auto attempted = attemptCode(tx, core.settings(), core.digest(), core.now(), *slot,
                                 {.strategy = strategy, .code = code, .clientId = signUp->clientId});
    if (!attempted) return attempted.error();
    *slot = tx.verifications().find((*slot)->id);
    if (auto completed = completion.completeIfPossible(tx, *signUp); !completed) return completed.error();
    return *tx.signUps().find(signUpId);
  });
  if (outcome) completion.give(visitor);
  co_return outcome;
}

}  // namespace clerk::instance
