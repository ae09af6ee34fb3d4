#include <clerk/jwt.hpp>

#include "json/json_reader.hpp"

#include <crypto/base64.hpp>
#include <crypto/rsa.hpp>
#include <ecmascript/json_text.hpp>

namespace clerk {
namespace {

crypto::RsaHash hashOf(const std::string& algorithm) {
  if (algorithm.empty()) throw Error("No algorithm specified");
  if (algorithm == "RS256") return crypto::RsaHash::Sha256;
  if (algorithm == "RS384") return crypto::RsaHash::Sha384;
  if (algorithm == "RS512") return crypto::RsaHash::Sha512;
  throw Error("Unsupported algorithm " + algorithm + ", expected one of RS256,RS384,RS512.");
}

std::string sign(boost::json::object payload, const crypto::RsaPrivateKey& key, const SignJwtOptions& options) {
  auto header = options.header;
  header["alg"] = options.algorithm;
  payload["iat"] =
      std::chrono::floor<std::chrono::seconds>(runtimeOr(options.runtime)->now().time_since_epoch()).count();
  const auto signedPart = crypto::base64urlEncode(ecmascript::stringify(header)) + '.' +
                          crypto::base64urlEncode(ecmascript::stringify(payload));
  return signedPart + '.' + crypto::base64urlEncode(key.sign(signedPart, hashOf(options.algorithm)));
}

crypto::RsaPrivateKey usable(boost::system::result<crypto::RsaPrivateKey> key) {
  if (!key) throw Error(key.error().message());
  return *std::move(key);
}

}  // namespace

std::string signJwt(boost::json::object payload, std::string_view privateKeyPem, const SignJwtOptions& options) {
  hashOf(options.algorithm);
  return sign(std::move(payload), usable(crypto::RsaPrivateKey::fromPem(privateKeyPem)), options);
}

std::string signJwt(boost::json::object payload, const boost::json::object& privateJwk, const SignJwtOptions& options) {
  hashOf(options.algorithm);
  const boost::json::value jwk(privateJwk);
  auto text = [&](std::string_view name) { return std::string(json::textMember(jwk, name).value_or("")); };
  return sign(std::move(payload),
              usable(crypto::RsaPrivateKey::fromJwk(
                  {text("n"), text("e"), text("d"), text("p"), text("q"), text("dp"), text("dq"), text("qi")})),
              options);
}

}  // namespace clerk
