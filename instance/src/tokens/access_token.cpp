#include "tokens/access_token.hpp"

#include <crypto/base64.hpp>

#include <boost/json/parse.hpp>

namespace clerk::instance {
namespace {

/// Of a token that was verified: its header is one that this program wrote.
bool isAccessToken(std::string_view token) {
  const auto header = crypto::base64urlDecode(token.substr(0, token.find('.')));
  boost::system::error_code failed;
  const auto json = header ? boost::json::parse(*header, failed) : boost::json::value();
  const auto* type = !failed && json.is_object() ? json.get_object().if_contains("typ") : nullptr;
  return type && type->is_string() && type->get_string() == token_class::access;
}

}  // namespace

std::optional<boost::json::object> verifyAccessToken(const TokenSigner& signer, std::string_view token) {
  auto claims = signer.verify(token);
  if (claims && !isAccessToken(token)) claims.reset();
  return claims;
}

}  // namespace clerk::instance
