#pragma once
// What becomes of a SAML response: it is judged where it is posted, by a request that brings no cookies, and kept for
// the browser, which comes to the callback of all providers with a handle. Each assertion is used once.

#include "flows/core.hpp"
#include "flows/oauth/oauth.hpp"

#include <optional>
#include <string>

namespace clerk::instance {

struct SamlPost {
  std::string connectionId;  ///< `samlc_…`
  std::string response;
  std::string relayState;  ///< empty: none
};
/// Gives the address that the browser goes on to. What is wrong with the response is told where the journey began.
/// Errors: `saml_connection_active_not_found`, `saml_response_relaystate_missing` (nobody here asked, and the
/// connection does not let its provider speak first), `saml_response_invalid` when the provider spoke first.
async::Task<Outcome<std::string>> consumeSamlResponse(Core& core, SamlPost post);

/// What the address says where a response was not taken.
Error samlErrorOf(std::string_view word);

/// What was kept for a handle.
struct SamlIdentity {
  std::string connectionId;
  OidcProfile profile;
};
/// Takes it: a handle is good once, for a few minutes, and with the journey that the response answered (`stateDigest`,
/// empty: with none).
async::Task<std::optional<SamlIdentity>> takeSamlIdentity(Core& core, std::string handle, std::string stateDigest);

}  // namespace clerk::instance
