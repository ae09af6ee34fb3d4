#include "api/cookies.hpp"

#include <gtest/gtest.h>

namespace clerk::instance::api {
namespace {

TEST(Cookies, the_first_cookie_of_a_name_counts) {
  constexpr std::string_view header = "a=1; __client=x.y.z;b=2 ; quoted=\"q\"; a=3; empty=; noequals";
  EXPECT_EQ(cookieValue(header, "a"), "1");
  EXPECT_EQ(cookieValue(header, "__client"), "x.y.z");
  EXPECT_EQ(cookieValue(header, "b"), "2");
  EXPECT_EQ(cookieValue(header, "quoted"), "q");
  EXPECT_EQ(cookieValue(header, "empty"), "");
  EXPECT_EQ(cookieValue(header, "noequals"), std::nullopt);
  EXPECT_EQ(cookieValue(header, "client"), std::nullopt);
  EXPECT_EQ(cookieValue("", "a"), std::nullopt);
  EXPECT_EQ(cookieValue(";;;=;", "a"), std::nullopt);
}

TEST(Cookies, texts_are_those_that_browsers_were_seen_to_take) {
  using namespace std::chrono_literals;
  EXPECT_EQ(setCookieText("__client", "t", {.maxAge = 60s, .httpOnly = true}),
            "__client=t; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
  EXPECT_EQ(setCookieText("__client_uat", "0", {.maxAge = 60s, .secure = true}),
            "__client_uat=0; Path=/; Max-Age=60; Secure; SameSite=Lax");
  EXPECT_EQ(setCookieText("__session", "", {}),
            "__session=; Path=/; Expires=Thu, 01 Jan 1970 00:00:01 GMT; Max-Age=0; SameSite=Lax");
}

}  // namespace
}  // namespace clerk::instance::api
