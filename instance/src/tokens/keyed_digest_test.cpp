#include "tokens/keyed_digest.hpp"

#include <gtest/gtest.h>

namespace clerk::instance {
namespace {

TEST(KeyedDigest, depends_on_key_purpose_and_secret) {
  const KeyedDigest digest("key");
  EXPECT_EQ(digest.of("code", "424242"), digest.of("code", "424242"));
  EXPECT_NE(digest.of("code", "424242"), digest.of("code", "424243"));
  EXPECT_NE(digest.of("code", "424242"), digest.of("nonce", "424242"));
  EXPECT_NE(digest.of("code", "424242"), KeyedDigest("other").of("code", "424242"));
  EXPECT_NE(digest.of("a", "bc"), digest.of("ab", "c"));
  EXPECT_EQ(digest.of("", "").size(), 43u);
}

}  // namespace
}  // namespace clerk::instance
