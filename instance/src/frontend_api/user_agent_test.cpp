#include "frontend_api/user_agent.hpp"

#include <gtest/gtest.h>

namespace clerk::instance::frontend_api {
namespace {

TEST(UserAgent, common_browsers_are_recognised) {
  struct Row {
    std::string_view userAgent, device, browser, version;
    bool mobile;
  };
  const Row rows[] = {
      {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36",
       "Linux", "Chrome", "156.0.0.0", false},
      {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 "
       "Safari/537.36 "
       "Edg/120.0.2210.61",
       "Windows", "Microsoft Edge", "120.0.2210.61", false},
      {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 "
       "Safari/605.1.15",
       "Macintosh", "Safari", "17.1", false},
      {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
       "CriOS/119.0.6045.109 "
       "Mobile/15E148 Safari/604.1",
       "iPhone", "Chrome", "119.0.6045.109", true},
      {"Mozilla/5.0 (Android 14; Mobile; rv:120.0) Gecko/120.0 Firefox/120.0", "Android", "Firefox", "120.0", true},
      {"curl/8.1", "", "", "", false},
      {"", "", "", "", false},
  };
  for (const auto& row : rows) {
    const auto activity = describeUserAgent(row.userAgent);
    EXPECT_EQ(activity.deviceType, row.device) << row.userAgent;
    EXPECT_EQ(activity.browserName, row.browser) << row.userAgent;
    EXPECT_EQ(activity.browserVersion, row.version) << row.userAgent;
    EXPECT_EQ(activity.isMobile, row.mobile) << row.userAgent;
  }
}

TEST(UserAgent, a_hostile_version_is_cut) {
  EXPECT_EQ(describeUserAgent("Chrome/" + std::string(10'000, '1')).browserVersion.size(), 32u);
}

}  // namespace
}  // namespace clerk::instance::frontend_api
