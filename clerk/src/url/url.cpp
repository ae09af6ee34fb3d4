#include "url/url.hpp"

#include "text/ascii.hpp"

#include <ecmascript/hex.hpp>
#include <ecmascript/text.hpp>
#include <ecmascript/uri.hpp>

#include <algorithm>
#include <charconv>

namespace clerk::url {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isSlash(char c) { return c == '/' || c == '\\'; }

void appendEscaped(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

/// Escapes controls, bytes above 0x7e and the characters of `set`.
std::string encode(std::string_view text, std::string_view set) {
  std::string out;
  out.reserve(text.size());
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte > 0x7e || set.find(c) != std::string_view::npos) {
      appendEscaped(out, c);
    } else {
      out += c;
    }
  }
  return out;
}
constexpr std::string_view kFragmentSet = " \"<>`";
constexpr std::string_view kQuerySet = " \"#<>'";
constexpr std::string_view kPathSet = " \"#<>?`{}";
constexpr std::string_view kUserinfoSet = " \"#<>?`{}/:;=@[\\]^|";

std::string cleaned(std::string_view input) {
  auto isBlankOrControl = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!input.empty() && isBlankOrControl(input.front())) input.remove_prefix(1);
  while (!input.empty() && isBlankOrControl(input.back())) input.remove_suffix(1);
  std::string out;
  out.reserve(input.size());
  for (char c : input) {
    if (c != '\t' && c != '\n' && c != '\r') out += c;
  }
  return out;
}

/// The number of an IPv4 piece: decimal, octal after 0, hexadecimal after 0x.
std::optional<std::uint64_t> ipv4Number(std::string_view text) {
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    text.remove_prefix(2);
    base = 16;
  } else if (text.size() > 1 && text[0] == '0') {
    text.remove_prefix(1);
    base = 8;
  }
  if (text.empty()) return 0;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

bool endsInNumber(const std::vector<std::string_view>& labels) {
  auto last = labels.back();
  if (last.empty() && labels.size() > 1) last = labels[labels.size() - 2];
  if (last.empty()) return false;
  if (std::all_of(last.begin(), last.end(), isDigit)) return true;
  return (last.starts_with("0x") || last.starts_with("0X")) && ipv4Number(last);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (;;) {
    const auto at = text.find(separator);
    pieces.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return pieces;
    text.remove_prefix(at + 1);
  }
}

std::optional<std::string> ipv4(std::vector<std::string_view> labels) {
  if (labels.back().empty() && labels.size() > 1) labels.pop_back();
  if (labels.size() > 4) return {};
  std::uint64_t address = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i].empty()) return {};
    const auto number = ipv4Number(labels[i]);
    if (!number) return {};
    const bool last = i + 1 == labels.size();
    const std::size_t bytesLeft = 4 - i;
    if (last ? *number >= (1ULL << (8 * bytesLeft)) : *number > 255) return {};
    address |= last ? *number : *number << (8 * (3 - i));
  }
  std::string out;
  for (int shift : {24, 16, 8, 0}) out += (out.empty() ? "" : ".") + std::to_string(address >> shift & 255);
  return out;
}

std::optional<std::string> parseHost(std::string_view text) {
  if (text.empty()) return {};
  if (text.front() == '[') {
    if (text.back() != ']' || text.size() < 4) return {};
    const auto inner = text.substr(1, text.size() - 2);
    if (!std::all_of(inner.begin(), inner.end(),
                     [](char c) { return ecmascript::hexDigit(c) >= 0 || c == ':' || c == '.'; }))
      return {};
    return text::toLowerAscii(text);
  }
  auto host = text::toLowerAscii(percentDecode(text));
  for (char c : host) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7f || std::string_view("#/:<>?@[\\]^|%").find(c) != std::string_view::npos) return {};
  }
  const auto labels = split(host, '.');
  if (endsInNumber(labels)) return ipv4(labels);
  return host;
}

std::optional<std::uint16_t> defaultPort(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

bool parseAuthority(std::string_view text, Url& url) {
  if (const auto at = text.rfind('@'); at != std::string_view::npos) {
    const auto userinfo = text.substr(0, at);
    const auto colon = userinfo.find(':');
    url.username = encode(userinfo.substr(0, colon), kUserinfoSet);
    if (colon != std::string_view::npos) url.password = encode(userinfo.substr(colon + 1), kUserinfoSet);
    text.remove_prefix(at + 1);
  }
  const auto bracket = text.rfind(']');
  const auto colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  auto host = parseHost(text.substr(0, colon));
  if (!host) return false;
  url.hostname = *std::move(host);
  if (colon == std::string_view::npos) return true;
  const auto digits = text.substr(colon + 1);
  if (digits.empty()) return true;
  std::uint32_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size() || port > 65535) return false;
  if (port != defaultPort(url.scheme)) url.port = static_cast<std::uint16_t>(port);
  return true;
}

bool isDot(std::string_view segment) { return segment == "." || text::equalsIgnoringCase(segment, "%2e"); }
bool isDoubleDot(std::string_view segment) {
  for (auto form : {"..", ".%2e", "%2e.", "%2e%2e"}) {
    if (text::equalsIgnoringCase(segment, form)) return true;
  }
  return false;
}

/// Adds the segments of `text` to those of `path`, resolving dots.
void appendPath(std::vector<std::string>& path, std::string_view text) {
  for (;;) {
    const auto at = std::min(text.find('/'), text.find('\\'));
    const auto segment = text.substr(0, at);
    const bool last = at == std::string_view::npos;
    if (isDoubleDot(segment)) {
      if (!path.empty()) path.pop_back();
      if (last) path.emplace_back();
    } else if (isDot(segment)) {
      if (last) path.emplace_back();
    } else {
      path.push_back(encode(segment, kPathSet));
    }
    if (last) return;
    text.remove_prefix(at + 1);
  }
}

std::string joined(const std::vector<std::string>& segments) {
  std::string path;
  for (const auto& segment : segments) path += '/' + segment;
  return path.empty() ? "/" : path;
}

std::vector<std::string> segmentsOf(std::string_view path) {
  std::vector<std::string> segments;
  for (auto piece : split(path.substr(1), '/')) segments.emplace_back(piece);
  return segments;
}

/// `https:` at the start, and the scheme in lower case.
std::optional<std::string> schemeOf(std::string_view text) {
  if (text.empty() || !isLetter(text[0])) return {};
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return {};
  const auto scheme = text.substr(0, colon);
  if (!std::all_of(scheme.begin(), scheme.end(),
                   [](char c) { return isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.'; })) {
    return {};
  }
  return text::toLowerAscii(scheme);
}

}  // namespace

std::optional<Url> Url::parse(std::string_view input, const Url* base) {
  const auto text = cleaned(input);
  std::string_view rest = text;
  Url url;

  const auto hash = rest.find('#');
  if (hash != std::string_view::npos) {
    url.fragment = encode(rest.substr(hash + 1), kFragmentSet);
    rest = rest.substr(0, hash);
  }

  bool relative = true;
  if (auto scheme = schemeOf(rest)) {
    if (*scheme != "http" && *scheme != "https") return {};
    rest.remove_prefix(scheme->size() + 1);
    // `https:path` against an https base is relative (URL Standard, "special relative or authority").
    relative = base && base->scheme == *scheme && !(rest.size() > 1 && isSlash(rest[0]) && isSlash(rest[1]));
    url.scheme = *std::move(scheme);
  } else {
    if (!base) return {};
    url.scheme = base->scheme;
    relative = !(rest.size() > 1 && isSlash(rest[0]) && isSlash(rest[1]));
  }

  const auto question = rest.find('?');
  if (question != std::string_view::npos) {
    url.query = encode(rest.substr(question + 1), kQuerySet);
    rest = rest.substr(0, question);
  }

  std::vector<std::string> path;
  if (!relative) {
    while (!rest.empty() && isSlash(rest.front())) rest.remove_prefix(1);
    const auto end = std::min(rest.find('/'), rest.find('\\'));
    if (!parseAuthority(rest.substr(0, end), url)) return {};
    if (end != std::string_view::npos) appendPath(path, rest.substr(end + 1));
    url.path = joined(path);
    return url;
  }

  url.username = base->username;
  url.password = base->password;
  url.hostname = base->hostname;
  url.port = base->port;
  if (rest.empty()) {
    url.path = base->path;
    if (!url.query) url.query = base->query;
    return url;
  }
  if (isSlash(rest[0])) {
    rest.remove_prefix(1);
  } else {
    path = segmentsOf(base->path);
    path.pop_back();
  }
  appendPath(path, rest);
  url.path = joined(path);
  return url;
}

std::string Url::host() const { return port ? hostname + ':' + std::to_string(*port) : hostname; }
std::string Url::origin() const { return scheme + "://" + host(); }
std::string Url::search() const { return query && !query->empty() ? '?' + *query : ""; }

std::string Url::href() const {
  std::string text = scheme + "://";
  if (!username.empty() || !password.empty()) {
    text += username;
    if (!password.empty()) text += ':' + password;
    text += '@';
  }
  text += host() + path;
  if (query) text += '?' + *query;
  if (fragment) text += '#' + *fragment;
  return text;
}

SearchParams::SearchParams(std::string_view query) {
  if (query.starts_with('?')) query.remove_prefix(1);
  auto decoded = [](std::string_view piece) {
    std::string blanks(piece);
    std::replace(blanks.begin(), blanks.end(), '+', ' ');
    return ecmascript::repairUtf8(percentDecode(blanks));
  };
  for (auto piece : split(query, '&')) {
    if (piece.empty()) continue;
    const auto equals = piece.find('=');
    pairs_.emplace_back(decoded(piece.substr(0, equals)),
                        equals == std::string_view::npos ? std::string() : decoded(piece.substr(equals + 1)));
  }
}

std::optional<std::string_view> SearchParams::get(std::string_view name) const {
  for (const auto& [key, value] : pairs_) {
    if (key == name) return value;
  }
  return {};
}

void SearchParams::set(std::string_view name, std::string value) {
  auto first = std::find_if(pairs_.begin(), pairs_.end(), [&](const auto& pair) { return pair.first == name; });
  if (first == pairs_.end()) return append(std::string(name), std::move(value));
  first->second = std::move(value);
  pairs_.erase(std::remove_if(first + 1, pairs_.end(), [&](const auto& pair) { return pair.first == name; }),
               pairs_.end());
}

void SearchParams::remove(std::string_view name) {
  std::erase_if(pairs_, [&](const auto& pair) { return pair.first == name; });
}

std::string SearchParams::toString() const {
  std::string text;
  for (const auto& [name, value] : pairs_) {
    if (!text.empty()) text += '&';
    text += formEncode(name) + '=' + formEncode(value);
  }
  return text;
}

void setSearch(Url& url, const SearchParams& params) {
  auto text = params.toString();
  if (text.empty()) {
    url.query.reset();
  } else {
    url.query = std::move(text);
  }
}

std::string formEncode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char c : text) {
    if (isLetter(c) || isDigit(c) || c == '*' || c == '-' || c == '.' || c == '_') {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      appendEscaped(out, c);
    }
  }
  return out;
}

std::string percentDecode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const auto byte = ecmascript::escapedByte(text.substr(i))) {
      out += *byte;
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string percentEncodePathPiece(std::string_view text) { return encode(text, kPathSet); }

}  // namespace clerk::url
