#pragma once
// OAuth applications and the answers of the OAuth endpoints.

#include "flows/oauth/provider_tokens.hpp"
#include "flows/oauth/tokens.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

/// `client_secret` is shown once: empty leaves it out.
JsonObject oauthApplication(const View& view, const RegistryEntry& application, std::string_view clientSecret = {});
/// What `<OAuthConsent/>` asks the person.
JsonObject oauthConsent(const RegistryEntry& application, const std::vector<std::string>& scopes,
                        std::string_view redirectDomain);
/// RFC 6749 §5.1.
JsonObject oauthTokens(const OAuthTokens& tokens);
/// RFC 6749 §5.2.
JsonObject oauthError(const OAuthError& error);
/// RFC 7662.
JsonObject tokenInfo(const std::optional<AccessToken>& token);
/// OpenID Connect Core §5.3.
JsonObject userInfo(const View& view, const AccessToken& token, const User& user);
/// RFC 7591 §3.2.1.
JsonObject registration(const RegistryEntry& application, std::string_view clientSecret, std::string_view authMethod);
/// The Backend API's answer for an access token.
JsonObject accessToken(const View& view, const AccessToken& token);

/// OpenID Connect Discovery §3.
JsonObject openidConfiguration(const Settings& settings);
/// RFC 8414; the address for registrations when those are allowed.
JsonObject authorizationServer(const Settings& settings, bool dynamicRegistration);

/// A token of another provider's, for a backend.
JsonObject providerAccess(const ProviderAccess& access);

}  // namespace clerk::instance::wire
