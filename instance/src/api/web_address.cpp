#include "api/web_address.hpp"

#include "api/text_fields.hpp"

#include <algorithm>

namespace clerk::instance::api {
namespace {

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool isVisibleAscii(std::string_view text) noexcept {
  return std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c < 0x7f && c != '\\'; });
}

bool isHostCharacter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

struct Authority {
  std::string host;
  std::string port;  // as written; empty: none
};

/// `[::1]:8080`, `example.com`, `example.com:8080`.
std::optional<Authority> parseAuthority(std::string_view text) {
  Authority authority;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos || end == 1) return std::nullopt;
    authority.host = text.substr(1, end - 1);
    if (authority.host.find_first_not_of("0123456789abcdef:.") != std::string::npos) return std::nullopt;
    text.remove_prefix(end + 1);
  } else {
    const auto end = std::min(text.find(':'), text.size());
    authority.host = text.substr(0, end);
    if (authority.host.empty() || !std::ranges::all_of(authority.host, isHostCharacter)) return std::nullopt;
    text.remove_prefix(end);
  }
  if (text.empty()) return authority;
  if (text[0] != ':' || text.size() > 6) return std::nullopt;
  const auto port = parseInteger(text.substr(1));
  if (!port || *port < 1 || *port > 65535) return std::nullopt;
  authority.port = std::to_string(*port);
  return authority;
}

}  // namespace

bool isLoopbackHost(std::string_view host) noexcept {
  if (host == "localhost" || host.ends_with(".localhost") || host == "::1") return true;
  // Only a whole dotted address: "127.0.0.1.example.com" is somebody's name.
  return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos &&
         std::ranges::count(host, '.') == 3;
}

std::optional<WebAddress> WebAddress::parse(std::string_view text) {
  constexpr std::size_t longest = 8 * 1024;
  if (text.size() > longest || !isVisibleAscii(text)) return std::nullopt;
  WebAddress address;
  const auto schemeEnd = text.find("://");
  if (schemeEnd == std::string_view::npos) return std::nullopt;
  const auto scheme = lowerCase(text.substr(0, schemeEnd));
  if (scheme != "http" && scheme != "https") return std::nullopt;
  address.secure_ = scheme == "https";
  const auto rest = text.substr(schemeEnd + 3);
  const auto authority = parseAuthority(lowerCase(rest.substr(0, rest.find_first_of("/?#"))));
  if (!authority) return std::nullopt;
  address.text_ = text;
  address.host_ = authority->host;
  const bool isIpv6 = authority->host.find(':') != std::string::npos;
  address.origin_ = scheme + "://" + (isIpv6 ? "[" + authority->host + "]" : authority->host);
  const std::string_view usualPort = address.secure_ ? "443" : "80";
  if (!authority->port.empty() && authority->port != usualPort) address.origin_ += ":" + authority->port;
  return address;
}

bool WebAddress::isLoopback() const noexcept { return isLoopbackHost(host_); }

std::string WebAddress::withQuery(std::string_view name, std::string_view value) const {
  const std::string_view text = text_;
  const auto fragmentAt = std::min(text.find('#'), text.size());
  std::string result(text.substr(0, fragmentAt));
  result += result.find('?') == std::string::npos ? '?' : '&';
  result += percentEncode(name) + "=" + percentEncode(value);
  result += text.substr(fragmentAt);
  return result;
}

std::string percentEncode(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const unsigned char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
        c == '_' || c == '~') {
      encoded += static_cast<char>(c);
    } else {
      encoded += '%';
      encoded += digits[c >> 4];
      encoded += digits[c & 15];
    }
  }
  return encoded;
}

}  // namespace clerk::instance::api
