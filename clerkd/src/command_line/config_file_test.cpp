#include "command_line/config_file.hpp"

#include <gmock/gmock.h>

namespace clerkd {
namespace {

using testing::ElementsAre;
using Values = std::vector<std::string>;

TEST(ConfigFile, reads_texts_numbers_truths_and_lists) {
  const auto config = parseConfig(
      "# a comment\n\norigin = \"https://a.example\" # another\nthreads=4\r\nname = 'It''s\n"
      "name = \"a \\\"b\\\" \\\\ c\"\nmetrics = true\nallow-origin = [\n  \"https://a\", # first\n  'https://b',\n]\n"
      "webhook = []",
      "x.conf");
  ASSERT_EQ(config.entries.size(), 6u);
  EXPECT_EQ(config.entries[0].name, "origin");
  EXPECT_EQ(config.entries[0].values, Values{"https://a.example"});
  EXPECT_EQ(config.entries[0].where, "x.conf:3");
  EXPECT_EQ(config.entries[1].values, Values{"4"});
  EXPECT_EQ(config.entries[2].values, Values{"a \"b\" \\ c"});
  EXPECT_EQ(config.entries[3].values, Values{"true"});
  EXPECT_EQ(config.entries[4].values, (Values{"https://a", "https://b"}));
  EXPECT_EQ(config.entries[5].values, Values{});
  EXPECT_THAT(config.problems, ElementsAre("x.conf:5: nothing may follow the value of name"));
}

TEST(ConfigFile, says_what_is_wrong_with_every_line) {
  const auto config = parseConfig(
      "[serve]\norigin\nname = \"open\nthreads = many\nListen = 1\nlisten = \"a\" \"b\"\nname = \"\\x\"\nx = [1 2]\n"
      "a = 1\na = 2\n= 3\nlist = [\"no end\"\n",
      "c");
  EXPECT_THAT(config.problems,
              ElementsAre("c:1: there are no sections", "c:2: a line must be `name = value`",
                          "c:3: a text has no quote at its end",
                          "c:4: a value must be a text in quotes, a number, true, false or a list",
                          "c:5: a line must be `name = value`", "c:6: nothing may follow the value of listen",
                          "c:7: after a backslash comes one of \" \\ n t", "c:8: a list must be [\"one\", \"two\"]",
                          "c:10: a stands there twice", "c:11: a line must be `name = value`",
                          "c:13: a list must be [\"one\", \"two\"]"));
  ASSERT_EQ(config.entries.size(), 1u);
}

TEST(ConfigFile, a_file_that_is_not_there_is_a_problem) {
  EXPECT_THAT(readConfig("/nowhere/clerkd.conf").problems,
              ElementsAre("--config: /nowhere/clerkd.conf: No such file or directory"));
}

}  // namespace
}  // namespace clerkd
