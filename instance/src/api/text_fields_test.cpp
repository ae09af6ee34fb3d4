#include "api/text_fields.hpp"

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

namespace clerk::instance::api {
namespace {

boost::json::object fields(std::string_view json) { return boost::json::parse(json).as_object(); }

TEST(TextFields, what_was_sent_is_read_as_what_it_should_be) {
  const auto sent =
      fields(R"({"a":"x","empty":"","yes":"true","no":"0","n":"-12","t":"1700000000000","l":["p","q"],"one":"p"})");
  TextFields form(sent);
  EXPECT_EQ(form.text("a"), "x");
  EXPECT_EQ(form.text("empty"), "");
  EXPECT_EQ(form.text("absent"), std::nullopt);
  EXPECT_EQ(form.boolean("yes"), true);
  EXPECT_EQ(form.boolean("no"), false);
  EXPECT_EQ(form.boolean("empty"), std::nullopt);
  EXPECT_EQ(form.integer("n"), -12);
  EXPECT_EQ(form.time("t"), fromMilliseconds(1700000000000));
  EXPECT_EQ(form.list("l"), (std::vector<std::string>{"p", "q"}));
  EXPECT_EQ(form.list("one"), (std::vector<std::string>{"p"}));
  EXPECT_FALSE(form.failure());
}

TEST(TextFields, what_no_database_takes_is_refused) {
  const auto sent = fields(R"({"nul":"a\u0000b","l":["x","\u0000"],"long":"xxxx","deeper":{"a":)" +
                           std::string(24, '[') + std::string(24, ']') + "}}");
  TextFields form(sent);
  EXPECT_EQ(form.text("nul"), std::nullopt);
  form.list("l");
  EXPECT_EQ(form.textWithin("long", 4), "xxxx");
  EXPECT_EQ(form.textWithin("long", 3), std::nullopt);
  EXPECT_EQ(form.jsonText("deeper"), std::nullopt);
  const auto failure = form.failure();
  ASSERT_TRUE(failure);
  std::vector<std::pair<std::string, std::string>> told;
  for (const auto& error : failure->errors) told.emplace_back(error.paramName, error.code);
  EXPECT_EQ(told, (std::vector<std::pair<std::string, std::string>>{{"nul", "form_param_format_invalid"},
                                                                    {"l", "form_param_format_invalid"},
                                                                    {"long", "form_param_max_length_exceeded"},
                                                                    {"deeper", "form_param_format_invalid"}}));
}

TEST(TextFields, a_json_body_may_carry_the_values_themselves) {
  const auto sent = fields(R"({"yes":true,"n":3,"meta":{"a":[1,2.5]},"nothing":null})");
  TextFields form(sent);
  EXPECT_EQ(form.boolean("yes"), true);
  EXPECT_EQ(form.integer("n"), 3);
  EXPECT_EQ(form.jsonText("meta"), R"({"a":[1,2.5]})");
  EXPECT_EQ(form.text("nothing"), std::nullopt);
  EXPECT_FALSE(form.failure());
}

TEST(TextFields, everything_that_is_wrong_is_told_at_once) {
  struct Row {
    std::string_view code, name;
  };
  const Row rows[] = {{"form_param_duplicate", "twice"},
                      {"form_param_type_invalid", "object"},
                      {"form_param_type_invalid", "flag"},
                      {"form_param_type_invalid", "number"},
                      {"form_param_type_invalid", "huge"},
                      {"form_param_value_too_large", "limit"},
                      {"form_param_value_invalid", "small"},
                      {"form_param_missing", "gone"},
                      {"form_param_nil", "blank"}};
  const auto sent = fields(R"({"twice":["a","b"],"object":{},"flag":"maybe","number":"1x","huge":"99999999999999999999",
                               "limit":"501","small":"-1","blank":""})");
  TextFields form(sent);
  EXPECT_FALSE(form.text("twice"));
  EXPECT_FALSE(form.text("object"));
  EXPECT_FALSE(form.boolean("flag"));
  EXPECT_FALSE(form.integer("number"));
  EXPECT_FALSE(form.integer("huge"));
  EXPECT_FALSE(form.integerWithin("limit", 1, 500));
  EXPECT_FALSE(form.integerWithin("small", 0, 500));
  form.requiredText("gone");
  form.requiredText("blank");
  const auto failure = form.failure();
  ASSERT_TRUE(failure);
  ASSERT_EQ(failure->errors.size(), std::size(rows));
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    EXPECT_EQ(failure->errors[i].code, rows[i].code) << rows[i].name;
    EXPECT_EQ(failure->errors[i].paramName, rows[i].name);
  }
}

}  // namespace
}  // namespace clerk::instance::api
