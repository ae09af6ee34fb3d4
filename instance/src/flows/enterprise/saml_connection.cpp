#include "flows/enterprise/saml_connection.hpp"

#include "flows/enterprise/sign_in_connection.hpp"
#include "flows/normal_form.hpp"
#include "model/enterprise_errors.hpp"

#include <utility>

namespace clerk::instance {
namespace {

constexpr std::size_t requestIdBytes = 20;
constexpr std::size_t relayStateLength = 43;  // of the 80 bytes that bindings allow

constexpr std::pair<std::string_view, std::string_view> usualMapping[] = {
    {"user_id", ""}, {"email_address", "mail"}, {"first_name", "givenName"}, {"last_name", "surname"}};

std::string textIn(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

bool flagIn(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

}  // namespace

std::string samlConsumerUrl(const Settings& settings, std::string_view samlId) {
  return settings.portalUrl + "/v1/saml/acs/" + std::string(samlId);
}
std::string samlEntityId(const Settings& settings, std::string_view samlId) {
  return settings.portalUrl + "/saml/" + std::string(samlId);
}
std::string samlMetadataUrl(const Settings& settings, std::string_view samlId) {
  return settings.portalUrl + "/v1/saml/metadata/" + std::string(samlId) + ".xml";
}

boost::json::object attributeMappingOf(const EnterpriseConnection& connection) {
  const auto part = connection.part("saml");
  const auto* given = part.if_contains("attribute_mapping");
  boost::json::object mapping;
  for (const auto& [name, usual] : usualMapping) {
    const auto* own = given && given->is_object() ? given->get_object().if_contains(name) : nullptr;
    mapping[name] = own && own->is_string() ? *own : boost::json::value(usual);
  }
  return mapping;
}

SamlJourney newSamlJourney(Core& core, const EnterpriseConnection& connection) {
  const auto part = connection.part("saml");
  const auto samlId = samlIdOf(connection.entry.id);
  return {{.id = "_" + core.random().hex(requestIdBytes),
           .destination = textIn(part, "idp_sso_url"),
           .issuer = samlEntityId(core.settings(), samlId),
           .consumerUrl = samlConsumerUrl(core.settings(), samlId),
           .issuedAt = core.now(),
           .forceAuthn = flagIn(part, "force_authn")},
          core.random().base62(relayStateLength)};
}

saml::Expected samlExpectedOf(const Settings& settings, const EnterpriseConnection& connection,
                              std::optional<std::string> requestId) {
  const auto part = connection.part("saml");
  const auto samlId = samlIdOf(connection.entry.id);
  return {.issuer = textIn(part, "idp_entity_id"),
          .certificates = textIn(part, "idp_certificate"),
          .audience = samlEntityId(settings, samlId),
          .consumerUrl = samlConsumerUrl(settings, samlId),
          .requestId = std::move(requestId)};
}

Outcome<OidcProfile> samlProfileOf(const EnterpriseConnection& connection, const saml::Assertion& assertion) {
  const auto mapping = attributeMappingOf(connection);
  const auto mapped = [&](std::string_view name) { return assertion.value(textIn(mapping, name)); };
  const auto ownId = textIn(mapping, "user_id");
  OidcProfile profile{.subject = ownId.empty() ? assertion.nameId : assertion.value(ownId),
                      .emailAddress = mapped("email_address"),
                      .emailAddressVerified = true,
                      .firstName = mapped("first_name"),
                      .lastName = mapped("last_name")};
  if (profile.subject.empty()) return Failure(errors::samlAttributeMissing(ownId));
  if (profile.emailAddress.empty()) return Failure(errors::samlAttributeMissing(textIn(mapping, "email_address")));
  const auto email = normalEmailAddress(profile.emailAddress, "email_address");
  if (!email || !speaksFor(connection, *email)) return Failure(errors::samlAddressMismatch());
  profile.emailAddress = *email;
  return profile;
}

}  // namespace clerk::instance
