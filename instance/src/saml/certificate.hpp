#pragma once
// The certificates by which an operator says whose signatures count.

#include "model/time.hpp"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

struct evp_pkey_st;

namespace clerk::instance::saml {

using PublicKey = std::shared_ptr<evp_pkey_st>;

/// What a certificate says of itself. Its times are shown and not enforced: an identity provider's certificate is
/// trusted because the operator entered it, as is usual with SAML.
struct Certificate {
  PublicKey key;
  Time issuedAt{};
  Time expiresAt{};
};

/// One or several in PEM, or one in base64 alone, as providers show them. Absent when one of them is not readable, or
/// its key is no RSA key of 2,048 bits or more and none on P-256, P-384 or P-521.
std::optional<std::vector<Certificate>> readCertificates(std::string_view text);

}  // namespace clerk::instance::saml
