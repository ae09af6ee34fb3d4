#include "flows/sign_up/completion.hpp"

#include "flows/enterprise/sign_in_connection.hpp"
#include "flows/organization/invitation.hpp"
#include "flows/restrictions.hpp"
#include "model/auth_errors.hpp"
#include "model/enterprise_errors.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"

#include <array>

namespace clerk::instance {
namespace {

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
  if (signUp.phoneNumber) {
    PhoneNumber phone;
    phone.id = newId(id::identification, now, core.random());
    phone.phoneNumber = *signUp.phoneNumber;
    phone.verification = signUp.phoneNumberVerification;
    phone.createdAt = phone.updatedAt = now;
    user.primaryPhoneNumberId = phone.id;
    user.phoneNumbers.push_back(std::move(phone));
  }
  if (signUp.externalAccount) {
    user.externalAccounts.push_back(*signUp.externalAccount);
    user.imageUrl = signUp.externalAccount->imageUrl;
  }
  return user;
}

std::string_view strategyOf(const SignUp& signUp) {
  if (signUp.externalAccount) return signUp.externalAccount->provider;
  for (const auto* verification : {&signUp.emailAddressVerification, &signUp.phoneNumberVerification}) {
    if (*verification) return (*verification)->strategy;
  }
  return strategy::password;
}

/// The invitation that let the sign-up in is used up; one to an organization makes the user its member.
Outcome<> acceptInvitation(Core& core, Transaction& tx, const SignUp& signUp, const User& user) {
  if (!signUp.invitationId) return {};
  const auto& invitationId = *signUp.invitationId;
  if (isOrganizationInvitation(invitationId)) {
    return acceptInside(core, tx, invitationId, user, newId(id::membership, core.now(), core.random()));
  }
  if (tx.invitations().settle(invitationId, InvitationStatus::Accepted, user.id, core.now())) return {};
  return Failure(errors::invitationAlreadyAccepted());
}

}  // namespace

Outcome<> checkAdmission(const Core& core, const Transaction& tx, const SignUp& signUp) {
  const auto& settings = core.settings();
  if (signUp.invitationId) return {};
  if (settings.signUpMode == SignUpMode::Restricted) return Failure(errors::signUpModeRestricted());
  if (settings.signUpMode == SignUpMode::Waitlist) return Failure(errors::signUpRestrictedWaitlist());
  if (signUp.emailAddress) {
    const bool sentByProvider = signUp.externalAccount && isEnterpriseProvider(signUp.externalAccount->provider);
    if (!sentByProvider && findSignInConnection(tx, *signUp.emailAddress)) {
      return Failure(errors::enterpriseAddressReserved());
    }
    if (auto allowed = checkNewEmailAddress(core, tx, *signUp.emailAddress); !allowed) return allowed;
  }
  if (signUp.phoneNumber) {
    if (auto allowed = checkNewPhoneNumber(core, tx, *signUp.phoneNumber); !allowed) return allowed;
  }
  return {};
}

SignUpCompletion::SignUpCompletion(Core& core, const Visitor& visitor)
    : core_(core), session_(core, visitor), visitorClientId_(visitor.client ? visitor.client->id : "") {}

Outcome<> SignUpCompletion::completeIfPossible(Transaction& tx, const SignUp& signUp) {
  const auto requirements = requirementsOf(core_.settings(), signUp);
  if (!requirements.missingFields.empty() || !requirements.unverifiedFields.empty()) return {};
  const Time now = core_.now();
  if (auto admitted = checkAdmission(core_, tx, signUp); !admitted) return admitted;
  const User user = userOf(core_, signUp, now);
  if (!tx.users().insert(user)) return Failure(errors::identificationClaimed());
  if (auto accepted = acceptInvitation(core_, tx, signUp, user); !accepted) return accepted;
  if (signUp.emailAddress) {
    if (const auto entry = tx.waitlistEntries().findByEmailAddress(*signUp.emailAddress)) {
      tx.waitlistEntries().advance(entry->id, entry->status, WaitlistStatus::Completed, std::nullopt, now);
    }
  }
  // A link that was opened elsewhere completes the sign-up of the browser that began it, whose secret stays.
  given_ = visitorClientId_.empty() || visitorClientId_ == signUp.clientId;
  session_.insert(tx, signUp.clientId,
                  {.userId = user.id, .strategy = strategyOf(signUp), .secondFactor = false, .elsewhere = !given_});
  tx.signUps().complete(signUp.id, user.id, session_.sessionId(), now);
  tx.clients().setSignUp(signUp.clientId, std::nullopt);
  tx.clients().setSignIn(signUp.clientId, std::nullopt);
  completed_ = true;
  return {};
}

void SignUpCompletion::give(Visitor& visitor) const {
  if (!completed_ || !given_) return;
  session_.give(visitor);
  visitor.client->signUpId.reset();
  visitor.client->signInId.reset();
}

}  // namespace clerk::instance
