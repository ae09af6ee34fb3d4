#pragma once
// What a route says of its answers, by status and media type.

#include "schema/error.hpp"

#include <fastify/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify::schema {

/// A key of `response`: "200", "4xx" (in any case) or "default".
struct ResponseKey {
  /// nullopt when the text is no such key.
  static std::optional<ResponseKey> parse(std::string_view text) noexcept;

  /// 200; 4 for "4xx"; 0 for "default".
  int number = 0;
  bool operator==(const ResponseKey&) const = default;
};

/// The `content` map of a body or response schema, or nullptr when the schema is one for all media types.
const JsonObject* contentOf(const Json& schema) noexcept;

/// The first media type of a `content` map that has no schema.
std::optional<std::string> mediaTypeWithoutSchema(const JsonObject& content);

/// `T` is what was made of a schema.
template <class T>
class ResponseTable {
 public:
  /// Calls `compile(schema, key, mediaType)` for every schema in `response`; the media type is empty where the schema
  /// is for all of them. Throws SchemaError for a key that is no status; there must be a schema for every media type.
  template <class Compile>
  ResponseTable(const JsonObject& response, Compile compile) {
    for (const auto& [name, schema] : response) {
      const auto key = ResponseKey::parse(name);
      if (!key) {
        throw SchemaError(
            "response schemas should be nested under a valid status code, e.g { 2xx: { type: \"object\" } }");
      }
      auto& entry = entries_.emplace_back();
      entry.key = *key;
      const std::string text(name);
      const auto* content = contentOf(schema);
      entry.byMediaType = content != nullptr;
      if (!content) {
        entry.values.emplace_back(std::string(), compile(schema, text, std::string()));
        continue;
      }
      for (const auto& [mediaType, description] : *content) {
        entry.values.emplace_back(mediaType, compile(description.at("schema"), text, std::string(mediaType)));
      }
    }
  }

  bool empty() const noexcept { return entries_.empty(); }

  /// For an answer of this status and media type ("application/json"): the exact status, else its class, else the
  /// default; in a `content` map the media type, else "*/*". nullptr when there is none.
  const T* find(int status, std::string_view mediaType) const noexcept {
    for (const int number : {status, status / 100, 0}) {
      for (const auto& entry : entries_) {
        if (entry.key.number == number) return entry.find(mediaType);
      }
    }
    return nullptr;
  }

 private:
  struct Entry {
    ResponseKey key;
    bool byMediaType = false;
    std::vector<std::pair<std::string, T>> values;

    const T* find(std::string_view mediaType) const noexcept {
      if (!byMediaType) return &values.front().second;
      const T* any = nullptr;
      for (const auto& [name, value] : values) {
        if (name == mediaType) return &value;
        if (name == "*/*") any = &value;
      }
      return any;
    }
  };

  std::vector<Entry> entries_;
};

}  // namespace fastify::schema
