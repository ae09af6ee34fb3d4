#include <fastify/formbody.hpp>

#include <ecmascript/text.hpp>
#include <ecmascript/uri.hpp>

#include <string>

namespace fastify {
namespace {

/// A name or value without its escapes. The text as it was written when an escape is cut short or gives no UTF-8: that
/// is what Fastify's parser (fast-querystring) does.
std::string decode(std::string_view text) {
  std::string plain(text);
  for (char& c : plain) {
    if (c == '+') c = ' ';
  }
  if (plain.find('%') == std::string::npos) return plain;
  auto decoded = ecmascript::decodeUriComponent(plain);
  return decoded ? *std::move(decoded) : plain;
}

void add(JsonObject& fields, std::string_view name, std::string value) {
  auto* existing = fields.if_contains(name);
  if (!existing) {
    fields.emplace(name, std::move(value));
  } else if (auto* list = existing->if_array()) {
    list->emplace_back(std::move(value));
  } else {
    *existing = JsonArray{std::move(*existing), Json(std::move(value))};
  }
}

}  // namespace

JsonObject parseForm(std::string_view body) {
  std::string repaired;
  if (!ecmascript::isValidUtf8(body)) body = repaired = ecmascript::repairUtf8(body);
  JsonObject fields;
  while (!body.empty()) {
    const auto end = body.find('&');
    const auto pair = body.substr(0, end);
    body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    const auto value = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    add(fields, decode(pair.substr(0, equals)), decode(value));
  }
  return fields;
}

}  // namespace fastify
