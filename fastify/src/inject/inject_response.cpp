#include <fastify/inject.hpp>

#include <ecmascript/number.hpp>

#include <algorithm>

namespace fastify {

namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::string camelCase(std::string_view attribute) {
  std::string name(attribute);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (name == "max-age") return "maxAge";
  if (name == "httponly") return "httpOnly";
  if (name == "samesite") return "sameSite";
  return name;
}

InjectCookie parseSetCookie(std::string_view line) {
  InjectCookie cookie;
  bool first = true;
  while (!line.empty() || first) {
    const auto semicolon = line.find(';');
    const auto part = trim(line.substr(0, semicolon));
    const auto equals = part.find('=');
    const auto name = trim(part.substr(0, equals));
    const auto value = equals == part.npos ? std::string_view() : trim(part.substr(equals + 1));
    if (first) {
      cookie.name = name;
      cookie.value = value;
      first = false;
    } else if (!name.empty()) {
      const auto key = camelCase(name);
      if (equals == part.npos) {
        cookie.attributes[key] = true;
      } else if (key == "maxAge") {
        cookie.attributes[key] = static_cast<std::int64_t>(ecmascript::toNumber(value));
      } else {
        cookie.attributes[key] = value;
      }
    }
    if (semicolon == line.npos) break;
    line.remove_prefix(semicolon + 1);
  }
  return cookie;
}

}  // namespace

std::optional<std::string> InjectResponse::header(std::string_view name) const {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  std::optional<std::string> joined;
  for (const auto& [key, value] : headers) {
    if (key != lower) continue;
    joined = joined ? *joined + ", " + value : value;
  }
  return joined;
}

Json InjectResponse::json() const { return boost::json::parse(body); }

std::vector<InjectCookie> InjectResponse::cookies() const {
  std::vector<InjectCookie> all;
  for (const auto& [name, value] : headers) {
    if (name == "set-cookie") all.push_back(parseSetCookie(value));
  }
  return all;
}

}  // namespace fastify
