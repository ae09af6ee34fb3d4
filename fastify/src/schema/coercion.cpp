#include "schema/coercion.hpp"

#include <ecmascript/json_text.hpp>
#include <ecmascript/number.hpp>

#include <cmath>
#include <optional>

namespace fastify::schema {
namespace {

bool isNumber(const Json& data) noexcept { return data.is_number(); }
bool equalsNumber(const Json& data, double number) noexcept { return data.is_number() && numberOf(data) == number; }
bool equalsText(const Json& data, std::string_view text) noexcept {
  return data.is_string() && std::string_view(data.get_string()) == text;
}

// `"" + number` of JavaScript; 64-bit integers keep their digits.
std::string numberText(const Json& number) {
  if (number.is_double()) return ecmascript::toString(number.get_double());
  return ecmascript::stringify(number);
}

std::optional<Json> toText(const Json& data) {
  if (isNumber(data)) return Json(numberText(data));
  if (data.is_bool()) return Json(data.get_bool() ? "true" : "false");
  if (data.is_null()) return Json("");
  return std::nullopt;
}

std::optional<Json> toNumber(const Json& data, bool integer) {
  if (data.is_bool()) return Json(data.get_bool() ? 1 : 0);
  if (data.is_null()) return Json(0);
  if (!data.is_string() || data.get_string().empty()) return std::nullopt;
  const double number = ecmascript::toNumber(data.get_string());
  if (std::isnan(number)) return std::nullopt;
  if (integer && std::isfinite(number) && std::trunc(number) != number) return std::nullopt;
  return jsonNumber(number);
}

std::optional<Json> toBoolean(const Json& data) {
  if (equalsText(data, "false") || equalsNumber(data, 0) || data.is_null()) return Json(false);
  if (equalsText(data, "true") || equalsNumber(data, 1)) return Json(true);
  return std::nullopt;
}

std::optional<Json> toNull(const Json& data) {
  const bool empty = equalsText(data, "") || equalsNumber(data, 0) || (data.is_bool() && !data.get_bool());
  return empty ? std::optional<Json>(nullptr) : std::nullopt;
}

std::optional<Json> toArray(const Json& data) {
  if (data.is_object() || data.is_array()) return std::nullopt;
  return Json(JsonArray{data});
}

std::optional<Json> toType(const Json& data, Type type) {
  switch (type) {
    case Type::String: return toText(data);
    case Type::Number: return toNumber(data, false);
    case Type::Integer: return toNumber(data, true);
    case Type::Boolean: return toBoolean(data);
    case Type::Null: return toNull(data);
    case Type::Array: return toArray(data);
    case Type::Object: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Json> toAny(const Json& data, const std::vector<Type>& coerceTo) {
  for (const auto type : coerceTo) {
    if (auto result = toType(data, type)) return result;
  }
  return std::nullopt;
}

}  // namespace

bool coerce(Json& data, const std::vector<Type>& types, const std::vector<Type>& coerceTo, bool arrays) {
  const Json* from = &data;
  if (arrays && data.is_array() && data.get_array().size() == 1) {
    from = &data.get_array().front();
    if (isOfAny(*from, types)) {
      Json item = std::move(data.get_array().front());
      data = std::move(item);
      return true;
    }
  }
  auto result = toAny(*from, coerceTo);
  if (!result) return false;
  data = std::move(*result);
  return true;
}

}  // namespace fastify::schema
