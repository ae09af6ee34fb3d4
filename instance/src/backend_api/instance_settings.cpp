#include "wire/instance_settings.hpp"

#include "api/web_address.hpp"
#include "backend_api/backend_api.hpp"
#include "flows/runtime_settings/runtime_settings.hpp"
#include "model/errors.hpp"
#include "wire/error.hpp"

#include <algorithm>
#include <array>

namespace clerk::instance::backend_api {
namespace {

constexpr std::size_t mostOrigins = 100;
constexpr std::size_t mostCountries = 300;
constexpr std::size_t longestText = 1024;

/// What a body says of a group of settings: absent members leave theirs.
template <class Group>
struct Switch {
  std::string_view name;
  bool Group::* value;
};

template <class Group, std::size_t Size>
void readSwitches(JsonFields& body, Group& group, const std::array<Switch<Group>, Size>& switches) {
  for (const auto& each : switches) {
    if (const auto value = body.boolean(each.name)) group.*each.value = *value;
  }
}

constexpr std::array<Switch<RestrictionSettings>, 5> restrictionSwitches{
    {{"allowlist", &RestrictionSettings::allowlist},
     {"blocklist", &RestrictionSettings::blocklist},
     {"allowlist_blocklist_disabled_on_sign_in", &RestrictionSettings::disabledOnSignIn},
     {"block_email_subaddresses", &RestrictionSettings::blockEmailSubaddresses},
     {"block_disposable_email_domains", &RestrictionSettings::blockDisposableEmailDomains}}};

constexpr std::array<Switch<OAuthApplicationSettings>, 5> oauthSwitches{
    {{"dynamic_oauth_client_registration", &OAuthApplicationSettings::dynamicRegistration},
     {"oauth_jwt_access_tokens", &OAuthApplicationSettings::jwtAccessTokens},
     {"client_id_metadata_documents_advertised", &OAuthApplicationSettings::metadataDocumentsAdvertised},
     {"client_id_metadata_documents_only_allow_pre_registered_clients",
      &OAuthApplicationSettings::metadataDocumentsOnlyPreRegistered},
     {"client_id_metadata_documents_block_implicitly_allowed_clients",
      &OAuthApplicationSettings::metadataDocumentsBlockImplicit}}};

using Show = wire::JsonObject (*)(const RuntimeSettings& settings);

/// Reads the body into the settings as they are then, and answers with what came of it.
async::Task<Outcome<wire::Json>> change(Call& call, void (*read)(JsonFields& body, RuntimeSettings& settings),
                                        Show show) {
  const auto settings =
      co_await changeRuntimeSettings(call.core, [&](const Transaction&, RuntimeSettings& changed) -> Outcome<> {
        auto body = call.body();
        read(body, changed);
        if (auto wrong = body.failure()) return *wrong;
        return {};
      });
  if (!settings) co_return settings.error();
  co_return wire::Json(show(*settings));
}

void readRestrictions(JsonFields& body, RuntimeSettings& settings) {
  readSwitches(body, settings.restrictions, restrictionSwitches);
}

bool isCountry(const std::string& code) {
  return code.size() == 2 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
}

void readCommunication(JsonFields& body, RuntimeSettings& settings) {
  const auto codes = body.listChange("blocked_country_codes", mostCountries);
  if (!codes) return;
  if (!std::ranges::all_of(*codes, isCountry)) body.refuse(wire::wrong::paramValue("blocked_country_codes"));
  settings.general.blockedCountryCodes = *codes;
}

void readOAuthSettings(JsonFields& body, RuntimeSettings& settings) {
  readSwitches(body, settings.oauthApplications, oauthSwitches);
  const auto scopes = body.listChange("default_scopes", 20);
  if (!scopes) return;
  constexpr std::array<std::string_view, 7> known{
      "email", "profile", "openid", "offline_access", "public_metadata", "private_metadata", "user:org:read"};
  for (const auto& scope : *scopes) {
    if (std::ranges::find(known, scope) == known.end()) {
      return body.refuse(errors::formParamValueInvalid("default_scopes", scope));
    }
  }
  settings.oauthApplications.defaultScopes = *scopes;
}

void readText(JsonFields& body, std::string_view name, std::string& value) {
  if (const auto text = body.textChange(name)) {
    if (*text && (*text)->size() > longestText) {
      return body.refuse(errors::formParamMaxLengthExceeded(name, longestText));
    }
    value = text->value_or("");
  }
}

/// The two ways of syncing sessions follow from the key: they are read and checked, and change nothing
/// (conformance/decisions.md).
void readInstance(JsonFields& body, RuntimeSettings& settings) {
  auto& general = settings.general;
  for (const auto* fixed : {"cookieless_dev", "url_based_session_syncing"}) body.boolean(fixed);
  for (const auto* flag : {"test_mode", "hibp"}) {
    if (const auto value = body.boolean(flag)) settings.signIn[flag] = *value;
  }
  readText(body, "support_email", general.supportEmail);
  readText(body, "clerk_js_version", general.clerkJsVersion);
  readText(body, "development_origin", general.developmentOrigin);
  // Browsers are sent there.
  const auto& home = general.developmentOrigin;
  if (!home.empty() && !api::WebAddress::parse(home)) {
    body.refuse(errors::formParamFormatInvalid("development_origin", "development_origin must be an address."));
  }
  readText(body, "preferred_sign_in_strategy_when_password_required", general.preferredSignInStrategy);
  const auto& preferred = general.preferredSignInStrategy;
  if (!preferred.empty() && preferred != "password" && preferred != "otp") {
    body.refuse(wire::wrong::paramValue("preferred_sign_in_strategy_when_password_required", "password, otp"));
  }
  if (const auto origins = body.listChange("allowed_origins", mostOrigins)) {
    for (const auto& origin : *origins) {
      const bool native = origin.find("://") != std::string::npos && !origin.starts_with("http");
      const auto web = api::WebAddress::parse(origin);
      if (origin.size() > longestText || !(native || (web && web->origin() == origin))) {
        return body.refuse(errors::formParamFormatInvalid("allowed_origins", "allowed_origins must be origins."));
      }
    }
    general.allowedOrigins = *origins;
  }
}

async::Task<Outcome<wire::Json>> readInstanceItself(Call& call) {
  const auto settings = co_await readRuntimeSettings(call.core);
  co_return wire::Json(wire::instance(call.view(), settings));
}

async::Task<Outcome<wire::Json>> updateInstance(Call& call) {
  call.status = 204;
  co_return co_await change(call, readInstance, [](const RuntimeSettings&) { return wire::JsonObject(); });
}

async::Task<Outcome<wire::Json>> updateRestrictions(Call& call) {
  co_return co_await change(call, readRestrictions, wire::restrictions);
}

async::Task<Outcome<wire::Json>> getCommunication(Call& call) {
  co_return wire::Json(wire::communication(co_await readRuntimeSettings(call.core)));
}

async::Task<Outcome<wire::Json>> updateCommunication(Call& call) {
  co_return co_await change(call, readCommunication, wire::communication);
}

async::Task<Outcome<wire::Json>> getOAuthSettings(Call& call) {
  co_return wire::Json(wire::oauthApplicationSettings(co_await readRuntimeSettings(call.core)));
}

async::Task<Outcome<wire::Json>> updateOAuthSettings(Call& call) {
  co_return co_await change(call, readOAuthSettings, wire::oauthApplicationSettings);
}

async::Task<Outcome<wire::Json>> getSignInSettings(Call& call) {
  co_await call.core.refreshSettings();
  co_return wire::Json(wire::signInSettings(call.core.settings()));
}

/// Our own, in the words of the settings file (docs/instance-settings.md): at Clerk's they are set on a page alone.
async::Task<Outcome<wire::Json>> updateSignInSettings(Call& call) {
  const auto& body = call.request.body();
  const auto* members = body.isJson() ? body.json().if_object() : nullptr;
  if (members) {
    if (const auto changed = co_await changeSignInSettings(call.core, *members); !changed) co_return changed.error();
  }
  co_return wire::Json(wire::signInSettings(call.core.settings()));
}

}  // namespace

void addInstanceSettings(const AddOperation& add) {
  add("GET", "/instance", readInstanceItself);
  add("PATCH", "/instance", updateInstance);
  add("PATCH", "/instance/restrictions", updateRestrictions);
  add("GET", "/instance/sign_in_settings", getSignInSettings);
  add("PATCH", "/instance/sign_in_settings", updateSignInSettings);
  add("GET", "/instance/communication", getCommunication);
  add("PATCH", "/instance/communication", updateCommunication);
  add("GET", "/instance/oauth_application_settings", getOAuthSettings);
  add("PATCH", "/instance/oauth_application_settings", updateOAuthSettings);
}

}  // namespace clerk::instance::backend_api
