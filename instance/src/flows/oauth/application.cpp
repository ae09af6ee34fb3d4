#include "flows/oauth/application.hpp"

#include "flows/redirect_url/redirect_url.hpp"
#include "flows/user/profile_image.hpp"
#include "model/errors.hpp"
#include "model/registry_errors.hpp"

#include <crypto/digest.hpp>

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>

namespace clerk::instance {
namespace {

constexpr std::size_t longestName = 256;
constexpr std::size_t longestScopes = 1024;
constexpr std::size_t mostRedirectUris = 50;
constexpr std::size_t longestUri = 1024;
constexpr std::string_view defaultScopes = "profile email";
constexpr std::array<std::string_view, 7> knownScopes{
    "email", "profile", "openid", "offline_access", "public_metadata", "private_metadata", "user:org:read"};

Outcome<> setRedirectUris(RegistryEntry& entry, const std::vector<std::string>& uris) {
  if (uris.size() > mostRedirectUris) {
    return Failure(errors::formParamFormatInvalid("redirect_uris", "redirect_uris must be at most 50 addresses."));
  }
  for (const auto& uri : uris) {
    if (!isRegistrableUrl(uri) || uri.find('#') != std::string::npos) {
      return Failure(errors::formParamFormatInvalid("redirect_uris", "redirect_uris must be valid urls."));
    }
  }
  entry.document["redirect_uris"] = boost::json::array(uris.begin(), uris.end());
  return {};
}

Outcome<> setScopes(RegistryEntry& entry, const std::string& scopes) {
  if (scopes.size() > longestScopes) return Failure(errors::formParamMaxLengthExceeded("scopes", longestScopes));
  std::string joined;
  for (const auto& scope : scopeWords(scopes)) {
    if (!isOAuthScope(scope)) return Failure(errors::formParamValueInvalid("scopes", scope));
    joined += joined.empty() ? scope : " " + scope;
  }
  entry.document["scopes"] = joined;
  return {};
}

Outcome<> setUri(RegistryEntry& entry, std::string_view param, const std::optional<std::string>& uri) {
  if (!uri) return {};
  const bool web = uri->starts_with("https://") || uri->starts_with("http://");
  if (uri->size() > longestUri || !web || !isRegistrableUrl(*uri)) {
    return Failure(errors::formParamFormatInvalid(param, std::string(param) + " must be a valid url."));
  }
  entry.document[param] = *uri;
  return {};
}

void setFlag(RegistryEntry& entry, std::string_view member, std::optional<bool> value, bool fallback) {
  if (value || !entry.document.contains(member)) entry.document[member] = value.value_or(fallback);
}

Outcome<> apply(RegistryEntry& entry, const OAuthApplicationFields& fields) {
  if (fields.name) {
    if (fields.name->empty()) return Failure(errors::formParamNil("name"));
    if (fields.name->size() > longestName) return Failure(errors::formParamMaxLengthExceeded("name", longestName));
    entry.document["name"] = *fields.name;
  }
  if (fields.redirectUris || !entry.document.contains("redirect_uris")) {
    if (auto set = setRedirectUris(entry, fields.redirectUris.value_or(std::vector<std::string>())); !set) return set;
  }
  if (fields.scopes || !entry.document.contains("scopes")) {
    if (auto set = setScopes(entry, fields.scopes.value_or(std::string(defaultScopes))); !set) return set;
  }
  if (auto set = setUri(entry, "client_uri", fields.clientUri); !set) return set;
  if (auto set = setUri(entry, "logo_uri", fields.logoUri); !set) return set;
  setFlag(entry, "consent_screen_enabled", fields.consentScreenEnabled, true);
  setFlag(entry, "public", fields.isPublic, false);
  // Whoever cannot keep a secret proves itself by the challenge alone (RFC 7636).
  setFlag(entry, "pkce_required", entry.flag("public") ? std::optional(true) : fields.pkceRequired, false);
  const bool dynamic = entry.flag("dynamically_registered");
  if (dynamic && !entry.flag("consent_screen_enabled")) {
    return Failure(Error{Trouble::Unprocessable,
                         "oauth_application_consent_screen_cannot_be_disabled",
                         "consent screen cannot be disabled",
                         "Consent screen cannot be disabled for a dynamically registered OAuth Application",
                         "consent_screen_enabled",
                         {}});
  }
  return {};
}

/// A new secret, of which the entry keeps the digest.
std::string renewSecret(Core& core, RegistryEntry& entry) {
  if (entry.flag("public")) {
    entry.document.erase("secret_digest");
    return {};
  }
  auto secret = core.random().base62(43);
  entry.document["secret_digest"] = digestOfSecret(core, registry::oauthApplication, secret);
  return secret;
}

Error clientIdTaken() { return errors::duplicateRecord("OAuth application", "client_id"); }

struct LoopbackParts {
  std::string_view before;
  std::string_view after;
};
/// An address of this machine without its port.
std::optional<LoopbackParts> loopbackParts(std::string_view uri) {
  for (const std::string_view host : {"http://127.0.0.1", "http://localhost", "http://[::1]"}) {
    if (!uri.starts_with(host)) continue;
    auto rest = uri.substr(host.size());
    if (rest.starts_with(":")) {
      const auto end = rest.find_first_not_of("0123456789", 1);
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end);
    }
    if (rest.empty() || rest.front() == '/' || rest.front() == '?') return LoopbackParts{host, rest};
  }
  return std::nullopt;
}

}  // namespace

bool isOAuthScope(std::string_view scope) noexcept {
  return std::ranges::find(knownScopes, scope) != knownScopes.end();
}

std::vector<std::string> scopeWords(std::string_view scopes) {
  std::vector<std::string> words;
  while (!scopes.empty()) {
    const auto end = scopes.find(' ');
    if (const auto word = scopes.substr(0, end); !word.empty() && std::ranges::find(words, word) == words.end()) {
      words.emplace_back(word);
    }
    scopes.remove_prefix(end == std::string_view::npos ? scopes.size() : end + 1);
  }
  return words;
}

async::Task<Outcome<IssuedOAuthApplication>> createOAuthApplication(Core& core, OAuthApplicationFields fields) {
  auto entry = newEntry(core, registry::oauthApplication);
  entry.name = core.random().base62(16);
  entry.document["dynamically_registered"] = fields.dynamicallyRegistered;
  if (auto applied = apply(entry, fields); !applied) co_return applied.error();
  auto secret = renewSecret(core, entry);
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<IssuedOAuthApplication> {
    if (!tx.registry().insert(entry)) return Failure(clientIdTaken());
    return IssuedOAuthApplication{entry, secret};
  });
}

async::Task<Outcome<RegistryEntry>> updateOAuthApplication(Core& core, std::string id, OAuthApplicationFields fields) {
  co_return co_await changeEntry(core, registered::oauthApplication, std::move(id), clientIdTaken(),
                                 [&](Transaction&, RegistryEntry& entry) { return apply(entry, fields); });
}

async::Task<Outcome<IssuedOAuthApplication>> rotateOAuthApplicationSecret(Core& core, std::string id) {
  std::string secret;
  auto entry = co_await changeEntry(core, registered::oauthApplication, std::move(id), clientIdTaken(),
                                    [&](Transaction&, RegistryEntry& changed) -> Outcome<> {
                                      secret = renewSecret(core, changed);
                                      return {};
                                    });
  if (!entry) co_return entry.error();
  co_return IssuedOAuthApplication{*std::move(entry), std::move(secret)};
}

async::Task<Outcome<RegistryEntry>> setOAuthApplicationLogo(Core& core, std::string id, std::string bytes) {
  const auto image = newImage(core, id, std::move(bytes));
  if (!image) co_return image.error();
  co_return co_await changeEntry(core, registered::oauthApplication, std::move(id), clientIdTaken(),
                                 [&](Transaction& tx, RegistryEntry& entry) -> Outcome<> {
                                   tx.images().replace(*image);
                                   entry.document["logo_uri"] = imageUrl(core.settings(), image->id);
                                   return {};
                                 });
}

async::Task<Outcome<std::string>> deleteOAuthApplication(Core& core, std::string id) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<std::string> {
    auto registry = tx.registry();
    const auto entry = getEntry(tx, registered::oauthApplication, id);
    if (!entry) return entry.error();
    registry.erase(registry::oauthApplication, id);
    tx.images().eraseOf(id);
    for (const auto& kind :
         {registry::oauthCode, registry::oauthConsent, registry::oauthAccessToken, registry::oauthRefreshToken}) {
      registry.eraseOwned(kind, entry->name);
    }
    return id;
  });
}

bool isClientSecret(const Core& core, const RegistryEntry& application, std::string_view secret) {
  const auto right = application.text("secret_digest");
  return !right.empty() && crypto::constantTimeEquals(right, digestOfSecret(core, registry::oauthApplication, secret));
}

std::vector<std::string> redirectUrisOf(const RegistryEntry& application) {
  std::vector<std::string> uris;
  const auto list = application.json("redirect_uris");
  if (!list.is_array()) return uris;
  for (const auto& uri : list.get_array()) {
    if (uri.is_string()) uris.emplace_back(uri.get_string());
  }
  return uris;
}

bool hasRedirectUri(const RegistryEntry& application, std::string_view uri) {
  const auto loopback = loopbackParts(uri);
  return std::ranges::any_of(redirectUrisOf(application), [&](const std::string& known) {
    if (known == uri) return true;
    const auto parts = loopback ? loopbackParts(known) : std::nullopt;
    return parts && parts->before == loopback->before && parts->after == loopback->after;
  });
}

}  // namespace clerk::instance
