#include "wire/enterprise.hpp"

#include "flows/enterprise/saml_connection.hpp"
#include "saml/certificate.hpp"
#include "settings/settings.hpp"

#include <algorithm>
#include <optional>

namespace clerk::instance::wire {
namespace {

Json memberOf(const JsonObject& part, std::string_view name) {
  const auto* value = part.if_contains(name);
  return value ? *value : Json();
}

bool flagOf(const JsonObject& part, std::string_view name) {
  const auto* value = part.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

Json loginHint(const JsonObject& part) {
  const auto hint = memberOf(part, "login_hint");
  return hint.is_object() ? hint : Json(JsonObject{{"mode", "email_address"}});
}

/// What both names of a SAML connection show of it.
JsonObject samlPart(const View& view, const EnterpriseConnection& connection) {
  const auto part = connection.part("saml");
  const auto id = samlIdOf(connection.entry.id);
  return {{"id", id},
          {"name", part.contains("name") ? memberOf(part, "name") : connection.entry.json("name")},
          {"idp_entity_id", memberOf(part, "idp_entity_id")},
          {"idp_sso_url", memberOf(part, "idp_sso_url")},
          {"idp_metadata_url", memberOf(part, "idp_metadata_url")},
          {"acs_url", samlConsumerUrl(view.settings, id)},
          {"sp_entity_id", samlEntityId(view.settings, id)},
          {"sp_metadata_url", samlMetadataUrl(view.settings, id)},
          {"active", connection.active()},
          {"allow_idp_initiated", flagOf(part, "allow_idp_initiated")},
          {"allow_subdomains", flagOf(part, "allow_subdomains")},
          {"force_authn", flagOf(part, "force_authn")},
          {"login_hint", loginHint(part)}};
}

JsonObject oauthConfig(const EnterpriseConnection& connection) {
  const auto part = connection.part("oidc");
  return {{"id", "oauthc" + connection.entry.id.substr(connection.entry.id.find('_'))},
          {"name", connection.entry.json("name")},
          {"provider_key", connection.provider()},
          {"client_id", memberOf(part, "client_id")},
          {"discovery_url", memberOf(part, "discovery_url")},
          {"auth_url", memberOf(part, "auth_url")},
          {"token_url", memberOf(part, "token_url")},
          {"user_info_url", memberOf(part, "user_info_url")},
          {"requires_pkce", flagOf(part, "requires_pkce")},
          {"logo_public_url", nullptr},
          {"created_at", toMilliseconds(connection.entry.createdAt)},
          {"updated_at", toMilliseconds(connection.entry.updatedAt)}};
}

/// Of the certificate that ends first.
std::optional<saml::Certificate> certificateOf(const JsonObject& part) {
  const auto text = memberOf(part, "idp_certificate");
  const auto all = text.is_string() ? saml::readCertificates(text.get_string()) : std::nullopt;
  if (!all) return std::nullopt;
  return *std::ranges::min_element(*all, {}, &saml::Certificate::expiresAt);
}

}  // namespace

JsonObject enterpriseConnection(const View& view, const EnterpriseConnection& connection) {
  const auto& entry = connection.entry;
  const bool saml = connection.protocol() == EnterpriseProtocol::Saml;
  const auto attributes = entry.json("custom_attributes");
  return {{"object", "enterprise_connection"},
          {"id", entry.id},
          {"name", entry.json("name")},
          {"provider", connection.provider()},
          {"logo_public_url", nullptr},
          {"active", connection.active()},
          {"domains", texts(connection.domains)},
          {"organization_id", textOrNull(entry.owner)},
          {"sync_user_attributes", entry.flag("sync_user_attributes")},
          {"disable_additional_identifications", entry.flag("disable_additional_identifications")},
          {"allow_organization_account_linking", entry.flag("allow_organization_account_linking")},
          {"authenticatable", connection.active()},
          {"disable_jit_provisioning", false},  // accounts are always made at the first sign-in
          {"custom_attributes", attributes.is_array() ? attributes : Json(JsonArray())},
          {"saml_connection", saml ? Json(samlPart(view, connection)) : Json()},
          {"oauth_config", saml ? Json() : Json(oauthConfig(connection))},
          {"created_at", toMilliseconds(entry.createdAt)},
          {"updated_at", toMilliseconds(entry.updatedAt)}};
}

JsonObject samlConnection(const View& view, const EnterpriseConnection& connection, std::int64_t people) {
  const auto& entry = connection.entry;
  const auto part = connection.part("saml");
  auto json = samlPart(view, connection);
  json["object"] = "saml_connection";
  json["domain"] = connection.domains.empty() ? "" : connection.domains.front();
  json["domains"] = texts(connection.domains);
  json["idp_certificate"] = memberOf(part, "idp_certificate");
  const auto certificate = certificateOf(part);
  json["idp_certificate_issued_at"] = certificate ? Json(toMilliseconds(certificate->issuedAt)) : Json();
  json["idp_certificate_expires_at"] = certificate ? Json(toMilliseconds(certificate->expiresAt)) : Json();
  json["idp_metadata"] = memberOf(part, "idp_metadata");
  json["organization_id"] = textOrNull(entry.owner);
  json["attribute_mapping"] = attributeMappingOf(connection);
  json["provider"] = connection.provider();
  json["user_count"] = people;
  json["authenticatable"] = connection.active();
  json["disable_jit_provisioning"] = false;
  for (const auto name :
       {"sync_user_attributes", "disable_additional_identifications", "allow_organization_account_linking"}) {
    json[name] = entry.flag(name);
  }
  json["enterprise_connection_id"] = entry.id;
  json["created_at"] = toMilliseconds(entry.createdAt);
  json["updated_at"] = toMilliseconds(entry.updatedAt);
  return json;
}

}  // namespace clerk::instance::wire
