#include "trust_proxy.hpp"

#include <fastify/error.hpp>

#include <boost/asio/ip/address.hpp>

#include <bit>
#include <charconv>
#include <cstdint>
#include <optional>

namespace fastify {
namespace {

using boost::asio::ip::make_address;

/// An address's bytes; an IPv4 address inside IPv6 counts as IPv4. Empty when it is none.
std::vector<unsigned char> bytesOf(std::string_view text) {
  boost::system::error_code failed;
  auto address = make_address(std::string(text), failed);
  if (failed) return {};
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6());
  }
  if (address.is_v4()) {
    const auto bytes = address.to_v4().to_bytes();
    return {bytes.begin(), bytes.end()};
  }
  const auto bytes = address.to_v6().to_bytes();
  return {bytes.begin(), bytes.end()};
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool contains(const std::vector<unsigned char>& network, unsigned prefix, const std::vector<unsigned char>& address) {
  if (network.size() != address.size()) return false;
  for (std::size_t i = 0; i < address.size() && prefix > 0; ++i) {
    const unsigned bits = std::min(prefix, 8u);
    const auto mask = static_cast<unsigned char>(0xff << (8 - bits));
    if ((network[i] & mask) != (address[i] & mask)) return false;
    prefix -= bits;
  }
  return true;
}

/// What stands behind the slash: a number of bits, or an IPv4 mask such as 255.255.0.0. Everything (0 bits) is refused,
/// as proxy-addr does: that is `true`.
std::optional<unsigned> prefixOf(std::string_view text, unsigned longest) {
  unsigned prefix = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), prefix);
  if (failed != std::errc() || end != text.data() + text.size()) {
    const auto mask = bytesOf(text);
    if (mask.size() != 4 || longest != 32) return std::nullopt;
    std::uint32_t bits = 0;
    for (const auto byte : mask) bits = bits << 8 | byte;
    prefix = static_cast<unsigned>(std::countl_one(bits));
    if (prefix < 32 && bits << prefix != 0) return std::nullopt;
  }
  if (prefix == 0 || prefix > longest) return std::nullopt;
  return prefix;
}

std::string_view namedNetworks(std::string_view name) {
  if (name == "loopback") return "127.0.0.1/8,::1/128";
  if (name == "linklocal") return "169.254.0.0/16,fe80::/10";
  if (name == "uniquelocal") return "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7";
  return {};
}

template <class Each>
void eachElement(std::string_view list, Each&& each) {
  while (true) {
    const auto comma = list.find(',');
    if (const auto element = trim(list.substr(0, comma)); !element.empty()) each(element);
    if (comma == list.npos) return;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

void ProxyTrust::addNetworks(std::string_view text, std::vector<Network>& networks) {
  eachElement(text, [&](std::string_view element) {
    if (const auto named = namedNetworks(element); !named.empty()) return addNetworks(named, networks);
    const auto slash = element.find('/');
    Network network{bytesOf(element.substr(0, slash)), 0};
    network.prefix = static_cast<unsigned>(network.bytes.size()) * 8;
    bool valid = !network.bytes.empty();
    if (valid && slash != element.npos) {
      const auto prefix = prefixOf(element.substr(slash + 1), network.prefix);
      valid = prefix.has_value();
      network.prefix = prefix.value_or(0);
    }
    if (!valid)
      throw FastifyError(
          500, "FST_ERR_INIT_OPTS_INVALID",
          "Invalid initialization options: '[{\"instancePath\":\"/trustProxy\",\"message\":\"invalid IP address: " +
              std::string(element) + "\"}]'");
    networks.push_back(std::move(network));
  });
}

ProxyTrust::ProxyTrust(const TrustProxy& option) {
  if (const auto* everybody = std::get_if<bool>(&option.value())) {
    enabled_ = everybody_ = *everybody;
  } else if (const auto* networks = std::get_if<std::vector<std::string>>(&option.value())) {
    for (const auto& text : *networks) addNetworks(text, networks_);
    enabled_ = true;
  } else {
    function_ = std::get<TrustProxy::Function>(option.value());
    enabled_ = static_cast<bool>(function_);
  }
}

bool ProxyTrust::trusts(std::string_view address, int hop) const {
  if (everybody_) return true;
  if (function_) return function_(address, hop);
  const auto bytes = bytesOf(address);
  if (bytes.empty()) return false;
  for (const auto& network : networks_) {
    if (contains(network.bytes, network.prefix, bytes)) return true;
  }
  return false;
}

std::vector<std::string> ProxyTrust::addresses(std::string_view peer, std::string_view forwardedFor) const {
  std::vector<std::string> hops;
  eachElement(forwardedFor, [&](std::string_view element) { hops.emplace_back(element); });
  // The header's last element is the hop next to the peer.
  std::vector<std::string> outward{std::string(peer)};
  outward.insert(outward.end(), hops.rbegin(), hops.rend());
  for (std::size_t hop = 0; hop + 1 < outward.size(); ++hop) {
    if (trusts(outward[hop], static_cast<int>(hop))) continue;
    outward.resize(hop + 1);
    break;
  }
  return outward;
}

}  // namespace fastify
