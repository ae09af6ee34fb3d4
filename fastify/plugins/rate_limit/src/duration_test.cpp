#include "duration.hpp"
#include "client_key.hpp"

#include <gtest/gtest.h>

namespace fastify::detail {
namespace {

TEST(Duration, texts_are_read_and_written) {
  const std::pair<const char*, std::int64_t> rows[] = {
      {"250", 250},        {"1 minute", 60'000}, {"90s", 90'000}, {"1.5 h", 5'400'000}, {"2 Days", 172'800'000},
      {"1w", 604'800'000}, {".5s", 500}};
  for (const auto& [text, milliseconds] : rows)
    EXPECT_EQ(parseDuration(text), std::chrono::milliseconds(milliseconds)) << text;
  for (const char* text : {"", "minute", "1 fortnight", "-5s", "1e9s", "inf", "nan", "1 minute more"})
    EXPECT_EQ(parseDuration(text), std::nullopt) << text;
  EXPECT_EQ(durationText(999), "999 ms");
  EXPECT_EQ(durationText(1000), "1 second");
  EXPECT_EQ(durationText(90'000), "2 minutes");
  EXPECT_EQ(durationText(7'200'000), "2 hours");
}

TEST(ClientKey, a_client_is_an_address_or_a_network) {
  EXPECT_EQ(clientKey("10.0.0.1", 64), "10.0.0.1");
  EXPECT_EQ(clientKey("::ffff:10.0.0.1", 64), "10.0.0.1");
  EXPECT_EQ(clientKey("2001:DB8:1:2:3::1", 64), "2001:db8:1:2::");
  EXPECT_EQ(clientKey("2001:db8::1", 128), "2001:db8::1");
  EXPECT_EQ(clientKey("2001:db8:ffff::1", 0), "::");
  EXPECT_EQ(clientKey("Unix", 64), "unix");
  EXPECT_EQ(clientKey("fe80::1%eth0", 128), "fe80::1");
}

}  // namespace
}  // namespace fastify::detail
