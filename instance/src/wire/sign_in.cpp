#include "wire/sign_in.hpp"

#include "settings/settings.hpp"
#include "wire/user.hpp"
#include "wire/verification.hpp"

namespace clerk::instance::wire {
namespace {

JsonArray supportedIdentifiers(const Attributes& attributes) {
  JsonArray list;
  if (attributes.emailAddress.usedForFirstFactor) list.push_back("email_address");
  if (attributes.phoneNumber.usedForFirstFactor) list.push_back("phone_number");
  if (attributes.username.usedForFirstFactor) list.push_back("username");
  if (attributes.web3Wallet.usedForFirstFactor) list.push_back("web3_wallet");
  if (attributes.passkey.usedForFirstFactor) list.push_back("passkey");
  return list;
}

}  // namespace

JsonObject factor(const Factor& factor) {
  JsonObject json{{"strategy", factor.strategy}};
  if (!factor.phoneNumberId.empty()) {
    json["safe_identifier"] = factor.safeIdentifier;
    json["phone_number_id"] = factor.phoneNumberId;
    json["primary"] = factor.primary;
    json["default"] = factor.defaultSecondFactor;
  }
  if (factor.emailAddressId.empty()) return json;
  json["safe_identifier"] = factor.safeIdentifier;
  json["email_address_id"] = factor.emailAddressId;
  json["primary"] = factor.primary;
  return json;
}

Json factors(const std::vector<Factor>& list) {
  if (list.empty()) return {};
  JsonArray json;
  for (const auto& each : list) json.push_back(factor(each));
  return json;
}

namespace {

Json userData(const View& view, const SignInState& state) {
  if (!state.showsUserData || !state.user) return {};
  const auto& user = *state.user;
  return JsonObject{{"first_name", orNull(user.firstName)},
                    {"last_name", orNull(user.lastName)},
                    {"image_url", imageUrl(view, user)},
                    {"has_image", !user.imageUrl.empty()}};
}

}  // namespace

JsonObject signIn(const View& view, const SignInState& state) {
  const auto& attempt = state.signIn;
  return {{"object", "sign_in_attempt"},
          {"id", attempt.id},
          {"status", nameOf(attempt.statusAt(view.now))},
          {"supported_identifiers", supportedIdentifiers(view.settings.attributes)},
          {"supported_first_factors", factors(state.firstFactors)},
          {"supported_second_factors", factors(state.secondFactors)},
          {"first_factor_verification", verification(attempt.firstFactorVerification, view.now)},
          {"second_factor_verification", verification(attempt.secondFactorVerification, view.now)},
          {"identifier", orNull(attempt.identifier)},
          {"user_data", userData(view, state)},
          {"created_session_id", orNull(attempt.createdSessionId)},
          {"client_trust_state", "known"},
          {"abandon_at", toMilliseconds(attempt.abandonAt)}};
}

}  // namespace clerk::instance::wire
