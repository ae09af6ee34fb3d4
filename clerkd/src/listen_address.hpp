#pragma once
// Where to listen, as a person writes it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace clerkd {

/// Of `path` and `host` one is set.
struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
  std::string path;
};

/// `host:port`, `[::1]:port`, or a path that begins with `/` or `.`; absent for anything else.
std::optional<ListenAddress> parseListenAddress(std::string_view text);

}  // namespace clerkd
