#include "json/json_reader.hpp"

#include <ecmascript/hex.hpp>
#include <ecmascript/text.hpp>

#include <boost/json/parse.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

namespace clerk::json {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::int64_t kMaximumSafeInteger = 9'007'199'254'740'991;

std::optional<boost::json::value> parse(std::string_view text, bool allowInvalidUtf8) {
  boost::json::parse_options options;
  options.max_depth = kMaximumDepth;
  options.allow_invalid_utf8 = allowInvalidUtf8;
  boost::system::error_code failed;
  auto value = boost::json::parse(text, failed, {}, options);
  if (failed) return {};
  return value;
}

/// The unit of a `\uXXXX` that starts at `at`.
std::optional<char16_t> unitAt(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return {};
  int unit = 0;
  for (std::size_t i = at + 2; i < at + 6; ++i) {
    const int digit = ecmascript::hexDigit(text[i]);
    if (digit < 0) return {};
    unit = unit << 4 | digit;
  }
  return static_cast<char16_t>(unit);
}
bool isHighSurrogate(char16_t unit) { return unit >= 0xd800 && unit <= 0xdbff; }
bool isLowSurrogate(char16_t unit) { return unit >= 0xdc00 && unit <= 0xdfff; }

/// Puts the bytes of lone surrogates (WTF-8) in place of their escapes, which Boost.JSON refuses.
std::string withoutLoneSurrogates(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '\\') {
      out += text[i++];
      continue;
    }
    const auto unit = unitAt(text, i);
    if (!unit) {
      out += text.substr(i, 2);
      i += 2;
    } else if (isHighSurrogate(*unit) && isLowSurrogate(unitAt(text, i + 6).value_or(0))) {
      out += text.substr(i, 12);
      i += 12;
    } else {
      if (isHighSurrogate(*unit) || isLowSurrogate(*unit)) {
        ecmascript::appendCodePoint(out, *unit);
      } else {
        out += text.substr(i, 6);
      }
      i += 6;
    }
  }
  return out;
}

bool hasSurrogateEscape(std::string_view text) {
  for (auto at = text.find("\\u"); at != std::string_view::npos; at = text.find("\\u", at + 2)) {
    if (at + 2 < text.size() && (text[at + 2] == 'd' || text[at + 2] == 'D')) return true;
  }
  return false;
}

/// Integers that a double cannot hold are rounded, as JavaScript's are.
void roundIntegers(boost::json::value& value) {
  if (auto* integer = value.if_int64()) {
    if (*integer > kMaximumSafeInteger || *integer < -kMaximumSafeInteger) value = static_cast<double>(*integer);
  } else if (auto* natural = value.if_uint64()) {
    value = static_cast<double>(*natural);
  } else if (auto* array = value.if_array()) {
    for (auto& item : *array) roundIntegers(item);
  } else if (auto* object = value.if_object()) {
    for (auto& [name, item] : *object) roundIntegers(item);
  }
}

bool hasLongNumber(std::string_view text) {
  std::size_t digits = 0;
  for (char c : text) {
    digits = c >= '0' && c <= '9' ? digits + 1 : 0;
    if (digits >= 16) return true;
  }
  return false;
}

}  // namespace

std::optional<boost::json::value> parseAsJavaScript(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  std::string repaired;
  if (!ecmascript::isValidUtf8(bytes)) bytes = repaired = ecmascript::repairUtf8(bytes);
  std::string whole;
  if (hasSurrogateEscape(bytes)) bytes = whole = withoutLoneSurrogates(bytes);
  auto value = parse(bytes, true);
  if (value && hasLongNumber(bytes)) roundIntegers(*value);
  return value;
}

std::optional<boost::json::value> parseStrictly(std::string_view bytes) { return parse(bytes, false); }

const boost::json::value* member(const boost::json::value& value, std::string_view name) {
  const auto* object = value.if_object();
  return object ? object->if_contains(name) : nullptr;
}

std::optional<std::string_view> textMember(const boost::json::value& value, std::string_view name) {
  const auto* found = member(value, name);
  if (!found || !found->is_string()) return {};
  return std::string_view(found->get_string());
}

bool isTruthy(const boost::json::value* value) {
  if (!value) return false;
  switch (value->kind()) {
    case boost::json::kind::null: return false;
    case boost::json::kind::bool_: return value->get_bool();
    case boost::json::kind::int64: return value->get_int64() != 0;
    case boost::json::kind::uint64: return value->get_uint64() != 0;
    case boost::json::kind::double_: return value->get_double() != 0 && !std::isnan(value->get_double());
    case boost::json::kind::string: return !value->get_string().empty();
    default: return true;
  }
}

std::optional<double> numberOf(const boost::json::value& value) {
  switch (value.kind()) {
    case boost::json::kind::int64: return static_cast<double>(value.get_int64());
    case boost::json::kind::uint64: return static_cast<double>(value.get_uint64());
    case boost::json::kind::double_: return value.get_double();
    default: return {};
  }
}

}  // namespace clerk::json
