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
  };
  for (const auto& [name, object] : names) {
    if (strategy == name) return object;
  }
  if (strategy.starts_with("oauth_") || strategy == strategy::enterpriseSso) return "verification_oauth";
  if (strategy.starts_with("from_oauth_")) return "verification_from_oauth";
  return "verification_otp";
}

Json errorOf(const Verification& verification) {
  if (verification.errorCode.empty()) return {};
  return JsonObject{{"code", verification.errorCode},
                    {"message", verification.errorMessage},
                    {"long_message", verification.errorLongMessage}};
}

JsonObject common(const Verification& verification, Time now) {
  return {{"object", objectOf(verification.strategy)},
          {"status", nameOf(verification.statusAt(now))},
          {"strategy", verification.strategy},
          {"attempts", orNull(verification.attempts)},
          {"expire_at", orNull(verification.expireAt)}};
}

}  // namespace

Json verification(const std::optional<Verification>& verification, Time now) {
  if (!verification) return {};
  auto json = common(*verification, now);
  // The document knows nothing more of what a backend set as verified.
  if (verification->strategy == strategy::admin) return json;
  // A text where it is declared for links, which know the client that followed them; nothing to say otherwise.
  if (verification->strategy != strategy::emailLink || !verification->verifiedAtClient.empty()) {
    json["verified_at_client"] = textOrNull(verification->verifiedAtClient);
  }
  json["error"] = errorOf(*verification);
  if (verification->strategy == strategy::passkey && !verification->nonce.empty()) json["nonce"] = verification->nonce;
  if (!verification->externalRedirectUrl.empty()) {
    json["external_verification_redirect_url"] = verification->externalRedirectUrl;
  }
  return json;
}

Json backendVerification(const std::optional<Verification>& verification, Time now) {
  if (!verification) return {};
  auto json = common(*verification, now);
  json["verified_at_client"] = textOrNull(verification->verifiedAtClient);
  if (verification->strategy != strategy::admin) json["error"] = errorOf(*verification);
  return json;
}

JsonObject backendsOwnVerification(const Verification& verification, Time now) {
  auto json = common(verification, now);
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
