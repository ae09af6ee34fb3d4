#pragma once
// Access tokens that others can check by themselves (RFC 9068).

#include "tokens/token_signer.hpp"

namespace clerk::instance {

namespace token_class {
/// For TokenSigner::sign(): told by the type of the token, not by `cat`.
inline constexpr std::string_view access = "at+jwt";
}  // namespace token_class

/// The claims of an access token that the signer's key signed, whatever its times; absent for every other token.
std::optional<boost::json::object> verifyAccessToken(const TokenSigner& signer, std::string_view token);

}  // namespace clerk::instance
