#include <ecmascript/text.hpp>

#include <gtest/gtest.h>

namespace ecmascript {
namespace {

TEST(Text, lengths_count_units_and_code_points) {
  EXPECT_EQ(utf16Length("héllo ✓ 😀"), 10U);
  EXPECT_EQ(codePointLength("héllo ✓ 😀"), 9U);
  EXPECT_EQ(utf16Length(""), 0U);
}

TEST(Text, malformed_utf8_is_found) {
  for (const auto* good :
       {"", "plain", "héllo ✓ 😀", "\xED\x9F\xBF", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF", "12345678é"}) {
    EXPECT_TRUE(isValidUtf8(good)) << good;
  }
  for (const auto* bad :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xFF", "\xC3", "\xE2\x9C", "12345678\xC3", "\xC3(", "\xE2\x9C("}) {
    EXPECT_FALSE(isValidUtf8(bad));
  }
}

// What Buffer.from([...]).toString() answers in Node 20.
TEST(Text, each_malformed_sequence_becomes_one_replacement_character) {
  const std::string r = "\xEF\xBF\xBD";
  EXPECT_EQ(repairUtf8("a\xFFz"), "a" + r + "z");
  EXPECT_EQ(repairUtf8("\xE2\x9C"), r);
  EXPECT_EQ(repairUtf8("\xE2\x9C"
                       "A"),
            r + "A");
  EXPECT_EQ(repairUtf8("\xF0\x9F\x98"), r);
  EXPECT_EQ(repairUtf8("\xED\xA0\x80"), r + r + r);
  EXPECT_EQ(repairUtf8("\xC0\x80"), r + r);
  EXPECT_EQ(repairUtf8("é\xC3"), "é" + r);
  EXPECT_EQ(repairUtf8("✓ fine 😀"), "✓ fine 😀");
}

TEST(Text, trim_takes_unicode_blanks_too) {
  EXPECT_EQ(trim(" \t\r\n\v\f a b \xC2\xA0\xE3\x80\x80\xEF\xBB\xBF"), "a b");
  EXPECT_EQ(trim("\xE2\x80\xA8\xE1\x9A\x80é\xE2\x80\xAF"), "é");
  EXPECT_EQ(trim("\xE2\x80\x8B"), "\xE2\x80\x8B");  // a zero-width space is none
  EXPECT_EQ(trim(""), "");
}

TEST(Text, code_points_are_written_as_utf8) {
  std::string text;
  for (const char32_t c : {U'a', U'é', U'✓', U'😀', char32_t(0xD800)}) appendCodePoint(text, c);
  EXPECT_EQ(text, "aé✓😀\xED\xA0\x80");
}

}  // namespace
}  // namespace ecmascript
