#include "command_line/command_line.hpp"

#include <gmock/gmock.h>

namespace clerkd {
namespace {

/// What a command was given.
struct Given {
  std::string name = "nobody";
  bool loud = false;
  bool quiet = false;
} given;

ReadyCommand declareGreet(OptionList& options) {
  given = {};
  options.argument("name", given.name, "Who is greeted")
      .flag("loud", given.loud, "In capitals")
      .flag("quiet", given.quiet, "In small letters");
  return {[] { return std::vector<std::string>(); }, [] { return 0; }};
}

int runGreet(const std::vector<std::string>& arguments) {
  const Command commands[] = {{.name = "greet", .help = "Greets somebody", .declare = declareGreet}};
  return runCommandLine(commands, "1.0", arguments);
}

TEST(CommandLine, flags_are_set_by_being_there) {
  EXPECT_EQ(runGreet({"greet", "--loud", "--name", "Ada"}), 0);
  EXPECT_TRUE(given.loud);
  EXPECT_FALSE(given.quiet);
  EXPECT_EQ(given.name, "Ada");
  EXPECT_EQ(runGreet({"greet"}), 0);
  EXPECT_FALSE(given.loud);
}

TEST(CommandLine, what_is_unknown_is_refused) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(runGreet({"greet", "--aloud"}), 2);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), testing::HasSubstr("--aloud"));
}

}  // namespace
}  // namespace clerkd
