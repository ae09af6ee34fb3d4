#include "query.hpp"

#include "percent.hpp"

#include <boost/json/array.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <string>

namespace fastify::router {
namespace {

namespace json = boost::json;

/// A name or value as it is meant; refers to `text`, or to `storage` when something had to be changed.
std::string_view decodePart(std::string_view text, std::string& storage, std::string& spaced) {
  if (text.find_first_of("+%") == text.npos) return text;
  spaced.assign(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  storage.clear();
  if (spaced.find('%') == spaced.npos || !decodeComponent(spaced, storage)) return spaced;
  return storage;
}

void add(json::object& object, std::string_view name, std::string_view value) {
  const auto [entry, isNew] = object.emplace(name, value);
  if (isNew) return;
  auto& existing = entry->value();
  if (!existing.is_array()) {
    json::array values(object.storage());
    values.emplace_back(std::move(existing));
    existing = std::move(values);
  }
  existing.get_array().emplace_back(value);
}

}  // namespace

json::object parseQuery(std::string_view query, json::storage_ptr memory) {
  json::object object(std::move(memory));
  std::string name, value, spacedName, spacedValue;
  while (!query.empty()) {
    const auto end = query.find('&');
    const auto part = query.substr(0, end);
    if (!part.empty()) {
      const auto equals = part.find('=');
      const auto rawValue = equals == part.npos ? std::string_view() : part.substr(equals + 1);
      add(object, decodePart(part.substr(0, equals), name, spacedName), decodePart(rawValue, value, spacedValue));
    }
    if (end == query.npos) break;
    query.remove_prefix(end + 1);
  }
  return object;
}

}  // namespace fastify::router
