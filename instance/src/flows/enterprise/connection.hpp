#pragma once
// Enterprise connections: an organization's own identity provider, with the domains whose people it knows. The Backend
// API shows those of SAML under an older name as well (`/saml_connections`).

#include "flows/organization/access.hpp"
#include "flows/registry/registry.hpp"

#include <async/task.hpp>

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

enum class EnterpriseProtocol { Saml, Oidc };
/// Of a provider's name, such as `saml_okta` or `oidc_custom`; absent for what is none.
std::optional<EnterpriseProtocol> protocolOf(std::string_view provider) noexcept;

/// A connection as it is kept.
struct EnterpriseConnection {
  RegistryEntry entry;
  std::vector<std::string> domains;  ///< lower case, in their order

  std::string provider() const { return entry.text("provider"); }
  EnterpriseProtocol protocol() const noexcept;
  bool active() const noexcept { return entry.flag("active"); }
  /// Of SAML: whether its provider may speak first.
  bool allowsIdpInitiated() const;
  /// Of SAML: whether people of subdomains are its own.
  bool allowsSubdomains() const;
  /// The members of `saml` or `oidc`; see `samlTexts` and `oidcTexts` in the source.
  boost::json::object part(std::string_view name) const;
};

/// How the half of a SAML connection is called: `samlc_…` for `entconn_…`.
std::string samlIdOf(std::string_view connectionId);
/// Of either name; anything else stays as it is.
std::string connectionIdOf(std::string_view id);

/// Absent: leave as it is. `saml` and `oidc` hold members of the Backend API's objects of these names: null empties
/// one.
struct EnterpriseConnectionFields {
  std::optional<std::string> name{};
  std::optional<std::string> provider{};  ///< of a new one
  std::vector<std::string> domains{};     ///< empty: leave as they are
  std::optional<std::string> organizationId{};
  bool forgetsOrganization = false;
  std::optional<bool> active{};
  std::optional<bool> syncUserAttributes{};
  std::optional<bool> disableAdditionalIdentifications{};
  std::optional<bool> allowOrganizationAccountLinking{};
  std::optional<boost::json::array> customAttributes{};
  boost::json::object saml{};
  boost::json::object oidc{};
};

/// Errors: `form_param_value_invalid` (provider), `form_param_format_invalid` (domains, addresses, certificate),
/// `form_identifier_exists` (a domain of another connection), `resource_not_found` (organization),
/// `…_cant_be_activated`.
async::Task<Outcome<EnterpriseConnection>> createEnterpriseConnection(Core& core, EnterpriseConnectionFields fields);
async::Task<Outcome<EnterpriseConnection>> updateEnterpriseConnection(Core& core, std::string id,
                                                                      EnterpriseConnectionFields fields);
/// Inside a transaction. Errors: `resource_not_found`.
Outcome<EnterpriseConnection> findEnterpriseConnection(const Transaction& tx, const std::string& id);
/// Empty when it has none.
std::string clientSecretOf(const Core& core, const EnterpriseConnection& connection);
async::Task<Outcome<EnterpriseConnection>> getEnterpriseConnection(Core& core, std::string id);
/// Gives the id, by the name that was given.
async::Task<Outcome<std::string>> deleteEnterpriseConnection(Core& core, std::string id);

struct EnterpriseConnectionFilter {
  std::optional<std::string> organizationId{};
  std::optional<bool> active{};
  std::optional<EnterpriseProtocol> protocol{};
  std::string query{};
  bool oldestFirst = false;
};
async::Task<Page<EnterpriseConnection>> listEnterpriseConnections(Core& core, EnterpriseConnectionFilter filter,
                                                                  PageRequest page);
/// Those of an organization, for one of its members who manages it.
async::Task<Outcome<std::vector<EnterpriseConnection>>> listConnectionsOfOrganization(Core& core,
                                                                                      OrganizationActor actor,
                                                                                      std::string organizationId);

}  // namespace clerk::instance
