#include "api/text_fields.hpp"

#include "api/field_rules.hpp"
#include "model/errors.hpp"
#include "wire/error.hpp"

#include <ecmascript/json_text.hpp>

#include <charconv>

namespace clerk::instance::api {

namespace wrong = wire::wrong;

std::optional<std::int64_t> parseInteger(std::string_view text) noexcept {
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || at != end) return std::nullopt;
  return number;
}

void TextFields::refuse(const Failure& failure) {
  errors_.insert(errors_.end(), failure.errors.begin(), failure.errors.end());
}

std::optional<Failure> TextFields::failure() const {
  if (errors_.empty()) return std::nullopt;
  return Failure(errors_);
}

std::optional<std::string> TextFields::text(std::string_view name) {
  const auto* value = fields_.if_contains(name);
  if (!value || value->is_null()) return std::nullopt;
  if (const auto* text = value->if_string()) {
    if (isPlainText(*text)) return std::string(std::string_view(*text));
    refuse(textNotPlain(name));
    return std::nullopt;
  }
  refuse(value->is_array() ? wrong::paramDuplicate(name) : wrong::paramType(name, "string"));
  return std::nullopt;
}

std::optional<std::string> TextFields::textWithin(std::string_view name, std::size_t limit) {
  auto value = text(name);
  if (value && value->size() > limit) {
    refuse(errors::formParamMaxLengthExceeded(name, limit));
    return std::nullopt;
  }
  return value;
}

std::string TextFields::requiredText(std::string_view name) {
  const auto errorsBefore = errors_.size();
  const auto value = text(name);
  if (errors_.size() > errorsBefore) return {};
  if (!value) {
    refuse(wrong::paramMissing(name));
    return {};
  }
  if (value->empty()) refuse(wrong::paramEmpty(name));
  return *value;
}

std::optional<std::string> TextFields::jsonText(std::string_view name) {
  const auto* value = fields_.if_contains(name);
  if (value && value->is_object()) {
    if (!isDeeperThan(*value, deepestJson)) return ecmascript::stringify(*value);
    refuse(jsonTooDeep(name));
    return std::nullopt;
  }
  return text(name);
}

std::optional<bool> TextFields::boolean(std::string_view name) {
  if (const auto* value = fields_.if_contains(name); value && value->is_bool()) return value->get_bool();
  const auto value = text(name);
  if (!value || value->empty()) return std::nullopt;
  if (*value == "true" || *value == "1") return true;
  if (*value == "false" || *value == "0") return false;
  refuse(wrong::paramType(name, "boolean"));
  return std::nullopt;
}

std::optional<std::int64_t> TextFields::integer(std::string_view name) {
  if (const auto* value = fields_.if_contains(name); value && value->is_int64()) return value->get_int64();
  const auto value = text(name);
  if (!value || value->empty()) return std::nullopt;
  const auto number = parseInteger(*value);
  if (!number) refuse(wrong::paramType(name, "integer"));
  return number;
}

std::optional<std::int64_t> TextFields::integerWithin(std::string_view name, std::int64_t least,
                                                      std::int64_t greatest) {
  const auto number = integer(name);
  if (!number) return std::nullopt;
  if (*number < least) {
    refuse(wrong::paramTooSmall(name, least));
    return std::nullopt;
  }
  if (*number > greatest) {
    refuse(wrong::paramTooLarge(name, greatest));
    return std::nullopt;
  }
  return number;
}

std::optional<Time> TextFields::time(std::string_view name) {
  // Within what four-digit years hold: later arithmetic on it cannot overflow.
  constexpr std::int64_t year9999 = 253402300799999;
  const auto number = integerWithin(name, 0, year9999);
  return number ? std::optional(fromMilliseconds(*number)) : std::nullopt;
}

std::vector<std::string> TextFields::list(std::string_view name) {
  std::vector<std::string> values;
  const auto* value = fields_.if_contains(name);
  if (!value || value->is_null()) return values;
  const auto take = [&](const boost::json::value& each) {
    const auto* text = each.if_string();
    if (text && isPlainText(*text)) {
      values.emplace_back(std::string_view(*text));
    } else {
      refuse(text ? textNotPlain(name) : wrong::paramType(name, "string"));
    }
  };
  if (const auto* all = value->if_array()) {
    for (const auto& each : *all) take(each);
  } else {
    take(*value);
  }
  return values;
}

}  // namespace clerk::instance::api
