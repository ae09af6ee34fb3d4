#include "wire/sign_up.hpp"

#include "flows/sign_up/sign_up.hpp"
#include "wire/verification.hpp"

namespace clerk::instance::wire {
namespace {

JsonObject verifications(const View& view, const SignUp& signUp) {
  Json emailAddress;
  if (signUp.emailAddress) {
    emailAddress = signUpVerification(signUp.emailAddressVerification, view.now,
                                      view.settings.attributes.emailAddress.verifications);
  }
  Json phoneNumber;
  if (signUp.phoneNumber) {
    phoneNumber = signUpVerification(signUp.phoneNumberVerification, view.now,
                                     view.settings.attributes.phoneNumber.verifications);
  }
  return {{"email_address", std::move(emailAddress)},
          {"phone_number", std::move(phoneNumber)},
          {"web3_wallet", nullptr},
          {"external_account", verification(signUp.externalAccountVerification, view.now)}};
}

}  // namespace

JsonObject signUp(const View& view, const SignUp& signUp) {
  const auto requirements = requirementsOf(view.settings, signUp);
  return {{"object", "sign_up_attempt"},
          {"id", signUp.id},
          {"status", nameOf(signUp.statusAt(view.now))},
          {"required_fields", texts(requirements.requiredFields)},
          {"optional_fields", texts(requirements.optionalFields)},
          {"missing_fields", texts(requirements.missingFields)},
          {"unverified_fields", texts(requirements.unverifiedFields)},
          {"verifications", verifications(view, signUp)},
          {"username", orNull(signUp.username)},
          {"email_address", orNull(signUp.emailAddress)},
          {"phone_number", orNull(signUp.phoneNumber)},
          {"web3_wallet", orNull(signUp.web3Wallet)},
          {"password_enabled", signUp.password.has_value()},
          {"has_password", signUp.password.has_value()},
          {"first_name", orNull(signUp.firstName)},
          {"last_name", orNull(signUp.lastName)},
          {"unsafe_metadata", signUp.unsafeMetadata},
          {"public_metadata", signUp.publicMetadata},
          {"custom_action", signUp.customAction},
          {"external_id", orNull(signUp.externalId)},
          {"created_session_id", orNull(signUp.createdSessionId)},
          {"created_user_id", orNull(signUp.createdUserId)},
          {"abandon_at", toMilliseconds(signUp.abandonAt)},
          {"legal_accepted_at", orNull(signUp.legalAcceptedAt)},
          {"locale", orNull(signUp.locale)},
          {"external_account", nullptr},
          {"external_account_strategy", nullptr}};
}

JsonObject backendSignUp(const View& view, const SignUp& whole) {
  auto json = signUp(view, whole);
  for (const auto* onlyForBrowsers : {"has_password", "external_account_strategy"}) json.erase(onlyForBrowsers);
  if (json["external_account"].is_null()) json.erase("external_account");
  for (auto& verification : json["verifications"].as_object()) {
    auto* full = verification.value().if_object();
    if (!full || verification.key() == "external_account") continue;
    JsonObject brief;
    for (const auto* member : {"next_action", "supported_strategies"}) {
      if (const auto* value = full->if_contains(member)) brief[member] = *value;
    }
    verification.value() = std::move(brief);
  }
  return json;
}

}  // namespace clerk::instance::wire
