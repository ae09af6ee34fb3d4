#include "wire/enterprise.hpp"

#include "settings/settings.hpp"

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

std::string acsUrl(const Settings& settings, std::string_view id) {
  return settings.portalUrl + "/v1/saml/acs/" + std::string(id);
}
std::string entityId(const Settings& settings, std::string_view id) {
  return settings.portalUrl + "/saml/" + std::string(id);
}
std::string metadataUrl(const Settings& settings, std::string_view id) {
  return settings.portalUrl + "/v1/saml/metadata/" + std::string(id) + ".xml";
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
          {"idp_metadata_url", nullptr},
          {"acs_url", acsUrl(view.settings, id)},
          {"sp_entity_id", entityId(view.settings, id)},
          {"sp_metadata_url", metadataUrl(view.settings, id)},
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

JsonObject attributeMapping(const JsonObject& part) {
  static constexpr std::pair<std::string_view, std::string_view> usual[] = {
      {"user_id", ""}, {"email_address", "mail"}, {"first_name", "givenName"}, {"last_name", "surname"}};
  const auto given = memberOf(part, "attribute_mapping");
  JsonObject mapping;
  for (const auto& [name, attribute] : usual) {
    const auto* own = given.is_object() ? given.get_object().if_contains(name) : nullptr;
    mapping[name] = own && own->is_string() ? *own : Json(attribute);
  }
  return mapping;
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
          {"custom_attributes", attributes.is_array() ? attributes : Json(JsonArray())},
          {"saml_connection", saml ? Json(samlPart(view, connection)) : Json()},
          {"oauth_config", saml ? Json() : Json(oauthConfig(connection))},
          {"created_at", toMilliseconds(entry.createdAt)},
          {"updated_at", toMilliseconds(entry.updatedAt)}};
}

JsonObject samlConnection(const View& view, const EnterpriseConnection& connection) {
  const auto& entry = connection.entry;
  const auto part = connection.part("saml");
  auto json = samlPart(view, connection);
  json["object"] = "saml_connection";
  json["domain"] = connection.domains.empty() ? "" : connection.domains.front();
  json["domains"] = texts(connection.domains);
  json["idp_certificate"] = memberOf(part, "idp_certificate");
  json["idp_certificate_issued_at"] = nullptr;
  json["idp_certificate_expires_at"] = nullptr;
  json["idp_metadata"] = nullptr;
  json["organization_id"] = textOrNull(entry.owner);
  json["attribute_mapping"] = attributeMapping(part);
  json["provider"] = connection.provider();
  json["user_count"] = 0;
  for (const auto name :
       {"sync_user_attributes", "disable_additional_identifications", "allow_organization_account_linking"}) {
    json[name] = entry.flag(name);
  }
  json["enterprise_connection_id"] = entry.id;
  json["created_at"] = toMilliseconds(entry.createdAt);
  json["updated_at"] = toMilliseconds(entry.updatedAt);
  return json;
}

std::string samlMetadata(const Settings& settings, std::string_view id) {
  // Ids and the portal's address have no character that XML gives a meaning to.
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"" +
         entityId(settings, id) +
         "\">\n  <md:SPSSODescriptor AuthnRequestsSigned=\"false\" WantAssertionsSigned=\"true\" "
         "protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">\n"
         "    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>\n"
         "    <md:AssertionConsumerService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"" +
         acsUrl(settings, id) + "\" index=\"0\"/>\n  </md:SPSSODescriptor>\n</md:EntityDescriptor>\n";
}

}  // namespace clerk::instance::wire
