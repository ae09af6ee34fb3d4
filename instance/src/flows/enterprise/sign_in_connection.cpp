#include "flows/enterprise/sign_in_connection.hpp"

#include "model/enterprise_errors.hpp"
#include "model/strategy.hpp"

#include <algorithm>

namespace clerk::instance {
namespace {

constexpr std::string_view wellKnown = "/.well-known/openid-configuration";

std::string_view domainOf(std::string_view identifier) {
  const auto at = identifier.rfind('@');
  return at == std::string_view::npos ? std::string_view() : identifier.substr(at + 1);
}

std::string textIn(const boost::json::object& part, std::string_view name) {
  const auto* value = part.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

std::string enterpriseProviderOf(const EnterpriseConnection& connection) {
  return std::string(strategy::enterprisePrefix) + connection.entry.id;
}

std::string connectionIdIn(std::string_view provider) {
  return std::string(provider.substr(strategy::enterprisePrefix.size()));
}

bool isEnterpriseProvider(std::string_view provider) noexcept { return provider.starts_with("enterprise_entconn_"); }

std::string_view shownStrategy(std::string_view provider) noexcept {
  return isEnterpriseProvider(provider) ? strategy::enterpriseSso : provider;
}

namespace {

std::optional<EnterpriseConnection> findActiveConnection(const Transaction& tx, std::string_view identifier) {
  const auto domain = domainOf(identifier);
  const auto row = domain.empty() ? std::nullopt : tx.registry().findByName(registry::enterpriseDomain, domain);
  if (!row) return std::nullopt;
  auto connection = findEnterpriseConnection(tx, row->owner);
  return connection && connection->active() ? std::optional(*std::move(connection)) : std::nullopt;
}

}  // namespace

std::optional<EnterpriseConnection> findSignInConnection(const Transaction& tx, std::string_view identifier) {
  auto connection = findActiveConnection(tx, identifier);
  return connection && connection->protocol() == EnterpriseProtocol::Oidc ? std::move(connection) : std::nullopt;
}

Outcome<EnterpriseConnection> requireSignInConnection(const Transaction& tx, std::string_view identifier) {
  auto connection = findActiveConnection(tx, identifier);
  if (!connection) return Failure(errors::enterpriseSignInConnectionMissing());
  if (connection->protocol() != EnterpriseProtocol::Oidc) return Failure(errors::enterpriseConnectionInvalidType());
  return *std::move(connection);
}

SocialProvider oidcProviderOf(const Core& core, const EnterpriseConnection& connection) {
  const auto part = connection.part("oidc");
  auto issuer = textIn(part, "discovery_url");
  if (issuer.ends_with(wellKnown)) issuer.resize(issuer.size() - wellKnown.size());
  return {.strategy = enterpriseProviderOf(connection),
          .name = connection.entry.text("name"),
          .issuer = std::move(issuer),
          .clientId = textIn(part, "client_id"),
          .clientSecret = clientSecretOf(core, connection)};
}

async::Task<std::optional<SocialProvider>> enterpriseProvider(Core& core, std::string provider) {
  const auto connection = co_await getEnterpriseConnection(core, connectionIdIn(provider));
  if (!connection || !connection->active() || connection->protocol() != EnterpriseProtocol::Oidc)
    co_return std::nullopt;
  co_return oidcProviderOf(core, *connection);
}

bool speaksFor(const EnterpriseConnection& connection, std::string_view emailAddress) {
  return std::ranges::find(connection.domains, domainOf(emailAddress)) != connection.domains.end();
}

async::Task<bool> isOfConnection(Core& core, std::string provider, std::string emailAddress) {
  const auto connection = co_await getEnterpriseConnection(core, connectionIdIn(provider));
  co_return connection&& speaksFor(*connection, emailAddress);
}

}  // namespace clerk::instance
