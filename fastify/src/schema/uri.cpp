#include "schema/uri.hpp"

#include <ecmascript/text.hpp>

#include <vector>

namespace fastify::schema {
namespace {

struct Parts {
  std::string_view scheme, authority, path, query, fragment;
  bool hasAuthority = false, hasQuery = false, hasFragment = false;
};

bool isSchemeCharacter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

// RFC 3986, appendix B.
Parts split(std::string_view text) noexcept {
  Parts parts;
  const auto hash = text.find('#');
  if (hash != std::string_view::npos) {
    parts.hasFragment = true;
    parts.fragment = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  const auto question = text.find('?');
  if (question != std::string_view::npos) {
    parts.hasQuery = true;
    parts.query = text.substr(question + 1);
    text = text.substr(0, question);
  }
  std::size_t colon = 0;
  while (colon < text.size() && isSchemeCharacter(text[colon])) ++colon;
  if (colon > 0 && colon < text.size() && text[colon] == ':') {
    parts.scheme = text.substr(0, colon);
    text = text.substr(colon + 1);
  }
  if (text.starts_with("//")) {
    parts.hasAuthority = true;
    const auto end = text.find('/', 2);
    parts.authority = text.substr(2, end == std::string_view::npos ? end : end - 2);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end);
  }
  parts.path = text;
  return parts;
}

std::string join(const Parts& parts, std::string_view path) {
  std::string uri;
  if (!parts.scheme.empty()) {
    for (const char c : parts.scheme) uri.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    uri += ':';
  }
  if (parts.hasAuthority) (uri += "//") += parts.authority;
  uri += path;
  if (parts.hasQuery) (uri += '?') += parts.query;
  if (parts.hasFragment) (uri += '#') += parts.fragment;
  return uri;
}

// RFC 3986, 5.2.4.
std::string withoutDotSegments(std::string_view path) {
  std::vector<std::string_view> segments;
  const bool absolute = path.starts_with('/');
  if (absolute) path.remove_prefix(1);
  while (true) {
    const auto slash = path.find('/');
    const bool last = slash == std::string_view::npos;
    const auto segment = path.substr(0, slash);
    if (segment == "..") {
      if (!segments.empty()) segments.pop_back();
      if (last) segments.emplace_back();
    } else if (segment == ".") {
      if (last) segments.emplace_back();
    } else {
      segments.push_back(segment);
    }
    if (last) break;
    path.remove_prefix(slash + 1);
  }
  std::string result = absolute ? "/" : "";
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (i > 0) result += '/';
    result += segments[i];
  }
  return result;
}

std::string merged(const Parts& base, std::string_view path) {
  if (base.hasAuthority && base.path.empty()) return "/" + std::string(path);
  const auto slash = base.path.rfind('/');
  return std::string(slash == std::string_view::npos ? std::string_view() : base.path.substr(0, slash + 1)) +
         std::string(path);
}

}  // namespace

std::string_view withoutEmptyFragment(std::string_view reference) noexcept {
  if (reference.ends_with("#/")) reference.remove_suffix(2);
  if (reference.ends_with('#')) reference.remove_suffix(1);
  return reference;
}

std::string_view withoutFragment(std::string_view reference) noexcept {
  return reference.substr(0, reference.find('#'));
}

std::string_view fragmentOf(std::string_view reference) noexcept {
  const auto hash = reference.find('#');
  return hash == std::string_view::npos ? std::string_view() : reference.substr(hash + 1);
}

std::string resolveUri(std::string_view base, std::string_view reference) {
  const Parts from = split(base);
  Parts to = split(reference);
  if (!to.scheme.empty()) return join(to, to.hasAuthority ? withoutDotSegments(to.path) : std::string(to.path));
  to.scheme = from.scheme;
  if (to.hasAuthority) return join(to, withoutDotSegments(to.path));
  to.hasAuthority = from.hasAuthority;
  to.authority = from.authority;
  if (to.path.empty()) {
    if (!to.hasQuery) {
      to.hasQuery = from.hasQuery;
      to.query = from.query;
    }
    return join(to, from.path);
  }
  if (to.path.starts_with('/')) return join(to, withoutDotSegments(to.path));
  return join(to, withoutDotSegments(merged(from, to.path)));
}

std::string escapePointer(std::string_view key) {
  std::string escaped;
  escaped.reserve(key.size());
  for (const char c : key) {
    if (c == '~') {
      escaped += "~0";
    } else if (c == '/') {
      escaped += "~1";
    } else {
      escaped.push_back(c);
    }
  }
  return escaped;
}

std::string unescapePointer(std::string_view segment) {
  std::string key;
  key.reserve(segment.size());
  for (std::size_t i = 0; i < segment.size(); ++i) {
    const bool escape = segment[i] == '~' && i + 1 < segment.size();
    if (escape && (segment[i + 1] == '0' || segment[i + 1] == '1')) {
      key.push_back(segment[++i] == '0' ? '~' : '/');
    } else {
      key.push_back(segment[i]);
    }
  }
  return key;
}

}  // namespace fastify::schema
