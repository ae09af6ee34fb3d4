#pragma once
// What a browser carries to an identity provider: an AuthnRequest by the HTTP-Redirect binding (saml-core-2.0-os
// §3.4.1, saml-bindings-2.0-os §3.4).

#include "model/time.hpp"

#include <string>
#include <string_view>

namespace clerk::instance::saml {

struct AuthnRequest {
  std::string id;           ///< an XML name; comes back as InResponseTo
  std::string destination;  ///< the provider's sign-in address
  std::string issuer;       ///< our entity id
  std::string consumerUrl;  ///< where the response is to be posted
  Time issuedAt{};
  bool forceAuthn = false;  ///< the person must prove again who it is
};

std::string xmlOf(const AuthnRequest& request);
/// The address that the browser goes to. `relayState` comes back with the response.
std::string redirectUrl(const AuthnRequest& request, std::string_view relayState);

/// Our metadata document (saml-metadata-2.0-os §2.4.4).
std::string serviceMetadata(const std::string& entityId, const std::string& consumerUrl);

}  // namespace clerk::instance::saml
