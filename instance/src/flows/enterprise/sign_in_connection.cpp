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
  const auto& id = connection.entry.id;
  return std::string(strategy::enterprisePrefix) +
         (connection.protocol() == EnterpriseProtocol::Saml ? samlIdOf(id) : id);
}

std::string connectionIdIn(std::string_view provider) {
  return connectionIdOf(provider.substr(strategy::enterprisePrefix.size()));
}

bool isSamlProvider(std::string_view provider) noexcept { return provider.starts_with("enterprise_samlc_"); }

bool isEnterpriseProvider(std::string_view provider) noexcept {
  return provider.starts_with("enterprise_entconn_") || isSamlProvider(provider);
}

std::string_view shownStrategy(std::string_view provider) noexcept {
  return isEnterpriseProvider(provider) ? strategy::enterpriseSso : provider;
}

namespace {

std::optional<EnterpriseConnection> findByDomain(const Transaction& tx, std::string_view domain) {
  const auto row = tx.registry().findByName(registry::enterpriseDomain, domain);
  if (!row) return std::nullopt;
  auto connection = findEnterpriseConnection(tx, row->owner);
  return connection && connection->active() ? std::optional(*std::move(connection)) : std::nullopt;
}

}  // namespace

std::optional<EnterpriseConnection> findSignInConnection(const Transaction& tx, std::string_view identifier) {
  auto domain = domainOf(identifier);
  if (domain.empty()) return std::nullopt;
  if (auto own = findByDomain(tx, domain)) return own;
  // The nearest domain above whose connection allows those below it.
  for (auto dot = domain.find('.'); dot != std::string_view::npos; dot = domain.find('.')) {
    domain.remove_prefix(dot + 1);
    if (domain.find('.') == std::string_view::npos) return std::nullopt;
    auto above = findByDomain(tx, domain);
    if (above && above->allowsSubdomains()) return above;
  }
  return std::nullopt;
}

Outcome<EnterpriseConnection> requireSignInConnection(const Transaction& tx, std::string_view identifier) {
  auto connection = findSignInConnection(tx, identifier);
  if (!connection) return Failure(errors::enterpriseSignInConnectionMissing());
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

Outcome<> checkWayIn(const Transaction& tx, const User& user, std::string_view strategy) {
  const bool open =
      isEnterpriseProvider(strategy) || strategy == strategy::enterpriseSso || strategy == strategy::ticket;
  const bool bound = !open && std::ranges::any_of(user.emailAddresses, [&](const EmailAddress& email) {
    return email.verified() && findSignInConnection(tx, email.emailAddress);
  });
  if (bound) return Failure(errors::signInMustUseEnterpriseConnection());
  return {};
}

async::Task<std::int64_t> countPeopleOf(Core& core, const EnterpriseConnection& connection) {
  const auto provider = enterpriseProviderOf(connection);
  co_return co_await core.store().read([&](const Transaction& tx) { return tx.users().countClaimed(provider); });
}

async::Task<std::optional<SocialProvider>> enterpriseProvider(Core& core, std::string provider) {
  const auto connection = co_await getEnterpriseConnection(core, connectionIdIn(provider));
  if (!connection || !connection->active() || connection->protocol() != EnterpriseProtocol::Oidc)
    co_return std::nullopt;
  co_return oidcProviderOf(core, *connection);
}

bool speaksFor(const EnterpriseConnection& connection, std::string_view emailAddress) {
  const auto domain = domainOf(emailAddress);
  const bool below = connection.allowsSubdomains();
  return std::ranges::any_of(connection.domains, [&](const std::string& own) {
    return domain == own || (below && domain.ends_with("." + own));
  });
}

async::Task<bool> isOfConnection(Core& core, std::string provider, std::string emailAddress) {
  const auto connection = co_await getEnterpriseConnection(core, connectionIdIn(provider));
  co_return connection&& speaksFor(*connection, emailAddress);
}

}  // namespace clerk::instance
