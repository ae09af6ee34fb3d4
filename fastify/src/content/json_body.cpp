#include "content/json_body.hpp"

#include <ecmascript/text.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

#include <charconv>
#include <vector>

namespace fastify::content {
namespace {

namespace json = boost::json;
using Error = json::error_code;

// Builds the value as Boost's own parser does, but reads doubles exactly (that of Boost 1.81 can be off in the last
// bit) and notes whether a key is worth a look for poisoning.
struct Builder {
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  Builder(json::storage_ptr storage, unsigned char* buffer, std::size_t size)
      : stack(std::move(storage), buffer, size) {}

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error&) { return true; }
  bool on_object_end(std::size_t count, Error&) {
    stack.push_object(count);
    return true;
  }
  bool on_array_begin(Error&) { return true; }
  bool on_array_end(std::size_t count, Error&) {
    stack.push_array(count);
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t, Error&) {
    stack.push_chars(part);
    return true;
  }
  bool on_key(json::string_view part, std::size_t length, Error&) {
    // A key that came in parts had escapes in it: only its length is known here.
    const bool whole = part.size() == length;
    if (length == 9 && (!whole || part == "__proto__")) suspicious = true;
    if (length == 11 && (!whole || part == "constructor")) suspicious = true;
    stack.push_key(part);
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, Error&) {
    stack.push_chars(part);
    return true;
  }
  bool on_string(json::string_view part, std::size_t, Error&) {
    stack.push_string(part);
    return true;
  }
  bool on_number_part(json::string_view, Error&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, Error&) {
    stack.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, json::string_view, Error&) {
    stack.push_uint64(number);
    return true;
  }
  bool on_double(double approximate, json::string_view text, Error&) {
    double exact = approximate;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exact);
    stack.push_double(error == std::errc() && end == text.data() + text.size() ? exact : approximate);
    return true;
  }
  bool on_bool(bool value, Error&) {
    stack.push_bool(value);
    return true;
  }
  bool on_null(Error&) {
    stack.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, Error&) { return true; }
  bool on_comment(json::string_view, Error&) { return true; }

  json::value_stack stack;
  bool suspicious = false;
};

struct Parsed {
  std::optional<Json> value;
  bool suspicious = false;
  Error error;
};

Parsed parseText(std::string_view text, const json::storage_ptr& storage) {
  json::parse_options options;
  options.max_depth = maxJsonDepth;
  unsigned char buffer[4096];
  json::basic_parser<Builder> parser(options, json::storage_ptr(), buffer, sizeof buffer);
  parser.handler().stack.reset(storage);
  Parsed parsed;
  const auto used = parser.write_some(false, text.data(), text.size(), parsed.error);
  if (!parsed.error && used < text.size()) parsed.error = json::error::extra_data;
  if (parsed.error) return parsed;
  parsed.suspicious = parser.handler().suspicious;
  parsed.value.emplace(parser.handler().stack.release());
  return parsed;
}

enum class Half { Leading, Trailing };

bool isSurrogateEscape(std::string_view text, std::size_t at, Half half) noexcept {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u' || (text[at + 2] | 0x20) != 'd') return false;
  const auto second = std::string_view("89abcdef").find(static_cast<char>(text[at + 3] | 0x20));
  return second != std::string_view::npos && (second < 4) == (half == Half::Leading);
}

// \ud800 without its other half, which JavaScript can hold and UTF-8 cannot, becomes \ufffd.
std::string withoutLoneSurrogates(std::string_view text) {
  std::string repaired(text);
  for (std::size_t i = 0; i < repaired.size();) {
    if (repaired[i] != '\\') {
      ++i;
    } else if (isSurrogateEscape(repaired, i, Half::Leading) && isSurrogateEscape(repaired, i + 6, Half::Trailing)) {
      i += 12;
    } else if (isSurrogateEscape(repaired, i, Half::Leading) || isSurrogateEscape(repaired, i, Half::Trailing)) {
      repaired.replace(i + 2, 4, "fffd");
      i += 6;
    } else {
      i += 2;
    }
  }
  return repaired;
}

bool hasPrototype(const Json& constructor) noexcept {
  const auto* object = constructor.if_object();
  return object && object->contains("prototype");
}

// Takes poisoned keys out of the whole value; false as soon as one of them is an error.
bool filter(Json& root, const JsonBodyOptions& options) {
  std::vector<Json*> open{&root};
  while (!open.empty()) {
    Json& value = *open.back();
    open.pop_back();
    if (auto* array = value.if_array()) {
      for (auto& item : *array) open.push_back(&item);
      continue;
    }
    auto* object = value.if_object();
    if (!object) continue;
    if (options.proto != Poisoning::Ignore && object->contains("__proto__")) {
      if (options.proto == Poisoning::Error) return false;
      object->stable_erase("__proto__");
    }
    if (options.constructor != Poisoning::Ignore) {
      const auto* constructor = object->if_contains("constructor");
      if (constructor && hasPrototype(*constructor)) {
        if (options.constructor == Poisoning::Error) return false;
        object->stable_erase("constructor");
      }
    }
    for (auto& member : *object) open.push_back(&member.value());
  }
  return true;
}

}  // namespace

std::optional<Json> parseJsonBody(std::string_view bytes, const JsonBodyOptions& options, json::storage_ptr storage) {
  constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(byteOrderMark)) bytes.remove_prefix(byteOrderMark.size());

  auto parsed = parseText(bytes, storage);
  std::string repaired;
  if (parsed.error && !ecmascript::isValidUtf8(bytes)) {
    repaired = ecmascript::repairUtf8(bytes);
    bytes = repaired;
    parsed = parseText(bytes, storage);
  }
  // Boost names no one error for half a surrogate pair: whatever it was, another try is due when there was one.
  if (parsed.error) {
    const auto paired = withoutLoneSurrogates(bytes);
    if (paired != bytes) parsed = parseText(paired, storage);
  }
  if (!parsed.value) return std::nullopt;
  if (parsed.suspicious && !filter(*parsed.value, options)) return std::nullopt;
  return std::move(parsed.value);
}

}  // namespace fastify::content
