#pragma once
// Signing in with another provider: OpenID Connect by configuration, authorization code flow with PKCE (OpenID Connect
// Core 1.0 §3.1, RFC 7636).

#include "model/random.hpp"
#include "model/time.hpp"
#include "settings/settings.hpp"

#include <async/task.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// What a browser carries to the provider and back.
struct OidcRequest {
  std::string url;           ///< where the browser goes
  std::string state;         ///< comes back; the store keeps its digest
  std::string nonce;         ///< comes back inside the id token
  std::string codeVerifier;  ///< proves that whoever redeems the code asked for it
};

/// What the provider tells of the person.
struct OidcProfile {
  std::string subject;  ///< never changes there
  std::string emailAddress;
  bool emailAddressVerified = false;
  std::string firstName;
  std::string lastName;
  std::string username;
  std::string imageUrl;
  std::string scope;
};

/// What the provider gave besides: for whoever asks other things of it in the person's name.
struct OidcTokens {
  std::string accessToken;
  std::string refreshToken;  ///< empty: none
  std::string idToken;
  std::optional<std::chrono::seconds> expiresIn;
  std::string scope;
};
struct OidcIdentity {
  OidcProfile profile;
  OidcTokens tokens;
  std::string userInfo{};  ///< JSON of the userinfo endpoint's answer; empty: none was used
};

enum class OidcTrouble {
  Unreachable,  ///< no answer, or none that is understood: misconfigured, or down
  Exchange,     ///< the code was refused
  Token,        ///< the id token is not the provider's, not for us, or not for this sign-in
};

template <class T>
struct OidcAnswer {
  std::optional<T> value;
  OidcTrouble trouble = OidcTrouble::Unreachable;
};

/// Talks to providers; remembers where their endpoints and keys are for some minutes. Safe from any thread that runs an
/// EventLoop.
class OidcClient {
 public:
  /// `redirectUri`: our callback. `loginHint` may be empty.
  async::Task<OidcAnswer<OidcRequest>> begin(SocialProvider provider, std::string redirectUri, Random& random,
                                             Time now);
  /// Redeems the code and checks what comes: signature, issuer, audience, times and nonce of the id token; then asks
  /// the userinfo endpoint, if there is one, for the rest.
  async::Task<OidcAnswer<OidcIdentity>> finish(SocialProvider provider, std::string redirectUri, std::string code,
                                               std::string nonce, std::string codeVerifier, Time now);
  /// A new access token for a refresh token (RFC 6749 §6).
  async::Task<OidcAnswer<OidcTokens>> refresh(SocialProvider provider, std::string refreshToken, Time now);
  /// Tells the provider that a token is no longer wanted, where it can be told (RFC 7009). True when it took it.
  async::Task<bool> revoke(SocialProvider provider, std::string token, Time now);

 private:
  struct Discovery {
    std::string authorizationEndpoint;
    std::string tokenEndpoint;
    std::string userinfoEndpoint;
    std::string jwksUri;
    std::string revocationEndpoint;  ///< empty: none
    Time readAt{};
  };
  struct KeySet {
    boost::json::object document;
    Time readAt{};
  };
  async::Task<std::optional<Discovery>> discover(std::string issuer, Time now);
  /// `fresh`: not what is remembered, for a key that it does not have; asked for at most every few seconds.
  async::Task<std::optional<boost::json::object>> keysAt(std::string uri, bool fresh, Time now);
  async::Task<std::optional<boost::json::object>> verifiedClaims(const SocialProvider& provider, std::string jwksUri,
                                                                 std::string idToken, std::string nonce, Time now);

  std::mutex mutex_;
  std::map<std::string, Discovery, std::less<>> discoveries_;
  std::map<std::string, KeySet, std::less<>> keySets_;
};

/// Checks an id token against a key set (RFC 7517): RS256, RS384 and RS512. Absent when anything is wrong.
/// `keyMissing` is set when the set has no such key.
std::optional<boost::json::object> verifyIdToken(std::string_view token, const boost::json::object& keySet,
                                                 const SocialProvider& provider, std::string_view nonce, Time now,
                                                 bool& keyMissing);

}  // namespace clerk::instance
