#include "flows/client/client_token.hpp"

#include <crypto/base64.hpp>

#include <boost/json/parse.hpp>

namespace clerk::instance {
namespace {

/// Ours have about 600 characters with a key of 2048 bits; 1,000 more for larger keys.
constexpr std::size_t maxTokenLength = 4096;
constexpr std::size_t rotatingTokenLength = 32;

std::string textOf(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(std::string_view(value->get_string())) : std::string();
}

}  // namespace

std::optional<ClientSecret> readClientToken(std::string_view token) {
  if (token.size() > maxTokenLength) return std::nullopt;
  const auto first = token.find('.');
  const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto payload = crypto::base64urlDecode(token.substr(first + 1, second - first - 1));
  if (!payload) return std::nullopt;
  boost::system::error_code failed;
  const auto claims = boost::json::parse(*payload, failed);
  if (failed || !claims.is_object()) return std::nullopt;
  ClientSecret secret{textOf(claims.get_object(), "id"), textOf(claims.get_object(), "rotating_token")};
  if (secret.clientId.empty() || secret.rotatingToken.empty()) return std::nullopt;
  return secret;
}

std::string newRotatingToken(Core& core) { return core.random().base62(rotatingTokenLength); }

std::string rotatingTokenDigest(const Core& core, std::string_view rotatingToken) {
  return core.digestOf("rotating token", rotatingToken);
}

void rotateClientToken(const Core& core, Transaction& tx, std::string_view clientId, std::string_view newRotatingToken,
                       Time now) {
  tx.clients().rotate(clientId, "", rotatingTokenDigest(core, newRotatingToken),
                      now + core.settings().lifetimes.rotationOverlap);
}

void giveRotated(Visitor& visitor, Client client, std::string newRotatingToken) {
  visitor.client = std::move(client);
  visitor.newRotatingToken = std::move(newRotatingToken);
  visitor.clientToken.clear();
  visitor.superseded = false;
}

}  // namespace clerk::instance
