#include "wire/verification.hpp"

#include <utility>

namespace clerk::instance::wire {
namespace {

std::string_view objectOf(std::string_view strategy) noexcept {
  static constexpr std::pair<std::string_view, std::string_view> names[] = {
      {strategy::password, "verification_password"},
      {strategy::ticket, "verification_ticket"},
      {strategy::emailLink, "verification_email_link"},
      {strategy::totp, "verification_totp"},
      {strategy::backupCode, "verification_backup_code"},
      {strategy::passkey, "verification_passkey"},
      {strategy::admin, "verification_admin"},
      {strategy::saml, "verification_saml"},
  };
  for (const auto& [name, object] : names) {
    if (strategy == name) return object;
  }
  if (strategy.starts_with("oauth_") || strategy == strategy::enterpriseSso) return "verification_oauth";
  if (strategy.starts_with("from_oauth_")) return "verification_from_oauth";
  return "verification_otp";
}

void describeCommon(Members& members, const Verification& verification, Time now) {
  members.text("object", objectOf(verification.strategy));
  members.text("status", nameOf(verification.statusAt(now)));
  members.text("strategy", verification.strategy);
  members.optional("attempts", verification.attempts);
  members.optional("expire_at", verification.expireAt);
}

void describeError(Members& members, const Verification& verification) {
  if (verification.errorCode.empty()) return members.null("error");
  members.object("error", [&] {
    members.text("code", verification.errorCode);
    members.text("message", verification.errorMessage);
    members.text("long_message", verification.errorLongMessage);
  });
}

void describeForFrontend(Members& members, const Verification& verification, Time now) {
  describeCommon(members, verification, now);
  // The document knows nothing more of what a backend set as verified.
  if (verification.strategy == strategy::admin) return;
  // A text where it is declared for links, which know the client that followed them; nothing to say otherwise.
  if (verification.strategy != strategy::emailLink || !verification.verifiedAtClient.empty()) {
    members.textOrNull("verified_at_client", verification.verifiedAtClient);
  }
  describeError(members, verification);
  if (verification.strategy == strategy::passkey && !verification.nonce.empty()) {
    members.text("nonce", verification.nonce);
  }
  if (!verification.externalRedirectUrl.empty()) {
    members.text("external_verification_redirect_url", verification.externalRedirectUrl);
  }
}

void describeForBackend(Members& members, const Verification& verification, Time now) {
  describeCommon(members, verification, now);
  members.textOrNull("verified_at_client", verification.verifiedAtClient);
  if (verification.strategy != strategy::admin) describeError(members, verification);
}

}  // namespace

void describeVerification(Members& members, std::string_view name, const std::optional<Verification>& verification,
                          Time now, Side side) {
  if (!verification) return members.null(name);
  members.object(name, [&] {
    side == Side::Frontend ? describeForFrontend(members, *verification, now)
                           : describeForBackend(members, *verification, now);
  });
}

Json verification(const std::optional<Verification>& verification, Time now) {
  if (!verification) return {};
  return described([&](Members& members) { describeForFrontend(members, *verification, now); });
}

JsonObject backendsOwnVerification(const Verification& verification, Time now) {
  auto json = described([&](Members& members) { describeCommon(members, verification, now); });
  json["id"] = verification.id;
  json["channel"] = verification.strategy == strategy::phoneCode ? Json("sms") : Json();
  return json;
}

JsonObject signUpVerification(const std::optional<Verification>& verification, Time now,
                              const std::vector<std::string>& supportedStrategies) {
  JsonObject json;
  std::string_view nextAction = "needs_prepare";
  if (verification) {
    json = wire::verification(verification, now).as_object();
    const auto status = verification->statusAt(now);
    if (status == VerificationStatus::Verified) nextAction = "";
    if (status == VerificationStatus::Unverified) nextAction = "needs_attempt";
  } else {
    // No strategy: with one here, Clerk's sign-up form believes that a code is on its way and never asks for it.
    json = {
        {"object", "verification_otp"}, {"status", "unverified"},        {"strategy", nullptr}, {"attempts", nullptr},
        {"expire_at", nullptr},         {"verified_at_client", nullptr}, {"error", nullptr}};
  }
  json["next_action"] = nextAction;
  json["supported_strategies"] = texts(supportedStrategies);
  return json;
}

}  // namespace clerk::instance::wire
