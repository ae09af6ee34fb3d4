#include "request/wire_names.hpp"

#include "json/json_reader.hpp"
#include "url/url.hpp"

#include <ecmascript/json_text.hpp>
#include <ecmascript/number.hpp>

namespace clerk::request {
namespace {

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
/// Letters beyond ASCII have no case here: they count as small ones.
bool isLower(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

/// JavaScript's String(value).
std::string textOf(const boost::json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_object()) return "[object Object]";
  if (const auto number = json::numberOf(value)) return ecmascript::toString(*number);
  return ecmascript::stringify(value);
}

void appendItems(url::SearchParams& query, const std::string& name, const boost::json::value& value) {
  if (const auto* list = value.if_array()) {
    for (const auto& item : *list) appendItems(query, name, item);
  } else {
    query.append(name, textOf(value));
  }
}

boost::json::object renamed(const boost::json::object& object, Depth depth) {
  boost::json::object wire;
  for (const auto& [name, value] : object) {
    const bool nested = depth == Depth::AllLevels && (value.is_object() || value.is_array());
    wire[toSnakeCase(name)] = nested ? toWire(value, depth) : value;
  }
  return wire;
}

}  // namespace

std::string toSnakeCase(std::string_view name) {
  std::string snake;
  bool separate = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!isUpper(c) && !isLower(c) && !isDigit(c)) {
      separate = true;
      continue;
    }
    const char before = i > 0 ? name[i - 1] : '\0';
    const char after = i + 1 < name.size() ? name[i + 1] : '\0';
    if (isUpper(c) && (isLower(before) || isDigit(before) || (isUpper(before) && isLower(after)))) separate = true;
    if (separate && !snake.empty()) snake += '_';
    separate = false;
    snake += isUpper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  return snake;
}

boost::json::value toWire(const boost::json::value& params, Depth depth) {
  if (const auto* object = params.if_object()) return renamed(*object, depth);
  if (const auto* list = params.if_array()) {
    boost::json::array wire;
    for (const auto& item : *list) wire.push_back(toWire(item, depth));
    return wire;
  }
  return params;
}

std::string toQuery(const boost::json::object& params) {
  const auto wire = renamed(params, Depth::FirstLevel);
  url::SearchParams query;
  for (const auto& [name, value] : wire) {
    if (json::isTruthy(&value)) appendItems(query, name, value);
  }
  return query.toString();
}

}  // namespace clerk::request
