#include "schema/javascript_value.hpp"

#include "schema/node.hpp"

#include <ecmascript/json_text.hpp>
#include <ecmascript/number.hpp>

#include <cmath>
#include <limits>

namespace fastify::schema {
namespace {

// `array.join()`.
std::string joined(const JsonArray& array) {
  std::string text;
  bool first = true;
  for (const auto& item : array) {
    if (!first) text += ',';
    first = false;
    if (!item.is_null()) text += toText(item);
  }
  return text;
}

}  // namespace

std::string toText(const Json& value) {
  if (const auto* text = value.if_string()) return std::string(std::string_view(*text));
  if (value.is_double()) return ecmascript::toString(value.get_double());
  if (const auto* array = value.if_array()) return joined(*array);
  if (value.is_object()) return "[object Object]";
  return ecmascript::stringify(value);
}

double toNumber(const Json& value) {
  if (value.is_number()) return numberOf(value);
  if (value.is_bool()) return value.get_bool() ? 1 : 0;
  if (value.is_null()) return 0;
  if (value.is_object()) return std::numeric_limits<double>::quiet_NaN();
  return ecmascript::toNumber(toText(value));
}

bool toBoolean(const Json& value) noexcept {
  if (value.is_bool()) return value.get_bool();
  if (value.is_null()) return false;
  if (const auto* text = value.if_string()) return !text->empty();
  if (!value.is_number()) return true;
  const double number = numberOf(value);
  return number != 0 && !std::isnan(number);
}

}  // namespace fastify::schema
