#pragma once
// What a SAML connection is to the two who speak by it: addresses, what is asked, and who is meant by an answer.

#include "flows/enterprise/connection.hpp"
#include "saml/request.hpp"
#include "saml/response.hpp"
#include "settings/settings.hpp"
#include "strategies/oidc.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// By the connection's `samlc_…` id.
std::string samlConsumerUrl(const Settings& settings, std::string_view samlId);
std::string samlEntityId(const Settings& settings, std::string_view samlId);
std::string samlMetadataUrl(const Settings& settings, std::string_view samlId);

/// Which of a provider's attributes is what, with the usual ones where the connection does not say.
boost::json::object attributeMappingOf(const EnterpriseConnection& connection);

/// A browser's way to the provider: what it carries, and by what its answer is known.
struct SamlJourney {
  saml::AuthnRequest request;  ///< without a destination when the connection has none yet
  std::string relayState;
};
SamlJourney newSamlJourney(Core& core, const EnterpriseConnection& connection);
saml::Expected samlExpectedOf(const Settings& settings, const EnterpriseConnection& connection,
                              std::optional<std::string> requestId);

/// Who signed in there. Errors: `saml_user_attribute_missing`, `saml_email_address_domain_mismatch`.
Outcome<OidcProfile> samlProfileOf(const EnterpriseConnection& connection, const saml::Assertion& assertion);

}  // namespace clerk::instance
