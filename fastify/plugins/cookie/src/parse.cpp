#include <fastify/cookie.hpp>

#include <ecmascript/text.hpp>
#include <ecmascript/uri.hpp>

#include <string>

namespace fastify {
namespace {

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string decodeValue(std::string_view text) {
  if (text.find('%') == text.npos) return std::string(text);
  auto decoded = ecmascript::decodeUriComponent(text);
  return decoded ? std::move(*decoded) : std::string(text);
}

}  // namespace

JsonObject parseCookie(std::string_view header, const std::function<std::string(std::string_view)>& decode) {
  std::string repaired;
  if (!ecmascript::isValidUtf8(header)) header = repaired = ecmascript::repairUtf8(header);
  JsonObject values;
  while (!header.empty()) {
    const auto end = header.find(';');
    const auto pair = header.substr(0, end);
    header.remove_prefix(end == header.npos ? header.size() : end + 1);
    const auto equals = pair.find('=');
    if (equals == pair.npos) continue;
    const auto name = trimmed(pair.substr(0, equals));
    if (values.contains(name)) continue;
    const auto value = trimmed(pair.substr(equals + 1));
    values.emplace(name, decode ? decode(value) : decodeValue(value));
  }
  return values;
}

}  // namespace fastify
