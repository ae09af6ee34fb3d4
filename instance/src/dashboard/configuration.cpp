// What the instance is: the settings that it was started with, those that may be changed, and its keys.

#include "dashboard/operations.hpp"
#include "flows/runtime_settings/runtime_settings.hpp"
#include "settings/keys.hpp"
#include "wire/instance_settings.hpp"
#include "wire/key_set.hpp"

#include <array>

namespace clerk::instance::dashboard {
namespace {

using backend_api::Call;

constexpr std::array<std::pair<std::string_view, Attribute Attributes::*>, 10> attributes{
    {{"email_address", &Attributes::emailAddress},
     {"phone_number", &Attributes::phoneNumber},
     {"username", &Attributes::username},
     {"web3_wallet", &Attributes::web3Wallet},
     {"first_name", &Attributes::firstName},
     {"last_name", &Attributes::lastName},
     {"password", &Attributes::password},
     {"passkey", &Attributes::passkey},
     {"authenticator_app", &Attributes::authenticatorApp},
     {"backup_code", &Attributes::backupCode}}};

wire::JsonArray shownAttributes(const Attributes& all) {
  wire::JsonArray list;
  for (const auto& [name, member] : attributes) {
    const auto& attribute = all.*member;
    list.push_back(wire::JsonObject{{"name", name},
                                    {"enabled", attribute.enabled},
                                    {"required", attribute.required},
                                    {"first_factors", wire::texts(attribute.firstFactors)},
                                    {"second_factors", wire::texts(attribute.secondFactors)},
                                    {"verify_at_sign_up", attribute.verifyAtSignUp}});
  }
  return list;
}

wire::JsonObject started(const Settings& settings) {
  return {{"application_name", settings.applicationName},
          {"environment", settings.isDevelopment() ? "development" : "production"},
          {"portal_url", settings.portalUrl},
          {"frontend_api_host", settings.frontendApiHost},
          {"attributes", shownAttributes(settings.attributes)},
          {"rate_limits", settings.rateLimits.enabled},
          {"lifetimes",
           {{"session_token_seconds", settings.lifetimes.sessionToken.count()},
            {"session_seconds", settings.lifetimes.session.count()},
            {"code_seconds", settings.lifetimes.code.count()}}},
          {"audit_log_retention_seconds", settings.auditLogKept.count()}};
}

/// What `PATCH /instance` changes and `GET /instance` does not tell.
wire::JsonObject general(const GeneralSettings& settings) {
  return {{"allowed_origins", wire::texts(settings.allowedOrigins)},
          {"development_origin", settings.developmentOrigin},
          {"support_email", settings.supportEmail},
          {"clerk_js_version", settings.clerkJsVersion}};
}

async::Task<Outcome<wire::Json>> readSettings(Call& call) {
  co_await call.core.refreshSettings();
  const auto settings = co_await readRuntimeSettings(call.core);
  co_return wire::JsonObject{{"configuration", started(call.core.settings())},
                             {"general", general(settings.general)},
                             {"restrictions", wire::restrictions(settings)},
                             {"communication", wire::communication(settings)},
                             {"oauth_applications", wire::oauthApplicationSettings(settings)}};
}

/// Its kind and nothing more: who may read it has it, and a page is looked at over shoulders.
std::string masked(std::string_view secretKey) { return std::string(secretKey.substr(0, 8)) + std::string(12, '*'); }

async::Task<Outcome<wire::Json>> readKeys(Call& call) {
  const auto& core = call.core;
  auto& tokens = call.core.tokens();
  co_return wire::JsonObject{
      {"publishable_key", core.settings().publishableKey},
      {"secret_key", {{"masked", masked(core.secretKey())}, {"fingerprint", fingerprintOf(core.secretKey())}}},
      {"frontend_api_url", core.settings().portalUrl},
      {"backend_api_url", core.settings().portalUrl + "/__bapi"},
      {"jwks_url", core.settings().portalUrl + "/.well-known/jwks.json"},
      {"issuer", core.settings().issuer()},
      {"jwks", wire::keySet(tokens)},
      {"jwt_key", tokens.publicKey().toPem()}};
}

}  // namespace

void addConfiguration(const backend_api::AddOperation& add) {
  add("GET", "/settings", readSettings);
  add("GET", "/keys", readKeys);
}

}  // namespace clerk::instance::dashboard
