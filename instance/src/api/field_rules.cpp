#include "api/field_rules.hpp"

#include "model/errors.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <string>

namespace clerk::instance::api {

bool isPlainText(std::string_view text) noexcept { return text.find('\0') == std::string_view::npos; }

bool isPlainPath(std::string_view url) noexcept {
  return url.substr(0, url.find('?')).find("%00") == std::string_view::npos;
}

bool isDeeperThan(const boost::json::value& value, int levels) noexcept {
  const auto deeper = [&](const boost::json::value& each) { return isDeeperThan(each, levels - 1); };
  if (const auto* list = value.if_array()) return levels == 0 || std::ranges::any_of(*list, deeper);
  if (const auto* object = value.if_object()) {
    return levels == 0 || std::ranges::any_of(*object, [&](const auto& member) { return deeper(member.value()); });
  }
  return false;
}

Failure textNotPlain(std::string_view param) {
  return errors::formParamFormatInvalid(param, std::string(param) + " must not contain the character U+0000.");
}

Failure jsonTooDeep(std::string_view param) {
  return errors::formParamFormatInvalid(
      param, std::string(param) + " must not be nested more than " + std::to_string(deepestJson) + " levels deep.");
}

}  // namespace clerk::instance::api
