#include <dotenv/dotenv.hpp>

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace dotenv {
namespace {

struct Row {
  const char* what;
  std::string_view text;
  Values values;
};

// Each row was compared with what Node's dotenv 18.0.10 gives.
const Row rows[] = {
    {"plain", "BASIC=basic", {{"BASIC", "basic"}}},
    {"several lines", "A=1\nB=2\n", {{"A", "1"}, {"B", "2"}}},
    {"CRLF and CR end lines", "A=1\r\nB=2\rC=3", {{"A", "1"}, {"B", "2"}, {"C", "3"}}},
    {"byte order mark",
     "\xef\xbb\xbf"
     "A=1",
     {{"A", "1"}}},
    {"empty value", "A=\nB=x", {{"A", ""}, {"B", "x"}}},
    {"empty quotes", "A=''\nB=\"\"\nC=``", {{"A", ""}, {"B", ""}, {"C", ""}}},
    {"blanks are trimmed", "  A =  some  spaced   \nB\t=\tx", {{"A", "some  spaced"}, {"B", "x"}}},
    {"quotes keep blanks", "A=' x '\nB=\" y \"\nC=` z `", {{"A", " x "}, {"B", " y "}, {"C", " z "}}},
    {"comment lines and empty lines", "# A=1\n\n  # B=2\nC=3", {{"C", "3"}}},
    {"comment after a value",
     "A=x # y\nB=x#y\nC='x # y' # z\nD=\"#\"#z",
     {{"A", "x"}, {"B", "x"}, {"C", "x # y"}, {"D", "#"}}},
    {"export", "export A=1\nexport\tB = 2\nexport=3", {{"A", "1"}, {"B", "2"}, {"export", "3"}}},
    {"colon", "A: 1\nB:2\nC : 3\nD:", {{"A", "1"}}},
    {"equals signs in the value",
     "A=b=c==\nB=postgres://u:p@h/d?x=1",
     {{"A", "b=c=="}, {"B", "postgres://u:p@h/d?x=1"}}},
    {"names", "a.b-c_D9=1\n1=2", {{"a.b-c_D9", "1"}, {"1", "2"}}},
    {"what is no assignment", "just text\nA B=1\n=x\n$C=1\nD=4", {{"D", "4"}}},
    {"last one wins", "A=1\nA=2", {{"A", "2"}}},
    {"double quotes know line breaks",
     R"(A="x\ny\rz")"
     "\n"
     R"(B='x\ny')"
     "\n"
     R"(C=x\ny)",
     {{"A", "x\ny\rz"}, {"B", "x\\ny"}, {"C", "x\\ny"}}},
    {"other escapes stay", R"(A="x\ty\\z\"q")", {{"A", R"(x\ty\\z\"q)"}}},
    {"quotes inside quotes",
     R"(A='say "hi"')"
     "\n"
     R"(B="it's")"
     "\n"
     R"(C=`"it's"`)",
     {{"A", "say \"hi\""}, {"B", "it's"}, {"C", "\"it's\""}}},
    {"quotes inside a plain value",
     R"(A={"foo": "bar"})"
     "\nB=it's",
     {{"A", R"({"foo": "bar"})"}, {"B", "it's"}}},
    {"several lines in quotes",
     "A=\"-----BEGIN-----\nabc\n-----END-----\"\nB='x\n# no comment\ny'\nC=`1\n2`",
     {{"A", "-----BEGIN-----\nabc\n-----END-----"}, {"B", "x\n# no comment\ny"}, {"C", "1\n2"}}},
    {"quote that is never closed", "A=\"x\nB='y\nC=3", {{"A", "\"x"}, {"B", "'y"}, {"C", "3"}}},
    {"text behind the quotes",
     R"(A="x"y)"
     "\n"
     R"(B='x' 'y')",
     {{"A", R"("x"y)"}, {"B", "x' 'y"}}},
    {"escaped quote ends when nothing else does", R"(A='a\' # b)", {{"A", "a\\"}}},
    {"lone quote", "A='\nB=2", {{"A", "'"}, {"B", "2"}}},
};

TEST(Dotenv, lines_are_read_as_by_node) {
  for (const auto& row : rows) EXPECT_EQ(parse(row.text), row.values) << row.what;
}

/// A folder with files that is gone after the test, and variables that are unset.
class DotenvConfig : public testing::Test {
 protected:
  DotenvConfig() {
    std::string pattern = (std::filesystem::temp_directory_path() / "dotenv-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    for (const auto* name : {"DOTENV_A", "DOTENV_B"}) ::unsetenv(name);
  }
  ~DotenvConfig() override { std::filesystem::remove_all(folder_); }

  std::string write(const char* name, std::string_view text) {
    const auto path = folder_ / name;
    std::ofstream(path) << text;
    return path.string();
  }
  static std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "(unset)";
  }

  std::filesystem::path folder_;
};

TEST_F(DotenvConfig, sets_what_is_not_set) {
  ::setenv("DOTENV_A", "from outside", 1);
  const auto result = config({.path = write("env", "DOTENV_A=1\nDOTENV_B=2")});
  EXPECT_FALSE(result.error);
  EXPECT_EQ(result.parsed, (Values{{"DOTENV_A", "1"}, {"DOTENV_B", "2"}}));
  EXPECT_EQ(variable("DOTENV_A"), "from outside");
  EXPECT_EQ(variable("DOTENV_B"), "2");
}

TEST_F(DotenvConfig, an_empty_variable_counts_as_set) {
  ::setenv("DOTENV_A", "", 1);
  config({.path = write("env", "DOTENV_A=1")});
  EXPECT_EQ(variable("DOTENV_A"), "");
}

TEST_F(DotenvConfig, override_sets_what_is_set) {
  ::setenv("DOTENV_A", "from outside", 1);
  config({.path = write("env", "DOTENV_A=1"), .override = true});
  EXPECT_EQ(variable("DOTENV_A"), "1");
}

TEST_F(DotenvConfig, the_first_of_several_files_counts_unless_overriding) {
  const auto first = write("first", "DOTENV_A=1");
  const auto second = write("second", "DOTENV_A=2\nDOTENV_B=2");
  EXPECT_EQ(config({.path = {first, second}}).parsed.at("DOTENV_A"), "1");
  EXPECT_EQ(variable("DOTENV_A"), "1");
  EXPECT_EQ(variable("DOTENV_B"), "2");
  EXPECT_EQ(config({.path = {first, second}, .override = true}).parsed.at("DOTENV_A"), "2");
  EXPECT_EQ(variable("DOTENV_A"), "2");
}

TEST_F(DotenvConfig, a_missing_file_is_told_and_the_others_are_read) {
  const auto result = config({.path = {(folder_ / "none").string(), write("env", "DOTENV_A=1")}});
  EXPECT_EQ(result.error, std::errc::no_such_file_or_directory);
  EXPECT_EQ(variable("DOTENV_A"), "1");
}

TEST_F(DotenvConfig, an_empty_file_is_fine) { EXPECT_FALSE(config({.path = write("env", "")}).error); }

TEST_F(DotenvConfig, a_folder_is_no_file) {
  EXPECT_EQ(config({.path = folder_.string()}).error, std::errc::is_a_directory);
}

TEST_F(DotenvConfig, dot_env_of_the_working_directory_is_the_default) {
  write(".env", "DOTENV_A=here");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder_);
  config();
  std::filesystem::current_path(before);
  EXPECT_EQ(variable("DOTENV_A"), "here");
}

}  // namespace
}  // namespace dotenv
