#include "client_key.hpp"

#include <arpa/inet.h>

#include <array>
#include <cstring>

namespace fastify::detail {
namespace {

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c += 32;
  }
  return lower;
}

void keepNetwork(in6_addr& address, int subnet) {
  for (int byte = 0; byte < 16; ++byte) {
    const int bits = subnet - byte * 8;
    if (bits >= 8) continue;
    const auto mask = bits <= 0 ? 0U : 0xFFU << (8 - bits);
    address.s6_addr[byte] = static_cast<unsigned char>(address.s6_addr[byte] & mask);
  }
}

}  // namespace

std::string clientKey(std::string_view address, int subnet) {
  const auto zone = address.find('%');  // fe80::1%eth0
  const std::string text(address.substr(0, zone));
  in6_addr binary{};
  if (text.size() > INET6_ADDRSTRLEN || inet_pton(AF_INET6, text.c_str(), &binary) != 1) return lowerCase(address);
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (IN6_IS_ADDR_V4MAPPED(&binary)) {
    return inet_ntop(AF_INET, binary.s6_addr + 12, out.data(), out.size());
  }
  keepNetwork(binary, subnet);
  return inet_ntop(AF_INET6, &binary, out.data(), out.size());
}

}  // namespace fastify::detail
