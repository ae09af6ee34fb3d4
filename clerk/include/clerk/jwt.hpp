#pragma once
// JSON Web Tokens as Clerk signs them (RFC 7519; RS256, RS384, RS512 only).

#include <clerk/claims.hpp>
#include <clerk/errors.hpp>
#include <clerk/runtime.hpp>

#include <boost/json/value.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace clerk {

/// How forgiving tokens are read. Strict refuses what an honest signer never writes: padding in base64url, invalid
/// UTF-8, a byte order mark, lone surrogates, dates that no calendar holds, RSA keys below 2048 bits. AsReference reads
/// all that as Clerk's JavaScript SDK does.
enum class Strictness { Strict, AsReference };

/// The header's `cat`: what a token is for.
namespace TokenCategory {
inline constexpr std::string_view Session = "cl_B7d4PD111AAA";
inline constexpr std::string_view Template = "cl_B7d4PD222AAA";
inline constexpr std::string_view Machine = "cl_B7d4PD333AAA";
inline constexpr std::string_view Ignore = "cl_I7d4PD111III";
}  // namespace TokenCategory

/// A token taken apart. Nothing is verified.
struct Jwt {
  boost::json::value header;
  boost::json::value payload;
  /// The signature's bytes.
  std::string signature;
};

/// Throws TokenVerificationError (`token-invalid`) when `token` is no JWT. Verifies nothing: never trust its claims.
Jwt decodeJwt(std::string_view token, Strictness strictness = Strictness::Strict);

struct SignJwtOptions {
  /// RS256, RS384 or RS512.
  std::string algorithm;
  /// Members of the header; `alg` is added at its end.
  boost::json::object header = {{"typ", "JWT"}};
  std::shared_ptr<Runtime> runtime;
};

/// Signs `payload` with a private key in PEM. Sets `iat` to now and nothing else. Throws clerk::Error for another
/// algorithm or a key that is none. Signs in the calling thread: about 0.6 ms for 2048 bits.
std::string signJwt(boost::json::object payload, std::string_view privateKeyPem, const SignJwtOptions& options);
/// The same with a private JSON Web Key.
std::string signJwt(boost::json::object payload, const boost::json::object& privateJwk, const SignJwtOptions& options);

struct VerifyJwtOptions {
  /// The instance's public key in PEM.
  std::string key;
  /// The `aud` claim must be, or contain, one of them; not checked when empty.
  std::vector<std::string> audience;
  /// The `azp` claim must be one of them; not checked when empty.
  std::vector<std::string> authorizedParties;
  /// The `iss` claim must be one of them; not checked when empty.
  std::vector<std::string> issuer;
  /// The header's `typ` must be one of them; when empty, it must be JWT or absent.
  std::vector<std::string> headerType;
  /// How far clocks may be apart.
  std::chrono::milliseconds clockSkew{5000};
  /// False: the signature is checked each time.
  bool cacheVerifiedTokens = true;
  Strictness strictness = Strictness::Strict;
  std::shared_ptr<Runtime> runtime;
};

/// Verifies signature and claims without a network. Throws TokenVerificationError. Each thread keeps the keys and
/// tokens that it verified last (a bounded number), by digest: the signature of a token is checked once, its times
/// always; one that has expired is forgotten.
SessionClaims verifyJwt(std::string_view token, const VerifyJwtOptions& options);

}  // namespace clerk
