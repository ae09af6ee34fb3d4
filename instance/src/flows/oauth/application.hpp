#pragma once
// OAuth applications: programs into which people sign in with their account here.

#include "flows/registry/registry.hpp"

#include <optional>
#include <string>
#include <vector>

namespace clerk::instance {

/// The scopes that there are.
bool isOAuthScope(std::string_view scope) noexcept;
/// The words of a scope text; empty words are left out.
std::vector<std::string> scopeWords(std::string_view scopes);

struct OAuthApplicationFields {
  std::optional<std::string> name;
  std::optional<std::vector<std::string>> redirectUris;
  std::optional<std::string> scopes;
  std::optional<bool> consentScreenEnabled;
  std::optional<bool> pkceRequired;
  std::optional<bool> isPublic;
  bool dynamicallyRegistered = false;
  std::optional<std::string> clientUri;
  std::optional<std::string> logoUri;
};

struct IssuedOAuthApplication {
  RegistryEntry entry;
  std::string clientSecret;  ///< told this once; empty for public ones
};

/// `clientId` of an application is its entry's name. Errors: `form_param_…`.
async::Task<Outcome<IssuedOAuthApplication>> createOAuthApplication(Core& core, OAuthApplicationFields fields);
async::Task<Outcome<RegistryEntry>> updateOAuthApplication(Core& core, std::string id, OAuthApplicationFields fields);
/// The secret of before is no longer taken. Errors: `resource_not_found`.
async::Task<Outcome<IssuedOAuthApplication>> rotateOAuthApplicationSecret(Core& core, std::string id);
/// What people see when the application asks for their consent. Errors: those of newImage(), `resource_not_found`.
async::Task<Outcome<RegistryEntry>> setOAuthApplicationLogo(Core& core, std::string id, std::string bytes);
/// Its tokens end with it.
async::Task<Outcome<std::string>> deleteOAuthApplication(Core& core, std::string id);

/// Whether this is the application's secret; compares in constant time.
bool isClientSecret(const Core& core, const RegistryEntry& application, std::string_view secret);
/// Whether the application may be sent back to this address: exactly one of its own, but on this machine any port (RFC
/// 8252 §7.3).
bool hasRedirectUri(const RegistryEntry& application, std::string_view uri);
/// Its redirect addresses, and its scopes.
std::vector<std::string> redirectUrisOf(const RegistryEntry& application);

}  // namespace clerk::instance
