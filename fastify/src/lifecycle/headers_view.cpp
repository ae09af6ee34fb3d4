#include "headers_view.hpp"

#include "response.hpp"

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
  auto trim = [](std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
  };
  for (auto rest = list; !rest.empty();) {
    const auto comma = rest.rfind(',');
    const auto element = trim(comma == rest.npos ? rest : rest.substr(comma + 1));
    if (!element.empty()) return element;
    if (comma == rest.npos) break;
    rest = rest.substr(0, comma);
  }
  return list;
}

}  // namespace fastify
