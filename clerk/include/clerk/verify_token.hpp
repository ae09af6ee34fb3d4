#pragma once
// Session tokens verified with the instance's key, given or fetched. See Clerk docs: "verifyToken()".

#include <clerk/claims.hpp>
#include <clerk/jwt.hpp>
#include <clerk/runtime.hpp>

#include <async/task.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace clerk {

/// How an instance's key set is kept. One set is kept for each Backend API and secret key.
struct KeySetPolicy {
  /// After that a set is fetched again.
  std::chrono::milliseconds timeToLive{300'000};
  /// Keys of an outdated set still count while the new one is fetched, or cannot be: a blip signs nobody out. False: an
  /// outdated set counts for nothing, as in Clerk's JavaScript SDK.
  bool staleWhileRevalidate = true;
  /// Outdated keys do not count longer than that.
  std::chrono::milliseconds maximumAge{24 * 3600 * 1000};
  /// Tokens with an unknown key id make the set be fetched no more often than that, and a fetch that failed is not
  /// repeated sooner (of a set that was never loaded: after a second). 0: each time, as in Clerk's JavaScript SDK.
  std::chrono::milliseconds cooldown{10'000};
};

struct VerifyTokenOptions {
  /// The instance's public key in PEM: then nothing is fetched. What CLERK_JWT_KEY holds.
  std::string jwtKey;
  /// Authorises the fetch of the key set, when there is no `jwtKey`.
  std::string secretKey;
  /// The Backend API's base.
  std::string apiUrl = "https://api.clerk.com";
  std::string apiVersion = "v1";
  /// Fetches the set each time.
  bool skipJwksCache = false;
  std::vector<std::string> audience;
  std::vector<std::string> authorizedParties;
  std::vector<std::string> issuer;
  std::vector<std::string> headerType;
  std::chrono::milliseconds clockSkew{5000};
  KeySetPolicy keySetPolicy;
  /// False: the signature of a token that was verified before is checked again.
  bool cacheVerifiedTokens = true;
  Strictness strictness = Strictness::Strict;
  std::shared_ptr<Runtime> runtime;
};

/// Verifies a session token and returns its claims. Never talks to the network when `options.jwtKey` is set: the task
/// is then ready at once. Throws TokenVerificationError whose `reason` is Clerk's (`token-expired`, …), or clerk::Error
/// when the key set cannot be reached. Safe from any thread.
async::Task<SessionClaims> verifyToken(std::string token, VerifyTokenOptions options);

}  // namespace clerk
