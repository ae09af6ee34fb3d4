#pragma once
// Passkeys: what authenticators answer (Web Authentication Level 3, §7.1 and §7.2). Attestation is not asked for, so
// that none is checked: any authenticator will do.

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

/// What an answer must belong to.
struct WebauthnExpectation {
  std::string challenge;             ///< base64url, as it was sent
  std::vector<std::string> origins;  ///< pages that may have asked
  std::string rpId;
};

/// A credential that a browser registered.
struct NewCredential {
  std::string credentialId;  ///< base64url
  std::string publicKey;     ///< COSE key, base64url
  std::int64_t signCount = 0;
};

/// `credential` is the JSON text that Clerk's client sends. Absent when anything is wrong: another challenge, origin or
/// relying party, a person who was not verified, a key of an algorithm that was not asked for (ES256, EdDSA, RS256).
std::optional<NewCredential> readRegistration(std::string_view credential, const WebauthnExpectation& expectation);

/// What an assertion names, before it is checked.
struct ClaimedCredential {
  std::string credentialId;
  std::string userHandle;  ///< bytes; may be empty
};
std::optional<ClaimedCredential> claimedCredential(std::string_view credential);

/// The counter of a right assertion. Absent when anything is wrong, also for a counter that did not grow: somebody has
/// copied the authenticator.
std::optional<std::int64_t> checkAssertion(std::string_view credential, const WebauthnExpectation& expectation,
                                           std::string_view publicKey, std::int64_t signCount);

/// The options that a browser is given, as JSON text with binary members in base64url.
std::string registrationOptions(std::string_view challenge, std::string_view rpId, std::string_view rpName,
                                std::string_view userId, std::string_view userName,
                                const std::vector<std::string>& existing);
std::string assertionOptions(std::string_view challenge, std::string_view rpId,
                             const std::vector<std::string>& allowed);

}  // namespace clerk::instance
