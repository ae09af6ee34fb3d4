#include <fastify/error.hpp>

#include <gtest/gtest.h>

#include <stdexcept>

using fastify::FastifyError;

namespace {
struct TeapotError : std::runtime_error {
  using std::runtime_error::runtime_error;
  int cups = 3;
};
FastifyError caught(auto thrown) { return FastifyError::from(std::make_exception_ptr(thrown)); }
}  // namespace

TEST(FastifyError, keeps_what_was_thrown_as_one) {
  const auto error = caught(FastifyError(409, "TAKEN", "name is taken"));
  EXPECT_EQ(error.statusCode, 409);
  EXPECT_EQ(error.code, "TAKEN");
  EXPECT_STREQ(error.what(), "name is taken");
}

TEST(FastifyError, takes_the_text_of_any_exception) {
  const auto error = caught(TeapotError("short and stout"));
  EXPECT_EQ(error.message, "short and stout");
  EXPECT_FALSE(error.statusCode);
  ASSERT_NE(error.as<TeapotError>(), nullptr);
  EXPECT_EQ(error.as<TeapotError>()->cups, 3);
  EXPECT_EQ(error.as<FastifyError>(), &error);
}

TEST(FastifyError, is_a_plain_error_for_what_is_no_exception) {
  const auto error = caught(42);
  EXPECT_EQ(error.message, "Unknown error");
  ASSERT_NE(error.as<int>(), nullptr);
  EXPECT_EQ(*error.as<int>(), 42);
  EXPECT_EQ(error.as<std::string>(), nullptr);
}
