#include "schema/header_names.hpp"

#include <gtest/gtest.h>
#include <ecmascript/json_text.hpp>

namespace fastify::schema {
namespace {

std::string lowered(std::string_view text) {
  return ecmascript::stringify(withLowerCaseNames(boost::json::parse(text)));
}

TEST(HeaderNames, names_are_lower_case_wherever_they_stand) {
  EXPECT_EQ(
      lowered(
          R"({"type":"object","required":["X-Api-Key"],"properties":{"X-Api-Key":{"type":"string","const":"Keep"}}})"),
      R"({"type":"object","required":["x-api-key"],"properties":{"x-api-key":{"type":"string","const":"Keep"}}})");
  EXPECT_EQ(lowered(R"({"dependencies":{"X-A":["X-B"],"X-C":{"required":["X-D"]}}})"),
            R"({"dependencies":{"x-a":["x-b"],"x-c":{"required":["x-d"]}}})");
  EXPECT_EQ(lowered(R"({"allOf":[{"required":["X-A"]}],"if":{"properties":{"X-B":true}},"then":{"required":["X-C"]}})"),
            R"({"allOf":[{"required":["x-a"]}],"if":{"properties":{"x-b":true}},"then":{"required":["x-c"]}})");
  EXPECT_EQ(lowered(R"({"$ref":"#/definitions/Some","definitions":{"Some":{"required":["X-A"]}}})"),
            R"({"$ref":"#/definitions/Some","definitions":{"Some":{"required":["x-a"]}}})");
}

TEST(HeaderNames, values_stay_unless_they_are_names) {
  EXPECT_EQ(
      lowered(R"({"propertyNames":{"enum":["X-A"],"not":{"const":"X-B"}},"properties":{"A":{"enum":["Value"]}}})"),
      R"({"propertyNames":{"enum":["x-a"],"not":{"const":"x-b"}},"properties":{"a":{"enum":["Value"]}}})");
  EXPECT_EQ(lowered("true"), "true");
}

}  // namespace
}  // namespace fastify::schema
