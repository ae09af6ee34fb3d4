#pragma once
// How a webhook is signed (Standard Webhooks 1.0; Clerk sends the names `svix-…` of before it as well).

#include "model/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk::instance::webhooks {

/// `whsec_` + base64 of the key's bytes.
std::string secretOf(std::string_view keyBytes);
/// The key's bytes; absent when the text is no secret, or one of less than 24 or more than 64 bytes.
std::optional<std::string> keyOf(std::string_view secret);

/// `id`, `timestamp` (seconds) and `signature` under both names.
std::vector<std::pair<std::string, std::string>> signedHeaders(std::string_view keyBytes, std::string_view id, Time now,
                                                               std::string_view body);

}  // namespace clerk::instance::webhooks
