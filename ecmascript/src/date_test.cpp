#include <ecmascript/date.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace ecmascript {
namespace {

// Both columns as Node 20 gives them.
TEST(Date, iso_texts_have_milliseconds_and_z) {
  const std::pair<std::int64_t, const char*> rows[] = {
      {0, "1970-01-01T00:00:00.000Z"},
      {1709210096007, "2024-02-29T12:34:56.007Z"},
      {-1, "1969-12-31T23:59:59.999Z"},
      {8640000000000000, "+275760-09-13T00:00:00.000Z"},
      {-8640000000000000, "-271821-04-20T00:00:00.000Z"},
      {-62167219200001, "-000001-12-31T23:59:59.999Z"},
      {-62167219200000, "0000-01-01T00:00:00.000Z"},
      {253402300800000, "+010000-01-01T00:00:00.000Z"},
  };
  for (const auto& [time, text] : rows) {
    EXPECT_EQ(toIsoString(time), text);
    EXPECT_EQ(parseDate(text), time);
  }
  EXPECT_EQ(toIsoString(std::chrono::system_clock::time_point(std::chrono::milliseconds(5))),
            "1970-01-01T00:00:00.005Z");
}

TEST(Date, shorter_iso_forms_are_read) {
  const std::pair<const char*, std::int64_t> rows[] = {
      {"2024", 1704067200000},
      {"2024-02", 1706745600000},
      {"2024-02-29", 1709164800000},
      {"2024-02-29T12:34Z", 1709210040000},
      {"2024-02-29T12:34:56Z", 1709210096000},
      {"2024-02-29T12:34:56.0079Z", 1709210096007},
      {"2024-02-29T12:34:56.5+01:00", 1709206496500},
      {"2024-02-29T24:00:00Z", 1709251200000},
      {"2024-02-30", 1709251200000},
  };
  for (const auto& [text, time] : rows) EXPECT_EQ(parseDate(text), time) << text;
}

TEST(Date, other_texts_are_no_date) {
  for (const auto* text :
       {"", "x", "24", "2024-", "2024-13-01", "2024-00-01", "2024-01-32", "2024-01-01T", "2024-01-01T25:00Z",
        "2024-01-01T00:60Z", "2024-01-01T00:00:60Z", "2024-01-01T24:00:01Z", "2024-01-01T00:00:00.Z",
        "2024-01-01T00:00:00+1:00", "2024-01-01T00:00:00Zx", "-000000-01-01", "+999999-01-01"}) {
    EXPECT_EQ(parseDate(text), std::nullopt) << text;
  }
}

TEST(Date, a_time_without_offset_is_local) {
  setenv("TZ", "UTC-2", 1);  // two hours ahead of UTC
  tzset();
  EXPECT_EQ(parseDate("2024-02-29T12:34:56"), 1709210096000 - 7'200'000);
  EXPECT_EQ(parseDate("2024-02-29"), 1709164800000);
  unsetenv("TZ");
  tzset();
}

}  // namespace
}  // namespace ecmascript
