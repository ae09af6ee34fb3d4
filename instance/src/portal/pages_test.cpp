#include "portal/pages.hpp"

#include <gmock/gmock.h>

namespace clerk::instance::portal {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Pages, a_page_names_key_proxy_and_exact_packages) {
  const auto html = pageHtml(pages()[1], {.applicationName = "Acme",
                                          .publishableKey = "pk_live_abc",
                                          .prefix = "/accounts",
                                          .clerkJsVersion = "6.40.0",
                                          .uiVersion = "1.36.0"});
  EXPECT_THAT(html, HasSubstr("<title>Sign in · Acme</title>"));
  EXPECT_THAT(html, HasSubstr(R"({"key":"pk_live_abc","proxyUrl":"/accounts/__clerk"})"));
  EXPECT_THAT(html, HasSubstr("/accounts/npm/@clerk/clerk-js@6.40.0/dist/clerk.browser.js"));
  EXPECT_THAT(html, HasSubstr("/accounts/npm/@clerk/ui@1.36.0/dist/ui.browser.js"));
  EXPECT_THAT(html, HasSubstr(R"({"page":"sign-in","prefix":"/accounts"})"));
  EXPECT_THAT(html, Not(HasSubstr("__dev")));
}

TEST(Pages, an_applications_name_cannot_become_markup) {
  const PageSetting setting{.applicationName = "<script>alert(1)</script>\"'&", .publishableKey = "</script><b>"};
  for (const auto& html :
       {pageHtml(pages()[0], setting), developerHtml(setting), missingPackagesHtml(setting, "<b>")}) {
    EXPECT_THAT(html, Not(HasSubstr("<script>alert")));
    EXPECT_THAT(html, Not(HasSubstr("</script><b>")));
    EXPECT_THAT(html, Not(HasSubstr("<code><b>")));
  }
}

}  // namespace
}  // namespace clerk::instance::portal
