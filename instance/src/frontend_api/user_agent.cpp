#include "frontend_api/user_agent.hpp"

#include <algorithm>

namespace clerk::instance::frontend_api {
namespace {

struct Known {
  std::string_view token;
  std::string_view name;
};

// The order matters: Edge and Opera say "Chrome" as well, Chrome says "Safari".
constexpr Known browsers[] = {
    {"EdgA/", "Microsoft Edge"},
    {"EdgiOS/", "Microsoft Edge"},
    {"Edg/", "Microsoft Edge"},
    {"OPR/", "Opera"},
    {"SamsungBrowser/", "Samsung Internet"},
    {"FxiOS/", "Firefox"},
    {"Firefox/", "Firefox"},
    {"CriOS/", "Chrome"},
    {"HeadlessChrome/", "Chrome"},
    {"Chrome/", "Chrome"},
    {"Version/", "Safari"},
};

// Likewise: Android says "Linux", an iPad may say "Macintosh" (and then is one, for all that can be known).
constexpr Known devices[] = {
    {"iPhone", "iPhone"},  {"iPad", "iPad"},           {"Android", "Android"}, {"Windows", "Windows"},
    {"CrOS", "Chrome OS"}, {"Macintosh", "Macintosh"}, {"Linux", "Linux"},
};

std::string_view versionAt(std::string_view text) noexcept {
  constexpr std::size_t longest = 32;
  return text.substr(0, std::min({text.find_first_not_of("0123456789."), text.size(), longest}));
}

}  // namespace

SessionActivity describeUserAgent(std::string_view userAgent) {
  SessionActivity activity;
  for (const auto& device : devices) {
    if (userAgent.find(device.token) == std::string_view::npos) continue;
    activity.deviceType = device.name;
    break;
  }
  for (const auto& browser : browsers) {
    const auto at = userAgent.find(browser.token);
    if (at == std::string_view::npos) continue;
    activity.browserName = browser.name;
    activity.browserVersion = versionAt(userAgent.substr(at + browser.token.size()));
    break;
  }
  activity.isMobile = userAgent.find("Mobile") != std::string_view::npos || activity.deviceType == "iPad" ||
                      activity.deviceType == "Android";
  return activity;
}

}  // namespace clerk::instance::frontend_api
