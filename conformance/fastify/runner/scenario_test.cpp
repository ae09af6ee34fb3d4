#include "scenario.hpp"
#include "decisions.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace conformance {
namespace {

/// A file that is gone after the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view text)
      : path_(std::filesystem::temp_directory_path() / ("scenario-test-" + std::to_string(::getpid()))) {
    std::ofstream(path_) << text;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

Scenario only(std::string_view entry) {
  const TemporaryFile file(R"({"scenarios": [)" + std::string(entry) + "]}");
  return readScenarios(file.path()).at(0);
}

TEST(Scenario, pieces_to_send_are_put_together) {
  const auto scenario =
      only(R"({"id": "a", "observed": {}, "steps": [{"send": ["x", {"hex": "0aff"}, {"repeat": "ab", "times": 2}]}]})");
  EXPECT_EQ(std::get<Exchange>(scenario.steps.at(0)).bytes,
            "x\n\xff"
            "abab");
}

TEST(Scenario, step_waits_for_one_answer_unless_it_says_otherwise) {
  const auto scenario =
      only(R"({"id": "a", "observed": {}, "steps": [{"send": []}, {"read": 0}, {"read": "close"}, {"responses": 3}]})");
  const auto exchange = [&](std::size_t i) { return std::get<Exchange>(scenario.steps.at(i)); };
  EXPECT_EQ(exchange(0).read, Exchange::Read::Answers);
  EXPECT_EQ(exchange(0).answers, 1u);
  EXPECT_EQ(exchange(0).connection, "A");
  EXPECT_EQ(exchange(1).read, Exchange::Read::Nothing);
  EXPECT_EQ(exchange(2).read, Exchange::Read::Close);
  EXPECT_EQ(exchange(3).answers, 3u);
}

TEST(Scenario, heads_of_the_scenario_hold_for_its_steps) {
  const auto scenario = only(R"({"id": "a", "observed": {}, "heads": [0], "steps": [{"send": []}]})");
  EXPECT_EQ(std::get<Exchange>(scenario.steps.at(0)).heads, std::set<std::size_t>{0});
}

TEST(Scenario, pauses_and_control_words_are_steps) {
  const auto scenario =
      only(R"({"id": "a", "observed": {}, "steps": [{"sleep": 5}, {"control": "close", "after": 7}]})");
  EXPECT_EQ(std::get<Pause>(scenario.steps.at(0)).duration.count(), 5);
  EXPECT_EQ(std::get<Control>(scenario.steps.at(1)).word, "close");
  EXPECT_EQ(std::get<Control>(scenario.steps.at(1)).after.count(), 7);
}

TEST(Scenario, unreadable_file_is_named) {
  try {
    readScenarios("/nowhere/scenarios.json");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string_view(error.what()).find("/nowhere/scenarios.json"), std::string_view::npos);
  }
}

TEST(Decisions, rows_of_the_tables_are_found_by_id) {
  const TemporaryFile file(
      "# Title\n\n| id | decision | reason |\n|---|---|---|\n| `a.b` | differs | because |\ntext `c` here\n");
  const auto decisions = readDecisions(file.path());
  ASSERT_EQ(decisions.size(), 1u);
  EXPECT_EQ(decisions.at("a.b"), "differs");
}

}  // namespace
}  // namespace conformance
