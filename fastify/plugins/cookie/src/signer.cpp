#include <fastify/cookie.hpp>

#include <fastify/error.hpp>

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>
#include <crypto/hmac.hpp>

namespace fastify {

CookieSigner::CookieSigner(std::vector<std::string> secrets, std::string algorithm)
    : secrets_(std::move(secrets)), algorithm_(std::move(algorithm)) {
  if (secrets_.empty()) throw FastifyError(500, "Secret key must be a string or Buffer.");
  if (!crypto::hmac(algorithm_, "key", "")) throw FastifyError(500, "Algorithm " + algorithm_ + " not supported.");
}

std::string CookieSigner::signatureOf(std::string_view value, const std::string& secret) const {
  auto signature = crypto::base64Encode(crypto::hmac(algorithm_, secret, value).value());
  signature.resize(signature.find_last_not_of('=') + 1);
  return signature;
}

std::string CookieSigner::sign(std::string_view value) const {
  return std::string(value) + "." + signatureOf(value, secrets_.front());
}

UnsignResult CookieSigner::unsign(std::string_view signedValue) const {
  const auto dot = signedValue.rfind('.');
  if (dot == signedValue.npos || dot + 1 == signedValue.size()) return {};
  const auto value = signedValue.substr(0, dot);
  for (const auto& secret : secrets_) {
    if (crypto::constantTimeEquals(signatureOf(value, secret), signedValue.substr(dot + 1))) {
      return {.valid = true, .renew = secret != secrets_.front(), .value = std::string(value)};
    }
  }
  return {};
}

}  // namespace fastify
