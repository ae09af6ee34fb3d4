#pragma once
// Which client an address is.

#include <string>
#include <string_view>

namespace fastify::detail {

/// IPv4 as it is, IPv4 inside IPv6 as IPv4, IPv6 as its network of `subnet` bits (0 to 128), anything else in lower
/// case.
std::string clientKey(std::string_view address, int subnet);

}  // namespace fastify::detail
