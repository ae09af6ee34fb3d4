#include "flows/sign_up/sign_up.hpp"

#include "delivery/mails.hpp"
#include "flows/normal_form.hpp"
#include "flows/session/session_start.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "strategies/email_code.hpp"

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
  const bool emailVerified = email && email->status == VerificationStatus::Verified;
  return {
      {"email_address", all.emailAddress, signUp.emailAddress.has_value(), emailVerified},
      {"phone_number", all.phoneNumber, signUp.phoneNumber.has_value(), false},
      {"username", all.username, signUp.username.has_value(), true},
      {"web3_wallet", all.web3Wallet, signUp.web3Wallet.has_value(), false},
      {"password", all.password, signUp.password.has_value(), true},
      {"first_name", all.firstName, signUp.firstName.has_value(), true},
      {"last_name", all.lastName, signUp.lastName.has_value(), true},
  };
}

// ---- fields

/// `text` is there and not empty: the forms of clerk-js send empty names along.
bool isFilled(const std::optional<std::string>& text) { return text && !text->empty(); }

/// A field of a feature that this instance does not have.
std::optional<Failure> refuseUnknownFields(const SignUpFields& fields) {
  if (isFilled(fields.phoneNumber)) return errors::formParamUnknown("phone_number");
  if (isFilled(fields.ticket)) return errors::ticketInvalid();
  if (isFilled(fields.strategy) && *fields.strategy != strategy::emailCode) {
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
  if (!fields.emailAddress) return {};
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
    auto email = applyEmailAddress(core, tx, signUp, fields);
    return email ? checkUsername(tx, signUp) : email;
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

// ---- completion

User userOf(Core& core, const SignUp& signUp, Time now) {
  User user;
  user.id = newId(id::user, now, core.random());
  user.externalId = signUp.externalId;
  user.username = signUp.username;
  user.firstName = signUp.firstName;
  user.lastName = signUp.lastName;
  user.locale = signUp.locale;
  user.password = signUp.password;
  if (user.password) user.passwordLastUpdatedAt = now;
  user.publicMetadata = signUp.publicMetadata;
  user.unsafeMetadata = signUp.unsafeMetadata;
  user.legalAcceptedAt = signUp.legalAcceptedAt;
  user.createdAt = user.updatedAt = now;
  if (signUp.emailAddress) {
    EmailAddress email;
    email.id = newId(id::identification, now, core.random());
    email.emailAddress = *signUp.emailAddress;
    email.verification = signUp.emailAddressVerification;
    email.createdAt = email.updatedAt = now;
    user.primaryEmailAddressId = email.id;
    user.emailAddresses.push_back(std::move(email));
  }
  return user;
}

/// The last step, inside the transaction of the one before: if nothing is missing any more, the sign-up becomes a user
/// with a session.
class Completion {
 public:
  Completion(Core& core, const Visitor& visitor) : core_(core), session_(core, visitor) {}

  Outcome<> completeIfPossible(Transaction& tx, const SignUp& signUp) {
    const auto requirements = requirementsOf(core_.settings(), signUp);
    if (!requirements.missingFields.empty() || !requirements.unverifiedFields.empty()) return {};
    const Time now = core_.now();
    const User user = userOf(core_, signUp, now);
    if (!tx.users().insert(user)) return Failure(errors::identificationClaimed());
    session_.insert(tx, signUp.clientId, {.userId = user.id, .strategy = strategyOf(signUp)});
    tx.signUps().complete(signUp.id, user.id, session_.sessionId(), now);
    tx.clients().setSignUp(signUp.clientId, std::nullopt);
    completed_ = true;
    return {};
  }

  void give(Visitor& visitor) const {
    if (!completed_) return;
    session_.give(visitor);
    visitor.client->signUpId.reset();
  }

 private:
  static std::string_view strategyOf(const SignUp& signUp) {
    return signUp.emailAddressVerification ? std::string_view(signUp.emailAddressVerification->strategy)
                                           : strategy::password;
  }

  Core& core_;
  SessionDraft session_;
  bool completed_ = false;
};

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

async::Task<bool> isSignedInAlready(Core& core, const Visitor& visitor) {
  if (!core.settings().singleSessionMode || !visitor.client) co_return false;
  co_return co_await core.store().read(
      [&](const Transaction& tx) { return tx.sessions().clientHasLive(visitor.client->id, core.now()); });
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

Outcome<> checkPreparable(const SignUp& signUp, std::string_view strategy) {
  if (strategy.empty()) return Failure(errors::formParamNil("strategy"));
  if (strategy != strategy::emailCode) return Failure(errors::formParamValueInvalid("strategy", strategy));
  if (!signUp.emailAddress) return Failure(errors::formParamMissing("email_address"));
  const auto& verification = signUp.emailAddressVerification;
  if (verification && verification->status == VerificationStatus::Verified) {
    return Failure(errors::verificationAlreadyVerified());
  }
  return {};
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
  const bool sendsCode = fields.strategy == strategy::emailCode;
  auto applied = co_await applyFields(core, newSignUp(core), std::move(fields));
  if (!applied) co_return applied.error();
  SignUp signUp = *std::move(applied);
  const ClientDraft client(core, visitor);
  signUp.clientId = client.clientId();
  Completion completion(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) -> Outcome<SignUp> {
    client.insert(tx);
    tx.signUps().insert(signUp);
    tx.clients().setSignUp(signUp.clientId, signUp.id);
    if (auto completed = completion.completeIfPossible(tx, signUp); !completed) {
      tx.abandon();
      return completed.error();
    }
    return *tx.signUps().find(signUp.id);
  });
  if (!outcome) co_return outcome;
  client.give(visitor);
  visitor.client->signUpId = signUp.id;
  completion.give(visitor);
  if (sendsCode && outcome->emailAddress && outcome->status == SignUpStatus::MissingRequirements) {
    co_return co_await prepareSignUpVerification(core, visitor, signUp.id, std::string(strategy::emailCode));
  }
  co_return outcome;
}

async::Task<Outcome<SignUp>> updateSignUp(Core& core, Visitor& visitor, std::string signUpId, SignUpFields fields) {
  auto found =
      co_await core.store().read([&](const Transaction& tx) { return findOpen(tx, visitor, signUpId, core.now()); });
  if (!found) co_return found;
  auto applied = co_await applyFields(core, *std::move(found), std::move(fields));
  if (!applied) co_return applied;
  Completion completion(core, visitor);
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
                                                       std::string strategy) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<SignUp> {
    auto signUp = findOpen(tx, visitor, signUpId, core.now());
    if (!signUp) return signUp;
    if (auto preparable = checkPreparable(*signUp, strategy); !preparable) return preparable.error();
    const auto code = prepareCode(core, *signUp, tx.users().isEmailAddressClaimed(*signUp->emailAddress));
    if (auto sent = sendCode(tx, code, core.now()); !sent) return sent.error();
    if (signUp->emailAddressVerification) tx.verifications().erase(signUp->emailAddressVerification->id);
    signUp->emailAddressVerification = code.verification;
    signUp->updatedAt = core.now();
    if (!tx.signUps().update(*signUp)) tx.abandon();
    return signUp;
  });
}

async::Task<Outcome<SignUp>> attemptSignUpVerification(Core& core, Visitor& visitor, std::string signUpId,
                                                       std::string strategy, std::string code) {
  if (!strategy.empty() && strategy != strategy::emailCode) {
    co_return Failure(errors::formParamValueInvalid("strategy", strategy));
  }
  if (code.empty()) co_return Failure(errors::formParamNil("code"));
  Completion completion(core, visitor);
  auto outcome = co_await core.store().transact([&](Transaction& tx) -> Outcome<SignUp> {
    auto signUp = findOpen(tx, visitor, signUpId, core.now());
    if (!signUp) return signUp;
    auto attempted = attemptCode(tx, core.settings(), core.digest(), core.now(), signUp->emailAddressVerification,
                                 {.strategy = strategy::emailCode, .code = code, .clientId = signUp->clientId});
    if (!attempted) return attempted.error();
    signUp->emailAddressVerification = tx.verifications().find(signUp->emailAddressVerification->id);
    if (auto completed = completion.completeIfPossible(tx, *signUp); !completed) return completed.error();
    return *tx.signUps().find(signUpId);
  });
  if (outcome) completion.give(visitor);
  co_return outcome;
}

}  // namespace clerk::instance
