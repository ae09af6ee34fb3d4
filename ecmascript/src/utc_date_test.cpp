#include <ecmascript/utc_date.hpp>

#include <gtest/gtest.h>

namespace ecmascript {
namespace {

// Both columns as Node 20 gives them.
TEST(UtcDate, texts_are_those_of_to_utc_string) {
  const std::pair<std::int64_t, const char*> rows[] = {
      {0, "Thu, 01 Jan 1970 00:00:00 GMT"},
      {784111777000, "Sun, 06 Nov 1994 08:49:37 GMT"},
      {-1000, "Wed, 31 Dec 1969 23:59:59 GMT"},
      {253402300799000, "Fri, 31 Dec 9999 23:59:59 GMT"},
  };
  for (const auto& [time, text] : rows) {
    EXPECT_EQ(toUtcString(time), text);
    EXPECT_EQ(parseUtcString(text), time) << text;
  }
}

TEST(UtcDate, the_three_forms_of_http_are_read) {  // RFC 9110 §5.6.7
  for (const char* text :
       {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"}) {
    EXPECT_EQ(parseUtcString(text), 784111777000) << text;
  }
}

TEST(UtcDate, anything_else_is_no_date) {
  for (std::string_view text : {"", "yesterday", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
                                "Sun, 06 Nov 1994 08:49:37 GMT and more", "Sun, 06 Foo 1994 08:49:37 GMT", "0", "-1"}) {
    EXPECT_EQ(parseUtcString(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace ecmascript
