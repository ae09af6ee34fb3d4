#include <ecmascript/uri.hpp>

#include <gtest/gtest.h>

namespace ecmascript {
namespace {

TEST(Uri, components_are_encoded_as_javascript_does) {
  EXPECT_EQ(encodeUriComponent("a b&c=d/\xC3\xA9-_.!~*'()%"), "a%20b%26c%3Dd%2F%C3%A9-_.!~*'()%25");
}

TEST(Uri, components_are_decoded_or_refused) {
  EXPECT_EQ(decodeUriComponent("a%20b%C3%a9+"), "a b\xC3\xA9+");
  for (std::string_view text : {"%", "%4", "%zz", "%FF", "%C3", "%ED%A0%80"})
    EXPECT_EQ(decodeUriComponent(text), std::nullopt) << text;
}

}  // namespace
}  // namespace ecmascript
