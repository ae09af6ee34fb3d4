#include "text/utf8.hpp"

#include <gtest/gtest.h>

using namespace clerk::text;
using namespace std::string_literals;

TEST(Utf8, keeps_what_is_well_formed) {
  for (auto text : {"", "abc", "Zo\xc3\xab \xe6\x97\xa5 \xf0\x9f\x8e\x89"}) {
    EXPECT_TRUE(isUtf8(text));
    EXPECT_EQ(toUtf8(text), text);
  }
}

TEST(Utf8, replaces_each_broken_piece_once) {
  const std::string r = "\xef\xbf\xbd";
  const std::pair<std::string, std::string> table[] = {{"\xff", r},
                                                       {"a\xc3", "a" + r},
                                                       {"\xc0\xaf", r + r},
                                                       {"\xed\xa0\x80", r + r + r},
                                                       {"\xe2\x82z", r + "z"},
                                                       {"\xf0\x9f\x8e", r},
                                                       {"\xf4\x90\x80\x80", r + r + r + r}};
  for (const auto& [bytes, text] : table) {
    EXPECT_FALSE(isUtf8(bytes));
    EXPECT_EQ(toUtf8(bytes), text);
  }
}

TEST(Utf8, writes_code_points) {
  std::string text;
  for (char32_t c : {U'a', U'\u00eb', U'\u65e5', U'\U0001f389'}) appendCodePoint(text, c);
  EXPECT_EQ(text, "a\xc3\xab\xe6\x97\xa5\xf0\x9f\x8e\x89");
}

TEST(Utf8, case_rules_are_those_of_ascii) {
  EXPECT_EQ(toLowerAscii("Content-TYPE \xc3\x84"), "content-type \xc3\x84");
  EXPECT_TRUE(equalsIgnoringCase("ACCEPT", "accept"));
  EXPECT_FALSE(equalsIgnoringCase("accept", "accepts"));
}
