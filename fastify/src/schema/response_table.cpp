#include "schema/response_table.hpp"

namespace fastify::schema {

std::optional<ResponseKey> ResponseKey::parse(std::string_view text) noexcept {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  std::string key;
  for (const char c : text.substr(0, 8)) key.push_back(lower(c));
  if (key == "default") return ResponseKey{0};
  if (text.size() != 3 || key[0] < '1' || key[0] > '5') return std::nullopt;
  if (key.ends_with("xx")) return ResponseKey{key[0] - '0'};
  if (!isDigit(key[1]) || !isDigit(key[2])) return std::nullopt;
  return ResponseKey{(key[0] - '0') * 100 + (key[1] - '0') * 10 + (key[2] - '0')};
}

const JsonObject* contentOf(const Json& schema) noexcept {
  const auto* object = schema.if_object();
  const auto* content = object ? object->if_contains("content") : nullptr;
  return content ? content->if_object() : nullptr;
}

std::optional<std::string> mediaTypeWithoutSchema(const JsonObject& content) {
  for (const auto& [mediaType, description] : content) {
    const auto* object = description.if_object();
    const auto* schema = object ? object->if_contains("schema") : nullptr;
    const bool given = schema && (schema->is_object() || *schema == Json(true));
    if (!given) return std::string(mediaType);
  }
  return std::nullopt;
}

}  // namespace fastify::schema
