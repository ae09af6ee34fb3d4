#include "wire/environment.hpp"

#include "model/strategy.hpp"

namespace clerk::instance::wire {
namespace {

/// An id of one of the environment's parts: there is one of each in an instance.
std::string partId(std::string_view prefix, const Settings& settings) {
  const auto underscore = settings.instanceId.find('_');
  return std::string(prefix) + settings.instanceId.substr(underscore == std::string::npos ? 0 : underscore);
}

std::string_view requirement(const Attribute& attribute) noexcept {
  if (!attribute.enabled) return "off";
  return attribute.required ? "required" : "on";
}

JsonArray identificationStrategies(const Attributes& attributes) {
  JsonArray list;
  if (attributes.emailAddress.usedForFirstFactor) list.push_back("email_address");
  if (attributes.phoneNumber.usedForFirstFactor) list.push_back("phone_number");
  if (attributes.username.usedForFirstFactor) list.push_back("username");
  return list;
}

JsonArray firstFactors(const Attributes& attributes) {
  JsonArray list = texts(attributes.emailAddress.firstFactors);
  for (const auto& each : attributes.phoneNumber.firstFactors) list.emplace_back(each);
  if (attributes.password.enabled) {
    list.emplace_back(strategy::password);
    if (attributes.emailAddress.usedForFirstFactor) list.emplace_back(strategy::resetPasswordEmailCode);
  }
  return list;
}

JsonArray secondFactors(const Attributes& attributes) {
  JsonArray list;
  for (const auto* attribute : {&attributes.phoneNumber, &attributes.authenticatorApp, &attributes.backupCode}) {
    for (const auto& each : attribute->secondFactors) list.emplace_back(each);
  }
  return list;
}

JsonObject authConfig(const Settings& settings) {
  const auto& attributes = settings.attributes;
  return {{"object", "auth_config"},
          {"id", partId("aconf", settings)},
          {"first_name", requirement(attributes.firstName)},
          {"last_name", requirement(attributes.lastName)},
          {"email_address", requirement(attributes.emailAddress)},
          {"phone_number", requirement(attributes.phoneNumber)},
          {"username", requirement(attributes.username)},
          {"password", requirement(attributes.password)},
          {"identification_requirements", JsonArray()},
          {"identification_strategies", identificationStrategies(attributes)},
          {"first_factors", firstFactors(attributes)},
          {"second_factors", secondFactors(attributes)},
          {"email_address_verification_strategies", texts(attributes.emailAddress.verifications)},
          {"single_session_mode", settings.singleSessionMode},
          {"enhanced_email_deliverability", false},
          {"test_mode", settings.testMode},
          {"cookieless_dev", false},
          {"url_based_session_syncing", settings.isDevelopment()},
          {"claimed_at", nullptr},
          {"reverification", settings.reverificationAge.has_value()},
          {"session_minter", false},
          {"native_settings",
           {{"object", "native_settings"},
            {"api_enabled", false},
            {"trusted_device_sign_in_enabled", false},
            {"trusted_device_enrollment_prompt_after_sign_in_enabled", false},
            {"trusted_device_enrollment_prompt_after_sign_up_enabled", false}}}};
}

/// The look of Clerk's hosted pages, which its components read for their defaults.
JsonObject theme() {
  return {{"buttons", {{"font_color", "#ffffff"}, {"font_family", "Inter"}, {"font_weight", "600"}}},
          {"general",
           {{"color", "#6c47ff"},
            {"padding", "1em"},
            {"box_shadow", "0 2px 8px rgba(0, 0, 0, 0.2)"},
            {"font_color", "#151515"},
            {"font_family", "Inter"},
            {"border_radius", "0.5em"},
            {"background_color", "#ffffff"},
            {"label_font_weight", "600"}}},
          {"accounts", {{"background_color", "#ffffff"}}}};
}

void addPages(JsonObject& json, const std::string& portal) {
  static constexpr std::pair<std::string_view, std::string_view> pages[] = {
      {"home_url", "/"},
      {"sign_in_url", "/sign-in"},
      {"sign_up_url", "/sign-up"},
      {"user_profile_url", "/user"},
      {"waitlist_url", "/waitlist"},
      {"oauth_consent_url", "/oauth-consent"},
      {"after_sign_in_url", "/"},
      {"after_sign_up_url", "/"},
      {"after_sign_out_one_url", "/sign-in/choose"},
      {"after_sign_out_all_url", "/sign-in"},
      {"after_switch_session_url", "/"},
      {"after_join_waitlist_url", "/"},
      {"organization_profile_url", "/organization"},
      {"create_organization_url", "/create-organization"},
      {"after_leave_organization_url", "/"},
      {"after_create_organization_url", "/"},
      {"logo_link_url", "/"},
  };
  for (const auto& [name, path] : pages) json[name] = portal + std::string(path);
}

std::string_view preferredStrategy(const Settings& settings) {
  const auto& preferred = settings.runtime.general.preferredSignInStrategy;
  if (!preferred.empty() && settings.attributes.password.enabled) return preferred;
  return settings.attributes.password.enabled ? "password" : "otp";
}

JsonObject displayConfig(const Settings& settings) {
  JsonObject json{{"object", "display_config"},
                  {"id", partId("display_config", settings)},
                  {"instance_environment_type", settings.isDevelopment() ? "development" : "production"},
                  {"application_name", settings.applicationName},
                  {"theme", theme()},
                  {"preferred_sign_in_strategy", preferredStrategy(settings)},
                  {"logo_image_url", ""},
                  {"favicon_image_url", ""}};
  addPages(json, settings.portalUrl);
  json["support_email"] = textOrNull(settings.supportEmail);
  json["branded"] = false;
  json["experimental_force_oauth_first"] = false;
  const auto& clerkJs = settings.runtime.general.clerkJsVersion;
  json["clerk_js_version"] = clerkJs.empty() ? std::string("6") : clerkJs;
  json["show_devmode_warning"] = false;
  // Nothing of these is there: no Google One Tap, no help pages, no pictures, and no bot protection (contract 1.9).
  for (const auto name : {"google_one_tap_client_id", "help_url", "privacy_policy_url", "terms_url", "logo_url",
                          "favicon_url", "logo_image", "favicon_image", "captcha_public_key", "captcha_widget_type",
                          "captcha_public_key_invisible", "captcha_provider"}) {
    json[name] = nullptr;
  }
  json["captcha_oauth_bypass"] = JsonArray();
  json["captcha_heartbeat"] = false;
  return json;
}

JsonObject attribute(const Attribute& attribute) {
  return {{"enabled", attribute.enabled},
          {"required", attribute.required},
          {"used_for_first_factor", attribute.usedForFirstFactor},
          {"first_factors", texts(attribute.firstFactors)},
          {"used_for_second_factor", attribute.usedForSecondFactor},
          {"second_factors", texts(attribute.secondFactors)},
          {"verifications", texts(attribute.verifications)},
          {"verify_at_sign_up", attribute.verifyAtSignUp},
          {"immutable", false}};
}

JsonObject attributes(const Attributes& all) {
  return {{"email_address", attribute(all.emailAddress)},
          {"phone_number", attribute(all.phoneNumber)},
          {"username", attribute(all.username)},
          {"web3_wallet", attribute(all.web3Wallet)},
          {"first_name", attribute(all.firstName)},
          {"last_name", attribute(all.lastName)},
          {"password", attribute(all.password)},
          {"passkey", attribute(all.passkey)},
          {"authenticator_app", attribute(all.authenticatorApp)},
          {"backup_code", attribute(all.backupCode)},
          {"ticket", attribute({.enabled = true})}};
}

JsonObject passwordSettings(const PasswordSettings& settings) {
  return {{"disable_hibp", !settings.refuseBreached},
          {"disable_password_reverification", false},
          {"enforce_hibp_on_sign_in", false},
          {"min_length", settings.minLength},
          {"max_length", settings.maxLength},
          {"require_special_char", settings.requireSpecialChar},
          {"require_numbers", settings.requireNumbers},
          {"require_uppercase", settings.requireUppercase},
          {"require_lowercase", settings.requireLowercase},
          {"show_zxcvbn", false},
          {"min_zxcvbn_strength", 0},
          {"allowed_special_characters", "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~"}};
}

JsonObject attackProtection(const Settings& settings) {
  const auto duration = settings.lockout.duration.value_or(std::chrono::minutes(0));
  return {{"user_lockout",
           {{"enabled", settings.lockout.enabled},
            {"max_attempts", settings.lockout.maxAttempts},
            {"duration_in_minutes", duration.count()}}},
          {"pii", {{"enabled", true}}},
          {"email_link", {{"require_same_client", settings.linksNeedSameClient}}},
          {"enumeration_protection", {{"enabled", settings.enumerationProtection}}}};
}

/// The social connections, in the shape that Clerk's buttons read.
JsonObject social(const Settings& settings) {
  JsonObject json;
  for (const auto& provider : settings.socialProviders) {
    json[provider.strategy] = JsonObject{{"enabled", true},
                                         {"required", false},
                                         {"authenticatable", true},
                                         {"block_email_subaddresses", false},
                                         {"strategy", provider.strategy},
                                         {"not_selectable", false},
                                         {"deprecated", false},
                                         {"name", provider.name},
                                         {"logo_url", textOrNull(provider.logoUrl)}};
  }
  return json;
}

std::string_view signUpMode(const Settings& settings) {
  switch (settings.signUpMode) {
    case SignUpMode::Restricted: return "restricted";
    case SignUpMode::Waitlist: return "waitlist";
    default: return "public";
  }
}

JsonObject userSettings(const Settings& settings) {
  const JsonObject off{{"enabled", false}};
  const auto& restrictions = settings.runtime.restrictions;
  return {
      {"attributes", attributes(settings.attributes)},
      {"social", social(settings)},
      {"enterprise_sso", {{"enabled", false}, {"self_serve_sso", false}}},
      {"saml", off},
      {"sign_in",
       {{"second_factor",
         {{"required", settings.secondFactorRequired}, {"enabled", !secondFactors(settings.attributes).empty()}}}}},
      {"sign_up",
       {{"captcha_enabled", false},
        {"captcha_widget_type", "smart"},
        {"custom_action_required", false},
        {"progressive", true},
        {"mode", signUpMode(settings)},
        {"legal_consent_enabled", false},
        {"allowlist_only", settings.runtime.restrictions.allowlist},
        {"mfa", {{"required", settings.secondFactorRequired}}}}},
      {"restrictions",
       {{"allowlist", {{"enabled", restrictions.allowlist}}},
        {"blocklist", {{"enabled", restrictions.blocklist}}},
        {"allowlist_blocklist_disabled_on_sign_in", {{"enabled", restrictions.disabledOnSignIn}}},
        {"block_email_subaddresses", {{"enabled", restrictions.blockEmailSubaddresses}}},
        {"block_disposable_email_domains", {{"enabled", restrictions.blockDisposableEmailDomains}}}}},
      {"username_settings",
       {{"min_length", 4},
        {"max_length", 64},
        {"allow_extended_special_characters", false},
        {"allow_numeric_usernames", false}}},
      {"passkey_settings",
       {{"allow_autofill", false},
        {"show_sign_in_button", settings.attributes.passkey.enabled},
        {"satisfies_second_factor", settings.passkeysAreSecondFactor}}},
      {"password_settings", passwordSettings(settings.passwords)},
      {"actions",
       {{"delete_self", settings.deleteSelf}, {"create_organization", true}, {"create_organizations_limit", nullptr}}},
      {"attack_protection", attackProtection(settings)}};
}

JsonObject organizationSettings(const OrganizationSettings& settings) {
  return {{"enabled", settings.enabled},
          {"force_organization_selection", settings.forceSelection},
          {"max_allowed_memberships", settings.maxAllowedMemberships},
          {"max_role_sets_allowed", 0},
          {"actions", {{"admin_delete", settings.adminDeleteEnabled}}},
          {"domains",
           {{"enabled", settings.domainsEnabled},
            {"enrollment_modes", texts(settings.domainsEnrollmentModes)},
            {"default_role", settings.domainsDefaultRole}}},
          {"slug", {{"disabled", settings.slugDisabled}}},
          {"organization_creation_defaults", {{"enabled", settings.creationDefaultsEnabled}}},
          {"creator_role", settings.creatorRole}};
}

/// No billing. Clerk's client reads the nested members without asking whether they are there.
JsonObject commerceSettings() {
  const JsonObject none{{"enabled", false}, {"has_paid_plans", false}};
  return {{"billing",
           {{"stripe_publishable_key", nullptr},
            {"enabled", false},
            {"has_paid_user_plans", false},
            {"has_paid_org_plans", false},
            {"free_trial_requires_payment_method", true},
            {"user", none},
            {"organization", none}}}};
}

}  // namespace

JsonObject environment(const Settings& settings) {
  return {
      {"object", "environment"},
      {"id", settings.instanceId},
      {"auth_config", authConfig(settings)},
      {"display_config", displayConfig(settings)},
      {"user_settings", userSettings(settings)},
      {"organization_settings", organizationSettings(settings.runtime.organizations)},
      {"fraud_settings", {{"object", "fraud_settings"}, {"native", {{"device_attestation_mode", "disabled"}}}}},
      {"commerce_settings", commerceSettings()},
      {"api_keys_settings",
       {{"enabled", false},
        {"user_api_keys_enabled", false},
        {"orgs_api_keys_enabled", false},
        {"show_in_user_profile", false},
        {"show_in_org_profile", false}}},
      {"protect_config", {{"object", "protect_config"}, {"id", partId("protect", settings)}, {"loaders", JsonArray()}}},
      {"maintenance_mode", false},
      {"client_debug_mode", false},
      {"partitioned_cookies", false}};
}

JsonObject accountPortal(const Settings& settings) {
  const auto home = settings.portalUrl + "/";
  JsonObject json{{"object", "account_portal"}, {"allowed", true}, {"enabled", true}, {"internal_linking", true}};
  for (const auto name : {"after_sign_in_url", "after_sign_up_url", "after_join_waitlist_url",
                          "after_create_organization_url", "after_leave_organization_url", "logo_link_url"}) {
    json[name] = home;
  }
  json["customization"] = {{"appearance", nullptr},
                           {"background_color_dark", nullptr},
                           {"background_color_light", nullptr},
                           {"primary_color_dark", nullptr},
                           {"primary_color_light", nullptr}};
  return json;
}

}  // namespace clerk::instance::wire
