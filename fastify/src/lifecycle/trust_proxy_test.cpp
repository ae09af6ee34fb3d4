#include "trust_proxy.hpp"

#include <fastify/error.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fastify {
namespace {

using Addresses = std::vector<std::string>;

TEST(ProxyTrust, networks_in_all_their_spellings) {
  const ProxyTrust trust(
      TrustProxy(std::vector<std::string>{"loopback, 10.0.0.0/8", "192.168.0.0/255.255.0.0", "fd00::/8"}));
  for (const auto* trusted :
       {"127.0.0.1", "127.9.9.9", "::1", "10.255.0.1", "::ffff:10.0.0.1", "192.168.3.4", "fd12::1"})
    EXPECT_TRUE(trust.trusts(trusted, 0)) << trusted;
  for (const auto* stranger : {"11.0.0.1", "192.169.0.1", "fe80::1", "::ffff:11.0.0.1", "", "unknown", "10.0.0.1:80"})
    EXPECT_FALSE(trust.trusts(stranger, 0)) << stranger;
}

TEST(ProxyTrust, what_is_no_network_is_refused) {
  for (const auto* text :
       {"10.0.0.0/0", "10.0.0.0/33", "::/129", "10.0.0.0/255.0.255.0", "fd00::/255.0.0.0", "10.0.0.0/", "home"})
    EXPECT_THROW(ProxyTrust{TrustProxy(text)}, FastifyError) << text;
}

TEST(ProxyTrust, the_list_ends_behind_the_first_stranger) {
  const ProxyTrust trust(TrustProxy("127.0.0.1, 10.0.0.0/8"));
  EXPECT_EQ(trust.addresses("127.0.0.1", "6.6.6.6, 203.0.113.9, 10.1.1.1"),
            (Addresses{"127.0.0.1", "10.1.1.1", "203.0.113.9"}));
  EXPECT_EQ(trust.addresses("203.0.113.1", "10.1.1.1"), Addresses{"203.0.113.1"});
  EXPECT_EQ(trust.addresses("127.0.0.1", ", ,"), Addresses{"127.0.0.1"});
  EXPECT_EQ(trust.addresses("127.0.0.1", ""), Addresses{"127.0.0.1"});
  EXPECT_EQ(ProxyTrust(TrustProxy(true)).addresses("", "a, b"), (Addresses{"", "b", "a"}));
}

TEST(ProxyTrust, a_function_is_told_the_hop) {
  const ProxyTrust trust(TrustProxy([](std::string_view, int hop) { return hop < 1; }));
  EXPECT_EQ(trust.addresses("1.1.1.1", "4.4.4.4, 3.3.3.3, 2.2.2.2"), (Addresses{"1.1.1.1", "2.2.2.2"}));
}

}  // namespace
}  // namespace fastify
