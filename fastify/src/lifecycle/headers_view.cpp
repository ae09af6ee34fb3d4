#include "headers_view.hpp"

#include "response.hpp"

#include "../http/characters.hpp"
#include "../http/header_lookup.hpp"

#include <string>

namespace fastify {
std::optional<std::string_view> headerOf(const Exchange::State& state, std::string_view name) {
  std::string joined;
  const auto value = http::joinedHeader(state.message.headers, name, joined);
  if (!value || value->data() != joined.data()) return value;
  // The joined text must live as long as the request.
  return const_cast<Exchange::State&>(state).keep(*value);
}

JsonObject allHeaders(Exchange::State& state) {
  JsonObject all(state.storage());
  for (const auto& field : state.message.headers) {
    const auto name = lowerCase(field.name);
    if (all.contains(name)) continue;
    if (http::duplicatesOf(name) != http::Duplicates::List) {
      all[name] = *headerOf(state, name);
      continue;
    }
    JsonArray values(state.storage());
    for (const auto& other : state.message.headers) {
      if (http::sameName(other.name, name)) values.emplace_back(other.value);
    }
    all[name] = std::move(values);
  }
  return all;
}

std::string_view lastListElement(std::string_view list) {
  for (auto rest = list; !rest.empty();) {
    const auto comma = rest.rfind(',');
    const auto element = http::trimBlanks(comma == rest.npos ? rest : rest.substr(comma + 1));
    if (!element.empty()) return element;
    if (comma == rest.npos) break;
    rest = rest.substr(0, comma);
  }
  return {};
}

bool hasListElement(std::string_view list, std::string_view lower) {
  for (;;) {
    const auto comma = list.find(',');
    if (http::equalsLower(http::trimBlanks(list.substr(0, comma)), lower)) return true;
    if (comma == list.npos) return false;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace fastify
