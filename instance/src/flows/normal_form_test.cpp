#include "flows/normal_form.hpp"

#include <gtest/gtest.h>

namespace clerk::instance {
namespace {

TEST(NormalForm, email_addresses_in_lower_case) {
  EXPECT_EQ(*normalEmailAddress(" Ada+x@Example.COM\n", "email_address"), "ada+x@example.com");
  EXPECT_EQ(*normalEmailAddress("o'brien@sub.example.co.uk", "email_address"), "o'brien@sub.example.co.uk");
  EXPECT_EQ(*normalEmailAddress("ünï@exämple.de", "email_address"), "ünï@exämple.de");
}

TEST(NormalForm, refuses_what_is_no_email_address) {
  for (auto text : {"", "nope", "@example.com", "a@", "a@b", "a@@b.c", "a b@c.d", "a@b..c", "a@-b.c", ".a@b.c",
                    "a.@b.c", "a..b@c.d", "a@b.c\nbcc: x@y.z", "a,b@c.d", "<a@b.c>", "a@b_c.d", "\xff@b.c"}) {
    auto outcome = normalEmailAddress(text, "email_address");
    ASSERT_FALSE(outcome) << text;
    EXPECT_EQ(outcome.error().first().code, "form_param_format_invalid");
    EXPECT_EQ(outcome.error().first().longMessage, "Email address must be a valid email address.");
  }
  EXPECT_FALSE(normalEmailAddress(std::string(250, 'a') + "@b.c", "email_address"));
}

TEST(NormalForm, names_lose_their_edges_and_may_be_nothing) {
  EXPECT_EQ(**normalName("  Ada ", "first_name"), "Ada");
  EXPECT_FALSE(normalName("", "first_name")->has_value());
  EXPECT_FALSE(normalName("  ", "first_name")->has_value());
  EXPECT_EQ(normalName(std::string(257, 'x'), "first_name").error().first().code, "form_param_max_length_exceeded");
  for (auto text : {"\xed\xa0\x80", "\xc0\x80", "\xf5\x80\x80\x80", "\xe4\xb8", "a\x01z"}) {
    EXPECT_FALSE(normalName(text, "first_name")) << text;
  }
  EXPECT_EQ(**normalName("张伟", "first_name"), "张伟");
}

TEST(NormalForm, usernames) {
  EXPECT_EQ(*normalUsername("Ada_L-1", "username"), "ada_l-1");
  EXPECT_EQ(normalUsername("ada", "username").error().first().code, "form_username_invalid_length");
  EXPECT_EQ(normalUsername("ada lovelace", "username").error().first().code, "form_username_invalid_character");
}

TEST(NormalForm, metadata_is_an_object_of_bounded_size) {
  EXPECT_EQ(readMetadata(R"({"a":1})", "unsafe_metadata", 100)->at("a"), 1);
  for (auto text : {"", "null", "[]", "{", "{a:1}"}) {
    EXPECT_EQ(readMetadata(text, "unsafe_metadata", 100).error().first().code, "form_param_format_invalid") << text;
  }
  EXPECT_FALSE(readMetadata(std::string(700, '['), "unsafe_metadata", 100));
  EXPECT_EQ(readMetadata(R"({"a":")" + std::string(100, 'x') + "\"}", "unsafe_metadata", 100).error().first().code,
            "form_param_exceeds_allowed_size");
  EXPECT_EQ(readMetadata(std::string(10'000, ' '), "unsafe_metadata", 100).error().first().code,
            "form_param_exceeds_allowed_size");
}

TEST(NormalForm, a_safe_identifier_hides_the_rest) {
  EXPECT_EQ(safeIdentifier("ada@example.com"), "a***@example.com");
  EXPECT_EQ(safeIdentifier("änne@example.com"), "ä***@example.com");
  EXPECT_EQ(safeIdentifier("a@b.c"), "a***@b.c");
}

}  // namespace
}  // namespace clerk::instance
