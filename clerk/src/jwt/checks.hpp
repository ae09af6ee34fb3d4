#pragma once
// What is checked of a token, in Clerk's order. The order is part of the security argument: nothing of the claims
// counts before the signature was checked.

#include "jwt/decoded_jwt.hpp"
#include "jwt/verification_key.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace clerk::jwt {

/// What the claims must satisfy. Holds references: it lives no longer than the options it was made of.
struct ClaimChecks {
  const std::vector<std::string>& audience;
  const std::vector<std::string>& authorizedParties;
  const std::vector<std::string>& issuer;
  std::chrono::milliseconds clockSkew;
  Strictness strictness;
  /// The issuers are hosts or URLs of an instance: http and https, or no scheme, are the same.
  bool issuersOfAnyScheme = false;
};

/// Machine tokens have functions of their own.
std::optional<Refusal> checkCategory(const Header& header);
/// `typ` and `alg`.
std::optional<Refusal> checkHeader(const Header& header, const std::vector<std::string>& types, Strictness strictness);
std::optional<Refusal> checkSignature(const DecodedJwt& jwt, const VerificationKey& key);
/// Subject, audience, authorized party, issuer, then times.
std::optional<Refusal> checkClaims(const Payload& payload, const ClaimChecks& checks,
                                   std::chrono::system_clock::time_point now);

/// `["a","b"]`.
std::string jsonList(const std::vector<std::string>& items);
std::string joined(const std::vector<std::string>& items, std::string_view separator);

}  // namespace clerk::jwt
