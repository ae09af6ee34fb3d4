#include "flows/jwt_template/shortcodes.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

namespace clerk::instance {
namespace {

using Json = boost::json::value;

std::string_view trimmed(std::string_view text) {
  const auto isBlank = [](unsigned char c) { return std::isspace(c) != 0; };
  while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
  return text;
}

bool isQuoted(std::string_view text) {
  return text.size() >= 2 && (text.front() == '\'' || text.front() == '"') && text.back() == text.front();
}

const Json* follow(const boost::json::object& context, std::string_view path) {
  const boost::json::object* object = &context;
  while (true) {
    const auto dot = path.find('.');
    const auto* value = object->if_contains(path.substr(0, dot));
    if (!value || dot == std::string_view::npos) return value;
    object = value->if_object();
    if (!object) return nullptr;
    path.remove_prefix(dot + 1);
  }
}

/// JavaScript's reading, which Clerk's docs describe: no value, false, 0 and "" go on to what stands after `||`.
bool isTrue(const Json& value) {
  if (value.is_null()) return false;
  if (value.is_bool()) return value.get_bool();
  if (value.is_string()) return !value.get_string().empty();
  if (value.is_int64()) return value.get_int64() != 0;
  return true;
}

Json evaluate(const boost::json::object& context, std::string_view expression) {
  Json last;
  while (true) {
    const auto bar = expression.find("||");
    const auto operand = trimmed(expression.substr(0, bar));
    if (isQuoted(operand)) {
      last = operand.substr(1, operand.size() - 2);
    } else {
      const auto* value = follow(context, operand);
      last = value ? *value : Json();
    }
    if (isTrue(last) || bar == std::string_view::npos) return last;
    expression.remove_prefix(bar + 2);
  }
}

std::string writtenOut(const Json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return std::string(value.get_string());
  return boost::json::serialize(value);
}

Json renderText(const boost::json::object& context, std::string_view text) {
  std::string result;
  const auto whole = text;
  while (true) {
    const auto open = text.find("{{");
    const auto close = open == std::string_view::npos ? open : text.find("}}", open + 2);
    if (close == std::string_view::npos) {
      result += text;
      return Json(result);
    }
    auto value = evaluate(context, text.substr(open + 2, close - open - 2));
    if (open == 0 && close + 2 == whole.size() && text.size() == whole.size()) return value;
    result += text.substr(0, open);
    result += writtenOut(value);
    text.remove_prefix(close + 2);
  }
}

/// As deep as the parser let the document be.
Json render(const boost::json::object& context, const Json& value) {
  if (const auto* text = value.if_string()) return renderText(context, *text);
  if (const auto* object = value.if_object()) return renderClaims(*object, context);
  if (const auto* array = value.if_array()) {
    boost::json::array list;
    for (const auto& each : *array) list.push_back(render(context, each));
    return list;
  }
  return value;
}

}  // namespace

boost::json::object renderClaims(const boost::json::object& claims, const boost::json::object& context) {
  boost::json::object result;
  for (const auto& member : claims) result[member.key()] = render(context, member.value());
  return result;
}

}  // namespace clerk::instance
