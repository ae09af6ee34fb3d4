#include "listen_address.hpp"

#include <gtest/gtest.h>

namespace clerkd {
namespace {

TEST(ListenAddress, hosts_ports_and_paths) {
  EXPECT_EQ(parseListenAddress("127.0.0.1:4000")->host, "127.0.0.1");
  EXPECT_EQ(parseListenAddress("127.0.0.1:4000")->port, 4000);
  EXPECT_EQ(parseListenAddress("[::]:443")->host, "::");
  EXPECT_EQ(parseListenAddress("localhost:0")->port, 0);
  EXPECT_EQ(parseListenAddress("/run/clerkd/socket")->path, "/run/clerkd/socket");
}

TEST(ListenAddress, what_cannot_be_meant_is_none) {
  for (const auto* text : {"", "4000", ":4000", "localhost", "localhost:", "localhost:x", "localhost:70000", "::1:4000",
                           "[]:1", "localhost:40 "}) {
    EXPECT_FALSE(parseListenAddress(text)) << text;
  }
}

}  // namespace
}  // namespace clerkd
