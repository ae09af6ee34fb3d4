#include "webhooks/signature.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

namespace clerk::instance::webhooks {
namespace {

constexpr std::string_view prefix = "whsec_";
constexpr std::size_t shortestKey = 24;
constexpr std::size_t longestKey = 64;

}  // namespace

std::string secretOf(std::string_view keyBytes) { return std::string(prefix) + crypto::base64Encode(keyBytes); }

std::optional<std::string> keyOf(std::string_view secret) {
  if (!secret.starts_with(prefix)) return std::nullopt;
  auto key = crypto::base64Decode(secret.substr(prefix.size()));
  if (!key || key->size() < shortestKey || key->size() > longestKey) return std::nullopt;
  return key;
}

std::vector<std::pair<std::string, std::string>> signedHeaders(std::string_view keyBytes, std::string_view id, Time now,
                                                               std::string_view body) {
  const auto timestamp = std::to_string(toSeconds(now));
  std::string message(id);
  message.append(".").append(timestamp).append(".").append(body);
  const auto signature = "v1," + crypto::base64Encode(crypto::bytesOf(crypto::hmacSha256(keyBytes, message)));
  std::vector<std::pair<std::string, std::string>> headers;
  for (const std::string family : {"svix", "webhook"}) {
    headers.emplace_back(family + "-id", id);
    headers.emplace_back(family + "-timestamp", timestamp);
    headers.emplace_back(family + "-signature", signature);
  }
  return headers;
}

}  // namespace clerk::instance::webhooks
