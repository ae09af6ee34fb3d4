#include "flows/satellite/satellite.hpp"

#include "flows/registry/registry.hpp"
#include "model/errors.hpp"
#include "model/registry_errors.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace clerk::instance {
namespace {

constexpr std::size_t secretLength = 32;
constexpr std::string_view place = "satellite link";

std::string digestOf(const Core& core, std::string_view secret) { return core.digestOf(place, secret); }

/// Where the satellite's browsers reach the Frontend API.
std::string frontendOf(const RegistryEntry& domain) {
  const auto proxy = domain.text("proxy_url");
  return proxy.empty() ? "https://clerk." + domain.name : proxy;
}

bool isAt(std::string_view host, std::string_view domain) {
  return host == domain || (host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

}  // namespace

async::Task<Outcome<std::string>> beginSync(Core& core, Visitor& visitor, SyncFields fields) {
  const auto domain = co_await core.store().read(
      [&](const Transaction& tx) { return tx.registry().findByName(registry::satelliteDomain, fields.linkDomain); });
  if (!domain) co_return Failure(errors::entryNotFound("domain", fields.linkDomain));
  if (!isAt(fields.redirectHost, domain->name)) co_return Failure(errors::resourceNotFound());
  // The token as the browser has it: to make a new one would take the one here away.
  const auto token = co_await clientTokenFor(core, visitor);
  const boost::json::object payload{{"token", token}, {"redirect_url", fields.redirectUrl}};
  auto secret = core.random().base62(secretLength);
  const auto sealed = sealText(core, place, boost::json::serialize(payload));
  co_await core.store().transact([&](Transaction& tx) {
    tx.handshakeNonces().insert(digestOf(core, secret), sealed, core.now() + core.settings().lifetimes.handshakeNonce);
  });
  co_return frontendOf(*domain) + "/v1/client/link?__clerk_token=" + secret;
}

async::Task<Outcome<Synced>> finishSync(Core& core, std::string secret) {
  const auto sealed = co_await core.store().transact(
      [&](Transaction& tx) { return tx.handshakeNonces().take(digestOf(core, secret), core.now()); });
  boost::system::error_code failed;
  const auto payload = boost::json::parse(sealed ? unsealText(core, place, *sealed) : std::string(), failed);
  if (failed || !payload.is_object()) co_return Failure(errors::resourceNotFound());
  Synced synced;
  synced.redirectUrl = payload.at("redirect_url").as_string();
  std::string token(payload.at("token").as_string());
  if (!token.empty()) {
    auto visitor = co_await identifyVisitor(
        core, {.clientToken = std::move(token), .devBrowser = {}, .origin = {}, .activity = {}});
    if (visitor) synced.visitor = *std::move(visitor);
  }
  co_return synced;
}

}  // namespace clerk::instance
