#include "logging/error_fields.hpp"

#include <fastify/error.hpp>

#include <gtest/gtest.h>
#include <ecmascript/json_text.hpp>

#include <stdexcept>

namespace fastify::logging {
namespace {

TEST(ErrorFields, the_frameworks_own_kind_shows_code_name_and_status) {
  FastifyError error;
  error.name = "FastifyError";
  error.code = "FST_ERR_CTP_INVALID_JSON_BODY";
  error.statusCode = 400;
  error.message = "bad";
  EXPECT_EQ(
      ecmascript::stringify(errorFields(error)),
      R"({"type":"FastifyError","message":"bad","code":"FST_ERR_CTP_INVALID_JSON_BODY","name":"FastifyError","statusCode":400})");
}

TEST(ErrorFields, a_validation_error_shows_what_failed) {
  FastifyError error;
  error.code = "FST_ERR_VALIDATION";
  error.statusCode = 400;
  error.message = "body must have required property 'a'";
  error.validation = JsonArray{JsonObject{{"keyword", "required"}}};
  error.validationContext = "body";
  EXPECT_EQ(
      ecmascript::stringify(errorFields(error)),
      R"({"type":"Error","message":"body must have required property 'a'","statusCode":400,"code":"FST_ERR_VALIDATION",)"
      R"("validation":[{"keyword":"required"}],"validationContext":"body"})");
}

TEST(ErrorFields, own_properties_come_last) {
  FastifyError error;
  error.message = "m";
  error.properties = {{"time", "now"}, {"stack", "s"}};
  EXPECT_EQ(ecmascript::stringify(errorFields(error)), R"({"type":"Error","message":"m","time":"now","stack":"s"})");
}

TEST(ErrorFields, causes_follow_the_message) {
  try {
    try {
      throw std::runtime_error("inner");
    } catch (...) {
      std::throw_with_nested(std::logic_error("outer"));
    }
  } catch (const std::exception& error) {
    EXPECT_EQ(errorFields(error).at("message").as_string(), "outer: inner");
  }
}

}  // namespace
}  // namespace fastify::logging
