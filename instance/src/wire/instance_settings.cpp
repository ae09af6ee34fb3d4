#include "wire/instance_settings.hpp"

#include "settings/settings_file.hpp"

namespace clerk::instance::wire {

JsonObject instance(const View& view, const RuntimeSettings& settings) {
  return {{"object", "instance"},
          {"id", view.settings.instanceId},
          {"environment_type", view.settings.isDevelopment() ? "development" : "production"},
          {"allowed_origins", texts(settings.general.allowedOrigins)},
          {"workspace_id", nullptr}};
}

JsonObject restrictions(const RuntimeSettings& settings) {
  const auto& restrictions = settings.restrictions;
  return {{"object", "instance_restrictions"},
          {"allowlist", restrictions.allowlist},
          {"blocklist", restrictions.blocklist},
          {"allowlist_blocklist_disabled_on_sign_in", restrictions.disabledOnSignIn},
          {"block_email_subaddresses", restrictions.blockEmailSubaddresses},
          {"block_disposable_email_domains", restrictions.blockDisposableEmailDomains}};
}

JsonObject communication(const RuntimeSettings& settings) {
  return {{"object", "instance_communication"}, {"blocked_country_codes", texts(settings.general.blockedCountryCodes)}};
}

JsonObject oauthApplicationSettings(const RuntimeSettings& settings) {
  const auto& oauth = settings.oauthApplications;
  return {{"object", "oauth_application_settings"},
          {"dynamic_oauth_client_registration", oauth.dynamicRegistration},
          {"default_scopes", texts(oauth.defaultScopes)},
          {"oauth_jwt_access_tokens", oauth.jwtAccessTokens},
          {"client_id_metadata_documents_advertised", oauth.metadataDocumentsAdvertised},
          {"client_id_metadata_documents_only_allow_pre_registered_clients", oauth.metadataDocumentsOnlyPreRegistered},
          {"client_id_metadata_documents_block_implicitly_allowed_clients", oauth.metadataDocumentsBlockImplicit}};
}

JsonObject signInSettings(const Settings& settings) {
  JsonObject json{{"object", "sign_in_settings"}};
  for (auto& member : changeableSettings(settings)) json[member.key()] = member.value();
  json["fixed"] = texts(settings.fixed);
  return json;
}

}  // namespace clerk::instance::wire
