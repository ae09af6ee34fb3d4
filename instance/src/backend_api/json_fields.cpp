#include "backend_api/json_fields.hpp"

#include "api/field_rules.hpp"
#include "model/errors.hpp"
#include "wire/error.hpp"

#include <ecmascript/date.hpp>

namespace clerk::instance::backend_api {

namespace wrong = wire::wrong;

namespace {
// Within four-digit years: later arithmetic on it cannot overflow.
constexpr std::int64_t year9999 = 253402300799999;
}  // namespace

const boost::json::value* JsonFields::find(std::string_view name) {
  read_.emplace(name);
  const auto* value = body_.if_contains(name);
  return value && !value->is_null() ? value : nullptr;
}

void JsonFields::refuse(const Failure& failure) {
  errors_.insert(errors_.end(), failure.errors.begin(), failure.errors.end());
}

std::optional<Failure> JsonFields::failure() {
  for (const auto& member : body_) {
    if (!read_.contains(std::string_view(member.key()))) refuse(wrong::paramUnknown(member.key()));
  }
  if (errors_.empty()) return std::nullopt;
  return Failure(errors_);
}

std::optional<std::string> JsonFields::text(std::string_view name) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  const auto* text = value->if_string();
  if (text && api::isPlainText(*text)) return std::string(std::string_view(*text));
  refuse(text ? api::textNotPlain(name) : wrong::paramType(name, "string"));
  return std::nullopt;
}

std::string JsonFields::requiredText(std::string_view name) {
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

std::optional<std::string> JsonFields::textWithin(std::string_view name, std::size_t limit) {
  auto value = text(name);
  if (value && value->size() > limit) {
    refuse(errors::formParamMaxLengthExceeded(name, limit));
    return std::nullopt;
  }
  return value;
}

std::string JsonFields::requiredText(std::string_view name, std::size_t limit) {
  auto value = requiredText(name);
  if (value.size() > limit) refuse(errors::formParamMaxLengthExceeded(name, limit));
  return value;
}

boost::json::object JsonFields::requiredObject(std::string_view name) {
  const auto errorsBefore = errors_.size();
  auto value = object(name);
  if (!value && errors_.size() == errorsBefore) refuse(wrong::paramMissing(name));
  return value ? *std::move(value) : boost::json::object();
}

std::optional<std::vector<std::string>> JsonFields::listChange(std::string_view name, std::size_t greatest) {
  if (!find(name)) return std::nullopt;
  auto values = list(name);
  if (values.size() > greatest) {
    refuse(wrong::paramArraySize(name, greatest));
    return std::nullopt;
  }
  return values;
}

std::optional<bool> JsonFields::boolean(std::string_view name) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  if (value->is_bool()) return value->get_bool();
  refuse(wrong::paramType(name, "boolean"));
  return std::nullopt;
}

std::optional<std::int64_t> JsonFields::integerWithin(std::string_view name, std::int64_t least,
                                                      std::int64_t greatest) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  boost::system::error_code notWhole;
  const auto number =
      value->to_number<std::int64_t>(notWhole);  // takes 60.0 as well: JavaScript has one kind of number
  if (notWhole) {
    refuse(wrong::paramType(name, "integer"));
  } else if (number < least) {
    refuse(wrong::paramTooSmall(name, least));
  } else if (number > greatest) {
    refuse(wrong::paramTooLarge(name, greatest));
  } else {
    return number;
  }
  return std::nullopt;
}

std::vector<std::string> JsonFields::list(std::string_view name) {
  std::vector<std::string> values;
  const auto* value = find(name);
  if (!value) return values;
  const auto* array = value->if_array();
  if (!array) {
    refuse(wrong::paramType(name, "array"));
    return values;
  }
  for (const auto& each : *array) {
    const auto* text = each.if_string();
    if (!text || !api::isPlainText(*text)) {
      refuse(text ? api::textNotPlain(name) : wrong::paramType(name, "array of strings"));
      return {};
    }
    values.emplace_back(std::string_view(*text));
  }
  return values;
}

std::optional<boost::json::object> JsonFields::object(std::string_view name) {
  auto value = json(name);
  if (value.is_object()) return std::move(value.get_object());
  if (!value.is_null()) refuse(wrong::paramType(name, "object"));
  return std::nullopt;
}

boost::json::value JsonFields::json(std::string_view name) {
  const auto* value = find(name);
  if (!value) return nullptr;
  if (!api::isDeeperThan(*value, api::deepestJson)) return *value;
  refuse(api::jsonTooDeep(name));
  return nullptr;
}

std::optional<boost::json::value> JsonFields::jsonChange(std::string_view name) {
  auto value = json(name);
  return value.is_null() ? std::nullopt : std::optional(std::move(value));
}

std::optional<Time> JsonFields::time(std::string_view name) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  if (const auto* text = value->if_string()) {
    const auto milliseconds = ecmascript::parseDate(*text);
    if (milliseconds && *milliseconds >= 0 && *milliseconds <= year9999) return fromMilliseconds(*milliseconds);
    refuse(wrong::paramTime(name));
    return std::nullopt;
  }
  const auto milliseconds = integerWithin(name, 0, year9999);
  return milliseconds ? std::optional(fromMilliseconds(*milliseconds)) : std::nullopt;
}

Change<std::string> JsonFields::textChange(std::string_view name) {
  if (auto value = text(name)) return value;
  const auto* member = body_.if_contains(name);
  if (member && member->is_null()) return std::optional<std::string>();
  return std::nullopt;
}

Change<Time> JsonFields::timeChange(std::string_view name) {
  if (auto value = time(name)) return value;
  const auto* member = body_.if_contains(name);
  if (member && member->is_null()) return std::optional<Time>();
  return std::nullopt;
}

}  // namespace clerk::instance::backend_api
