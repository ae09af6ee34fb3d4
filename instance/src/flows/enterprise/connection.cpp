#include "flows/enterprise/connection.hpp"

#include "flows/enterprise/provider_metadata.hpp"
#include "flows/redirect_url/redirect_url.hpp"
#include "model/enterprise_errors.hpp"
#include "model/errors.hpp"
#include "saml/certificate.hpp"
#include "saml/document_size.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace clerk::instance {
namespace {

namespace json = boost::json;

constexpr RegisteredKind kind{registry::enterpriseConnection, "enterprise connection"};
constexpr std::size_t longestName = 256;
constexpr std::size_t longestDomain = 253;
constexpr std::size_t mostDomains = 100;
constexpr std::size_t longestText = 16 * 1024;
constexpr std::int64_t mostListed = 500;
constexpr std::string_view idPrefix = "entconn_";
constexpr std::string_view samlPrefix = "samlc_";
constexpr std::string_view secretPlace = "client secret of an enterprise connection";

constexpr std::pair<std::string_view, EnterpriseProtocol> providers[] = {
    {"saml_custom", EnterpriseProtocol::Saml}, {"saml_okta", EnterpriseProtocol::Saml},
    {"saml_google", EnterpriseProtocol::Saml}, {"saml_microsoft", EnterpriseProtocol::Saml},
    {"oidc_custom", EnterpriseProtocol::Oidc}, {"oidc_github_enterprise", EnterpriseProtocol::Oidc},
    {"oidc_gitlab", EnterpriseProtocol::Oidc}};

// What the two halves hold.
constexpr std::array<std::string_view, 6> samlTexts{"idp_entity_id",    "idp_sso_url",  "idp_certificate",
                                                    "idp_metadata_url", "idp_metadata", "name"};
constexpr std::array<std::string_view, 3> samlFlags{"allow_subdomains", "allow_idp_initiated", "force_authn"};
constexpr std::array<std::string_view, 2> samlObjects{"attribute_mapping", "login_hint"};
constexpr std::array<std::string_view, 6> oidcTexts{"client_id", "client_secret", "discovery_url",
                                                    "auth_url",  "token_url",     "user_info_url"};
constexpr std::array<std::string_view, 1> oidcFlags{"requires_pkce"};

template <class Names>
bool contains(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

Error wrongFormat(std::string_view name, std::string_view expected) {
  return errors::formParamFormatInvalid(name, std::string(name) + " must be " + std::string(expected) + ".");
}

bool isAddress(std::string_view text) {
  return (text.starts_with("https://") || text.starts_with("http://")) && isRegistrableUrl(std::string(text));
}

/// Labels of letters, digits and dashes, at least two.
bool isDomain(std::string_view domain) {
  if (domain.empty() || domain.size() > longestDomain || domain.find('.') == std::string_view::npos) return false;
  std::size_t label = 0;
  for (const char c : domain) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && label > 0);
    if (c == '.' ? label == 0 : !letter || ++label > 63) return false;
    if (c == '.') label = 0;
  }
  return label > 0;
}

Outcome<std::vector<std::string>> normalDomains(std::vector<std::string> domains) {
  if (domains.size() > mostDomains) return Failure(errors::formParamMaxLengthExceeded("domains", mostDomains));
  std::vector<std::string> normal;
  for (auto& domain : domains) {
    std::ranges::transform(domain, domain.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (!isDomain(domain)) return Failure(wrongFormat("domains", "fully qualified domain names"));
    if (!contains(normal, domain)) normal.push_back(std::move(domain));
  }
  return normal;
}

Outcome<> takeText(json::object& part, std::string_view name, const json::value& value) {
  if (!value.is_string()) return Failure(wrongFormat(name, "a text"));
  const std::string_view text = value.get_string();
  const auto longest = name == "idp_metadata" ? saml::largestDocument : longestText;
  if (text.size() > longest) return Failure(errors::formParamMaxLengthExceeded(name, longest));
  if (name.ends_with("_url") && !text.empty() && !isAddress(text)) return Failure(wrongFormat(name, "a valid url"));
  if (name == "idp_certificate" && !text.empty() && !saml::readCertificates(text)) {
    return Failure(errors::samlCertificateInvalid());
  }
  part[name] = text;
  return {};
}

/// Writes the given members over those that there are.
template <class Texts, class Flags>
Outcome<> takePart(const Core& core, json::object& part, const json::object& given, const Texts& texts,
                   const Flags& flags) {
  for (const auto& member : given) {
    const std::string_view name = member.key();
    const auto& value = member.value();
    if (value.is_null()) {
      part.erase(name);
    } else if (contains(texts, name)) {
      if (auto taken = takeText(part, name, value); !taken) return taken;
      if (name == "client_secret") part[name] = sealText(core, secretPlace, std::string_view(value.get_string()));
    } else if (contains(flags, name)) {
      if (!value.is_bool()) return Failure(wrongFormat(name, "true or false"));
      part[name] = value;
    } else if (contains(samlObjects, name)) {
      if (!value.is_object() || json::serialize(value).size() > longestText) {
        return Failure(wrongFormat(name, "an object"));
      }
      part[name] = value;
    } else {
      return Failure(errors::formParamUnknown(name));
    }
  }
  return {};
}

/// What an active connection cannot be without.
Outcome<> checkComplete(const EnterpriseConnection& connection) {
  if (!connection.active()) return {};
  const bool saml = connection.protocol() == EnterpriseProtocol::Saml;
  const auto part = connection.part(saml ? "saml" : "oidc");
  static constexpr std::array<std::string_view, 3> forSaml{"idp_entity_id", "idp_sso_url", "idp_certificate"};
  static constexpr std::array<std::string_view, 2> forOidc{"client_id", "discovery_url"};
  std::string missing;
  const auto look = [&](const auto& names) {
    for (const auto name : names) {
      if (!part.contains(name)) missing.append(missing.empty() ? "" : ", ").append(name);
    }
  };
  saml ? look(forSaml) : look(forOidc);
  if (missing.empty()) return {};
  return Failure(saml ? errors::samlConnectionCantBeActivated(missing)
                      : errors::enterpriseConnectionCantBeActivated(missing));
}

std::vector<std::string> domainsOf(const RegistryEntry& entry) {
  std::vector<std::string> domains;
  const auto list = entry.json("domains");
  if (!list.is_array()) return domains;
  for (const auto& domain : list.get_array()) {
    if (domain.is_string()) domains.emplace_back(domain.get_string());
  }
  return domains;
}

bool isSet(const json::object& part, std::string_view name) {
  const auto* value = part.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

EnterpriseConnection connectionOf(RegistryEntry entry) {
  auto domains = domainsOf(entry);
  return {std::move(entry), std::move(domains)};
}

/// Each domain is one connection's: people must know where they are sent.
Outcome<> writeDomains(Core& core, Transaction& tx, const EnterpriseConnection& connection) {
  tx.registry().eraseOwned(registry::enterpriseDomain, connection.entry.id);
  for (const auto& domain : connection.domains) {
    auto row = newEntry(core, registry::enterpriseDomain);
    row.owner = connection.entry.id;
    row.name = domain;
    if (!tx.registry().insert(row)) return Failure(errors::enterpriseDomainTaken(domain));
  }
  return {};
}

void takeFlag(RegistryEntry& entry, std::string_view name, const std::optional<bool>& value) {
  if (value) entry.document[name] = *value;
}

Outcome<> takeOrganization(const Core& core, const Transaction& tx, RegistryEntry& entry,
                           const EnterpriseConnectionFields& fields) {
  if (fields.forgetsOrganization) entry.owner.clear();
  if (!fields.organizationId || fields.organizationId->empty()) return {};
  const auto organization = tx.organizations().findByIdOrSlug(*fields.organizationId, core.now());
  if (!organization) return Failure(errors::formResourceNotFound("organization_id"));
  entry.owner = organization->id;
  return {};
}

/// Applies the fields, inside the transaction that writes them.
Outcome<> apply(Core& core, Transaction& tx, EnterpriseConnection& connection,
                const EnterpriseConnectionFields& fields) {
  auto& entry = connection.entry;
  if (fields.name) {
    if (fields.name->empty()) return Failure(errors::formParamNil("name"));
    if (fields.name->size() > longestName) return Failure(errors::formParamMaxLengthExceeded("name", longestName));
    entry.document["name"] = *fields.name;
  }
  if (auto taken = takeOrganization(core, tx, entry, fields); !taken) return taken;
  takeFlag(entry, "active", fields.active);
  takeFlag(entry, "sync_user_attributes", fields.syncUserAttributes);
  takeFlag(entry, "disable_additional_identifications", fields.disableAdditionalIdentifications);
  takeFlag(entry, "allow_organization_account_linking", fields.allowOrganizationAccountLinking);
  if (fields.customAttributes) entry.document["custom_attributes"] = *fields.customAttributes;
  const bool saml = connection.protocol() == EnterpriseProtocol::Saml;
  auto part = connection.part(saml ? "saml" : "oidc");
  auto taken = saml ? takePart(core, part, fields.saml, samlTexts, samlFlags)
                    : takePart(core, part, fields.oidc, oidcTexts, oidcFlags);
  if (!taken) return taken;
  entry.document[saml ? "saml" : "oidc"] = std::move(part);
  if (!fields.domains.empty()) {
    auto domains = normalDomains(fields.domains);
    if (!domains) return domains.error();
    connection.domains = *std::move(domains);
    json::array list;
    for (const auto& domain : connection.domains) list.emplace_back(domain);
    entry.document["domains"] = std::move(list);
    if (auto written = writeDomains(core, tx, connection); !written) return written;
  }
  return checkComplete(connection);
}

}  // namespace

std::optional<EnterpriseProtocol> protocolOf(std::string_view provider) noexcept {
  for (const auto& [name, protocol] : providers) {
    if (name == provider) return protocol;
  }
  return std::nullopt;
}

EnterpriseProtocol EnterpriseConnection::protocol() const noexcept {
  return protocolOf(entry.text("provider")).value_or(EnterpriseProtocol::Saml);
}

bool EnterpriseConnection::allowsIdpInitiated() const { return isSet(part("saml"), "allow_idp_initiated"); }

bool EnterpriseConnection::allowsSubdomains() const { return isSet(part("saml"), "allow_subdomains"); }

json::object EnterpriseConnection::part(std::string_view name) const {
  auto value = entry.json(name);
  return value.is_object() ? std::move(value.get_object()) : json::object();
}

Outcome<EnterpriseConnection> findEnterpriseConnection(const Transaction& tx, const std::string& id) {
  auto entry = tx.registry().find(kind.kind, connectionIdOf(id));
  if (!entry) return Failure(errors::enterpriseConnectionNotFound(id));
  auto connection = connectionOf(*std::move(entry));
  const bool bySamlName = id.starts_with(samlPrefix);
  if (bySamlName && connection.protocol() != EnterpriseProtocol::Saml) {
    return Failure(errors::enterpriseConnectionNotFound(id));
  }
  return connection;
}

std::string clientSecretOf(const Core& core, const EnterpriseConnection& connection) {
  const auto part = connection.part("oidc");
  const auto* sealed = part.if_contains("client_secret");
  return sealed && sealed->is_string() ? unsealText(core, secretPlace, std::string_view(sealed->get_string()))
                                       : std::string();
}

std::string samlIdOf(std::string_view connectionId) {
  return std::string(samlPrefix) + std::string(connectionId.substr(std::min(idPrefix.size(), connectionId.size())));
}

std::string connectionIdOf(std::string_view id) {
  if (!id.starts_with(samlPrefix)) return std::string(id);
  return std::string(idPrefix) + std::string(id.substr(samlPrefix.size()));
}

async::Task<Outcome<EnterpriseConnection>> createEnterpriseConnection(Core& core, EnterpriseConnectionFields fields) {
  if (!protocolOf(fields.provider.value_or(""))) {
    co_return Failure(errors::formParamValueInvalid("provider", fields.provider.value_or("")));
  }
  if (fields.domains.empty()) co_return Failure(errors::formParamMissing("domains"));
  if (auto read = co_await readMetadataInto(fields.saml); !read) co_return read.error();
  EnterpriseConnection connection{newEntry(core, kind.kind), {}};
  connection.entry.document = {{"provider", *fields.provider},
                               {"active", false},
                               {"sync_user_attributes", true},
                               {"disable_additional_identifications", false},
                               {"allow_organization_account_linking", false}};
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<EnterpriseConnection> {
    auto made = connection;
    auto applied = apply(core, tx, made, fields);
    if (applied && tx.registry().insert(made.entry)) return made;
    tx.abandon();
    return applied ? Failure(errors::enterpriseConnectionNotFound(made.entry.id)) : applied.error();
  });
}

async::Task<Outcome<EnterpriseConnection>> updateEnterpriseConnection(Core& core, std::string id,
                                                                      EnterpriseConnectionFields fields) {
  if (auto read = co_await readMetadataInto(fields.saml); !read) co_return read.error();
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<EnterpriseConnection> {
    auto connection = findEnterpriseConnection(tx, id);
    if (!connection) return connection;
    auto applied = apply(core, tx, *connection, fields);
    connection->entry.updatedAt = core.now();
    if (applied && tx.registry().update(connection->entry)) return connection;
    tx.abandon();
    return applied ? Failure(errors::enterpriseConnectionNotFound(id)) : applied.error();
  });
}

async::Task<Outcome<EnterpriseConnection>> getEnterpriseConnection(Core& core, std::string id) {
  co_return co_await core.store().read([&](const Transaction& tx) { return findEnterpriseConnection(tx, id); });
}

async::Task<Outcome<std::string>> deleteEnterpriseConnection(Core& core, std::string id) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<std::string> {
    const auto connection = findEnterpriseConnection(tx, id);
    if (!connection) return connection.error();
    tx.registry().eraseOwned(registry::enterpriseDomain, connection->entry.id);
    tx.registry().eraseOwned(registry::enterpriseTestRun, connection->entry.id);
    tx.registry().eraseOwned(registry::samlAssertion, connection->entry.id);
    tx.registry().erase(kind.kind, connection->entry.id);
    return id;
  });
}

async::Task<Page<EnterpriseConnection>> listEnterpriseConnections(Core& core, EnterpriseConnectionFilter filter,
                                                                  PageRequest page) {
  const RegistryFilter wanted{.owner = filter.organizationId, .query = filter.query, .oldestFirst = filter.oldestFirst};
  // There are few of them: what the table cannot tell is looked at here.
  const auto all = co_await listEntries(core, kind.kind, wanted, {.limit = mostListed});
  Page<EnterpriseConnection> result;
  for (const auto& entry : all.data) {
    auto connection = connectionOf(entry);
    if (filter.active && connection.active() != *filter.active) continue;
    if (filter.protocol && connection.protocol() != *filter.protocol) continue;
    const auto place = result.totalCount++;
    if (place >= page.offset && place < page.offset + page.limit) result.data.push_back(std::move(connection));
  }
  co_return result;
}

async::Task<Outcome<std::vector<EnterpriseConnection>>> listConnectionsOfOrganization(Core& core,
                                                                                      OrganizationActor actor,
                                                                                      std::string organizationId) {
  auto organization = co_await core.store().read(
      [&](const Transaction& tx) { return authorize(core, tx, actor, organizationId, permission::manageProfile); });
  if (!organization) co_return organization.error();
  auto page = co_await listEnterpriseConnections(core, {.organizationId = organization->id, .oldestFirst = true},
                                                 {.limit = mostListed});
  co_return std::move(page.data);
}

}  // namespace clerk::instance
