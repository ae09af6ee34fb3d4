#include "flows/domain/domain.hpp"

#include "flows/redirect_url/redirect_url.hpp"
#include "model/errors.hpp"
#include "model/registry_errors.hpp"

#include <algorithm>
#include <cctype>

namespace clerk::instance {
namespace {

constexpr std::size_t longestHost = 253;

/// Labels of letters, digits and dashes, at least two, perhaps a port; lower case.
bool isHost(std::string_view host) {
  if (const auto colon = host.find(':'); colon != std::string_view::npos) {
    const auto port = host.substr(colon + 1);
    if (port.empty() || port.size() > 5 || !std::ranges::all_of(port, [](unsigned char c) { return std::isdigit(c); }))
      return false;
    host = host.substr(0, colon);
  }
  if (host.empty() || host.size() > longestHost || host.find('.') == std::string_view::npos) return false;
  std::size_t label = 0;
  char before = '.';
  for (const char c : host) {
    if (c == '.') {
      if (label == 0 || before == '-') return false;
      label = 0;
    } else {
      const bool dash = c == '-';
      if (!dash && !std::isdigit(static_cast<unsigned char>(c)) && !(c >= 'a' && c <= 'z')) return false;
      if ((dash && label == 0) || ++label > 63) return false;
    }
    before = c;
  }
  return label > 0 && before != '-';
}

std::string lowerCase(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

Outcome<> setName(RegistryEntry& entry, std::string name) {
  name = lowerCase(std::move(name));
  if (!isHost(name)) return Failure(errors::formParamFormatInvalid("name", "name must be a valid domain name."));
  entry.name = std::move(name);
  return {};
}

Outcome<> setProxyUrl(RegistryEntry& entry, const std::string& proxyUrl) {
  if (proxyUrl.empty()) {
    entry.document["proxy_url"] = nullptr;
    return {};
  }
  const bool web = proxyUrl.starts_with("https://") || proxyUrl.starts_with("http://");
  if (!web || !isRegistrableUrl(proxyUrl)) {
    return Failure(errors::formParamFormatInvalid("proxy_url", "proxy_url must be a valid url."));
  }
  entry.document["proxy_url"] = proxyUrl;
  return {};
}

Error nameTaken() { return errors::duplicateRecord("domain", "name"); }

}  // namespace

async::Task<Outcome<RegistryEntry>> createSatelliteDomain(Core& core, std::string name,
                                                          std::optional<std::string> proxyUrl) {
  auto entry = newEntry(core, registry::satelliteDomain);
  if (auto named = setName(entry, std::move(name)); !named) co_return named.error();
  if (auto proxied = setProxyUrl(entry, proxyUrl.value_or("")); !proxied) co_return proxied.error();
  if (entry.name == core.settings().frontendApiHost) co_return Failure(nameTaken());
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<RegistryEntry> {
    if (!tx.registry().insert(entry)) return Failure(nameTaken());
    return entry;
  });
}

async::Task<Outcome<RegistryEntry>> updateSatelliteDomain(Core& core, std::string id, SatelliteDomainChanges changes) {
  co_return co_await changeEntry(core, registered::satelliteDomain, std::move(id), nameTaken(),
                                 [&](Transaction&, RegistryEntry& entry) -> Outcome<> {
                                   if (changes.name) {
                                     if (auto named = setName(entry, *changes.name); !named) return named;
                                   }
                                   return changes.proxyUrl ? setProxyUrl(entry, *changes.proxyUrl) : Outcome<>();
                                 });
}

async::Task<Outcome<RegistryEntry>> recordProxyCheck(Core& core, std::string domainId, std::string proxyUrl,
                                                     bool successful) {
  auto entry = newEntry(core, registry::proxyCheck);
  entry.owner = std::move(domainId);
  if (auto proxied = setProxyUrl(entry, proxyUrl); !proxied) co_return proxied.error();
  entry.document["successful"] = successful;
  entry.document["last_run_at"] = toMilliseconds(core.now());
  entry.expiresAt = core.now() + std::chrono::days(30);
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<RegistryEntry> {
    if (!tx.registry().insert(entry)) return Failure(errors::duplicateRecord("proxy check", "id"));
    return entry;
  });
}

}  // namespace clerk::instance
