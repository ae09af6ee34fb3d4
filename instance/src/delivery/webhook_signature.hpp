#pragma once
// How a webhook is signed (Standard Webhooks 1.0; Clerk sends the names `svix-…` of before it as well).

#include "model/time.hpp"

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk::instance::webhooks {

/// `whsec_` + base64 of the key's bytes.
std::string secretOf(std::string_view keyBytes);
/// How many bytes a key has; the standard's bounds.
struct KeyLength {
  std::size_t least = 24;
  std::size_t most = 64;
};
/// The key's bytes; absent when the text is no secret, or one of another length.
std::optional<std::string> keyOf(std::string_view secret, KeyLength length = {});

/// `id`, `timestamp` (seconds) and `signature` under the names of each family.
std::vector<std::pair<std::string, std::string>> signedHeaders(std::string_view keyBytes, std::string_view id, Time now,
                                                               std::string_view body,
                                                               std::initializer_list<std::string_view> families = {
                                                                   "svix", "webhook"});

}  // namespace clerk::instance::webhooks
