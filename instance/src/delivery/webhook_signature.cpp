#include "delivery/webhook_signature.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

namespace clerk::instance::webhooks {
namespace {

constexpr std::string_view prefix = "whsec_";

}  // namespace

std::string secretOf(std::string_view keyBytes) { return std::string(prefix) + crypto::base64Encode(keyBytes); }

std::optional<std::string> keyOf(std::string_view secret, KeyLength length) {
  if (!secret.starts_with(prefix)) return std::nullopt;
  auto key = crypto::base64Decode(secret.substr(prefix.size()));
  if (!key || key->size() < length.least || key->size() > length.most) return std::nullopt;
  return key;
}

std::vector<std::pair<std::string, std::string>> signedHeaders(std::string_view keyBytes, std::string_view id, Time now,
                                                               std::string_view body,
                                                               std::initializer_list<std::string_view> families) {
  const auto timestamp = std::to_string(toSeconds(now));
  std::string message(id);
  message.append(".").append(timestamp).append(".").append(body);
  const auto signature = "v1," + crypto::base64Encode(crypto::bytesOf(crypto::hmacSha256(keyBytes, message)));
  std::vector<std::pair<std::string, std::string>> headers;
  for (const auto each : families) {
    const std::string family(each);
    headers.emplace_back(family + "-id", id);
    headers.emplace_back(family + "-timestamp", timestamp);
    headers.emplace_back(family + "-signature", signature);
  }
  return headers;
}

}  // namespace clerk::instance::webhooks
