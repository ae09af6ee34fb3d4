#include "difference.hpp"

#include <boost/json/parse.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace conformance {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

boost::json::object parsed(std::string_view text) { return boost::json::parse(text).as_object(); }

TEST(Difference, header_order_and_case_do_not_matter) {
  const auto recorded =
      parsed(R"({"responses": [{"status": 200, "headers": [["A", "1"], ["b", "2"]]}], "closed_by_server": false})");
  const auto observed =
      parsed(R"({"responses": [{"status": 200, "headers": [["B", "2"], ["a", "1"]]}], "closed_by_server": false})");
  EXPECT_THAT(differences(recorded, observed), IsEmpty());
}

TEST(Difference, missing_and_extra_headers_are_told_apart) {
  const auto recorded = parsed(R"({"responses": [{"headers": [["a", "1"]]}], "closed_by_server": false})");
  const auto observed = parsed(R"({"responses": [{"headers": [["a", "2"]]}], "closed_by_server": false})");
  EXPECT_THAT(differences(recorded, observed), ElementsAre("0.headers lacks a: 1", "0.headers has extra a: 2"));
}

TEST(Difference, number_of_answers_and_close_are_compared) {
  const auto recorded = parsed(R"({"responses": [{}, {}], "closed_by_server": true})");
  const auto observed = parsed(R"({"responses": [{}], "closed_by_server": false})");
  EXPECT_THAT(differences(recorded, observed),
              ElementsAre("number of answers: want 2, got 1", "closed_by_server: want true, got false"));
}

TEST(Difference, events_count_only_where_they_were_recorded) {
  const auto without = parsed(R"({"responses": [], "closed_by_server": false})");
  auto observed = without;
  observed["events"] = boost::json::array{1};
  EXPECT_THAT(differences(without, observed), IsEmpty());
  auto recorded = without;
  recorded["events"] = boost::json::array();
  EXPECT_THAT(differences(recorded, observed), ElementsAre("events: want [], got [1]"));
}

TEST(Difference, each_connection_is_compared_by_name) {
  const auto recorded = parsed(
      R"({"connections": {"A": {"responses": [], "closed_by_server": true}, "B": {"connect_error": "ECONNREFUSED"}}})");
  const auto observed = parsed(R"({"connections": {"A": {"responses": [], "closed_by_server": true}}})");
  EXPECT_THAT(differences(recorded, observed), ElementsAre("B.connect_error: want \"ECONNREFUSED\", got nothing"));
}

TEST(Difference, server_that_died_is_one) {
  const auto recorded = parsed(R"({"responses": [], "closed_by_server": true})");
  auto observed = recorded;
  observed["server_died"] = true;
  EXPECT_THAT(differences(recorded, observed), ElementsAre("server_died: want nothing, got true"));
}

}  // namespace
}  // namespace conformance
