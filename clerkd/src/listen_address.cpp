#include "listen_address.hpp"

#include <charconv>

namespace clerkd {

std::optional<ListenAddress> parseListenAddress(std::string_view text) {
  if (text.starts_with('/') || text.starts_with('.')) return ListenAddress{.path = std::string(text)};
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const auto digits = text.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  auto host = text.substr(0, colon);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (host.empty() || (!bracketed && host.find(':') != std::string_view::npos)) return std::nullopt;
  return ListenAddress{.host = std::string(host), .port = port};
}

}  // namespace clerkd
