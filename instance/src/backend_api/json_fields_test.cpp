#include "backend_api/json_fields.hpp"

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

namespace clerk::instance::backend_api {
namespace {

boost::json::object body(std::string_view json) { return boost::json::parse(json).as_object(); }

TEST(JsonFields, members_are_read_as_what_they_should_be) {
  const auto sent = body(R"({"t":"x","b":true,"n":5,"whole":60.0,"l":["p","q"],"o":{"k":1},"at":1700000000000,
                             "date":"2023-11-14T22:13:20.000Z","gone":null})");
  JsonFields fields(sent);
  EXPECT_EQ(fields.text("t"), "x");
  EXPECT_EQ(fields.boolean("b"), true);
  EXPECT_EQ(fields.integerWithin("n", 0, 10), 5);
  EXPECT_EQ(fields.integerWithin("whole", 0, 100), 60);
  EXPECT_EQ(fields.list("l"), (std::vector<std::string>{"p", "q"}));
  EXPECT_EQ(fields.object("o"), (boost::json::object{{"k", 1}}));
  EXPECT_EQ(fields.time("at"), fromMilliseconds(1700000000000));
  EXPECT_EQ(fields.time("date"), fromMilliseconds(1700000000000));
  EXPECT_EQ(fields.text("gone"), std::nullopt);
  EXPECT_FALSE(fields.failure());
}

TEST(JsonFields, what_no_database_takes_is_refused) {
  const auto nested = [](int levels) {
    return std::string(static_cast<std::size_t>(levels), '[') + std::string(static_cast<std::size_t>(levels), ']');
  };
  const auto sent = body(R"({"nul":"a\u0000b","l":["\u0000"],"deep":)" + nested(24) + R"(,"deeper":)" + nested(25) +
                         R"(,"o":{"a":)" + nested(24) + "}}");
  JsonFields fields(sent);
  EXPECT_EQ(fields.text("nul"), std::nullopt);
  EXPECT_TRUE(fields.list("l").empty());
  EXPECT_TRUE(fields.jsonChange("deep"));
  EXPECT_FALSE(fields.jsonChange("deeper"));
  EXPECT_FALSE(fields.object("o"));
  const auto failure = fields.failure();
  ASSERT_TRUE(failure);
  ASSERT_EQ(failure->errors.size(), 4u);
  for (const auto& error : failure->errors) EXPECT_EQ(error.code, "form_param_format_invalid") << error.paramName;
}

TEST(JsonFields, null_empties_and_absence_leaves) {
  const auto sent = body(R"({"emptied":null,"set":"x"})");
  JsonFields fields(sent);
  EXPECT_EQ(fields.textChange("set"), std::optional<std::string>("x"));
  ASSERT_TRUE(fields.textChange("emptied"));
  EXPECT_EQ(*fields.textChange("emptied"), std::nullopt);
  EXPECT_FALSE(fields.textChange("left"));
}

TEST(JsonFields, wrong_types_and_unknown_members_are_told_at_once) {
  const auto sent =
      body(R"({"t":1,"b":"true","n":1.5,"huge":1e300,"big":11,"l":"x","l2":[1],"o":[],"at":"soon","typo":1})");
  JsonFields fields(sent);
  fields.text("t");
  fields.boolean("b");
  fields.integerWithin("n", 0, 10);
  fields.integerWithin("huge", 0, 10);
  fields.integerWithin("big", 0, 10);
  fields.list("l");
  fields.list("l2");
  fields.object("o");
  fields.time("at");
  const auto failure = fields.failure();
  ASSERT_TRUE(failure);
  std::vector<std::pair<std::string, std::string>> told;
  for (const auto& error : failure->errors) told.emplace_back(error.paramName, error.code);
  EXPECT_EQ(told, (std::vector<std::pair<std::string, std::string>>{{"t", "form_param_type_invalid"},
                                                                    {"b", "form_param_type_invalid"},
                                                                    {"n", "form_param_type_invalid"},
                                                                    {"huge", "form_param_type_invalid"},
                                                                    {"big", "form_param_value_too_large"},
                                                                    {"l", "form_param_type_invalid"},
                                                                    {"l2", "form_param_type_invalid"},
                                                                    {"o", "form_param_type_invalid"},
                                                                    {"at", "form_param_invalid_time"},
                                                                    {"typo", "form_param_unknown"}}));
}

}  // namespace
}  // namespace clerk::instance::backend_api
