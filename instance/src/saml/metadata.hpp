#pragma once
// What an identity provider says of itself (saml-metadata-2.0-os): read once, when an operator sets a connection up.

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance::saml {

struct ProviderMetadata {
  std::string entityId;
  std::string signInUrl;     ///< of the HTTP-Redirect binding
  std::string certificates;  ///< those for signing, in PEM
};

/// Absent when it is no document of one identity provider that signs and takes requests by HTTP-Redirect. Its own
/// signature is not checked: the operator says where it comes from.
std::optional<ProviderMetadata> readProviderMetadata(std::string_view xml);

}  // namespace clerk::instance::saml
