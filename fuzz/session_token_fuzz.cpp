// Session tokens: whoever signs them is not us, so none may be taken, and only the SDK's own errors may come out.

#include "require.hpp"

#include <clerk/errors.hpp>
#include <clerk/jwt.hpp>

#include <crypto/rsa.hpp>

#include <string>
#include <string_view>

namespace fuzz {

void session_token(std::string_view input) {
  static const std::string pem = crypto::RsaPrivateKey::generate().publicKey().toPem();
  const std::string token(input);
  for (auto strictness : {clerk::Strictness::Strict, clerk::Strictness::AsReference}) {
    bool taken = false;
    try {
      clerk::verifyJwt(token, {.key = pem, .strictness = strictness});
      taken = true;
    } catch (const clerk::TokenVerificationError& error) {
      REQUIRE(!error.reason.empty());
    }
    REQUIRE(!taken);
    try {
      clerk::decodeJwt(token, strictness);
    } catch (const clerk::Error&) {
    }
  }
}

}  // namespace fuzz
