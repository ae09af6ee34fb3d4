#include "target.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace fastify::router {
namespace {

bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }

bool sameText(std::string_view text, std::string_view lower) noexcept {
  return text.size() == lower.size() && std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a | 0x20) : a) == b;
         });
}

bool isPort(std::string_view text) noexcept {
  if (text.empty()) return true;
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port <= 65535;
}

bool isIpv6(std::string_view text) noexcept {
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  if (text.size() >= terminated.size()) return false;
  std::memcpy(terminated.data(), text.data(), text.size());
  in6_addr address;
  return ::inet_pton(AF_INET6, terminated.data(), &address) == 1;
}

/// One number of an IPv4 address as URLs may write it: decimal, 0x… or 0…
std::optional<std::uint64_t> ipv4Number(std::string_view text) noexcept {
  int base = 10;
  if (text.size() > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
    base = 16;
    text.remove_prefix(2);
    if (text.empty()) return 0;
  } else if (text.size() > 1 && text[0] == '0') {
    base = 8;
  }
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// WHATWG URL, "ends in a number": such a host must be an IPv4 address.
bool isHostName(std::string_view host) noexcept {
  if (host.ends_with('.')) host.remove_suffix(1);
  if (host.empty()) return false;
  const auto last = host.substr(host.rfind('.') + 1);
  const bool endsInNumber = !last.empty() && (std::all_of(last.begin(), last.end(), isDigit) || ipv4Number(last));
  if (!endsInNumber) return true;
  std::array<std::uint64_t, 4> numbers{};
  std::size_t count = 0;
  for (std::string_view rest = host;; ++count) {
    const auto dot = rest.find('.');
    const auto number = count < 4 ? ipv4Number(rest.substr(0, dot)) : std::nullopt;
    if (!number || (rest.substr(0, dot).empty())) return false;
    numbers[count] = *number;
    if (dot == rest.npos) break;
    if (*number > 255) return false;
    rest.remove_prefix(dot + 1);
  }
  return numbers[count] < (std::uint64_t{1} << (8 * (4 - count)));
}

// Percent-encoded hosts are left to be: no route hangs on the host of a target.
constexpr std::string_view forbiddenInHost = " #/<>?@[\\]^|";

bool isAuthority(std::string_view authority) noexcept {
  authority = authority.substr(0, authority.find('\\'));  // WHATWG URL takes it for a slash
  if (const auto at = authority.rfind('@'); at != authority.npos) authority.remove_prefix(at + 1);
  if (authority.starts_with('[')) {
    const auto close = authority.find(']');
    if (close == authority.npos || !isIpv6(authority.substr(1, close - 1))) return false;
    const auto rest = authority.substr(close + 1);
    return rest.empty() || (rest.front() == ':' && isPort(rest.substr(1)));
  }
  const auto colon = authority.find(':');
  const auto host = authority.substr(0, colon);
  if (colon != authority.npos && !isPort(authority.substr(colon + 1))) return false;
  return host.find_first_of(forbiddenInHost) == host.npos && isHostName(host);
}

TargetParts splitOriginForm(std::string_view originForm, bool semicolonToo) noexcept {
  // The first byte is a slash (or all there is).
  const auto isDelimiter = [semicolonToo](char c) { return c == '?' || c == '#' || (semicolonToo && c == ';'); };
  auto delimiter = std::min<std::size_t>(1, originForm.size());
  while (delimiter < originForm.size() && !isDelimiter(originForm[delimiter])) ++delimiter;
  if (delimiter == originForm.size()) return {originForm, {}, originForm};
  return {originForm.substr(0, delimiter), originForm.substr(delimiter + 1), originForm};
}

}  // namespace

std::optional<TargetParts> splitTarget(std::string_view target, bool semicolonToo) noexcept {
  if (target.empty() || target.front() == '/') return splitOriginForm(target, semicolonToo);
  const auto schemeEnd = target.find("://");
  const auto scheme = target.substr(0, schemeEnd);
  if (schemeEnd == target.npos || (!sameText(scheme, "http") && !sameText(scheme, "https"))) {
    return splitOriginForm(target, semicolonToo);
  }
  const auto rest = target.substr(schemeEnd + 3);
  // A fragment has no place in a target. A slash behind one is not to be taken for the path's.
  if (rest.find('#') != rest.npos) return std::nullopt;
  const auto authorityEnd = std::min(rest.find_first_of("/?"), rest.size());
  if (!isAuthority(rest.substr(0, authorityEnd))) return std::nullopt;
  const auto originForm = rest.substr(authorityEnd);
  if (originForm.starts_with('/')) return splitOriginForm(originForm, semicolonToo);
  return TargetParts{"/", originForm.empty() ? originForm : originForm.substr(1), originForm};
}

}  // namespace fastify::router
