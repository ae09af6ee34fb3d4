#include "dashboard/assets.hpp"

#include <gmock/gmock.h>

#include <set>
#include <string>

namespace clerk::instance::dashboard {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The names in `from './name.js'`.
std::set<std::string> importsOf(std::string_view script) {
  std::set<std::string> names;
  constexpr std::string_view before = "from './";
  for (auto at = script.find(before); at != std::string_view::npos; at = script.find(before, at + 1)) {
    const auto begin = at + before.size();
    names.emplace(script.substr(begin, script.find('\'', begin) - begin));
  }
  return names;
}

TEST(DashboardAssets, the_page_refers_to_files_below_its_own_path_and_runs_nothing_itself) {
  const auto html = pageHtml("/accounts/dashboard");
  EXPECT_THAT(html, HasSubstr("src=\"/accounts/dashboard/assets/app.js\""));
  EXPECT_THAT(html, HasSubstr("data-base=\"/accounts/dashboard\""));
  EXPECT_THAT(html, Not(HasSubstr("{{")));
  EXPECT_THAT(html, Not(HasSubstr("style=")));
  EXPECT_THAT(html, Not(HasSubstr("onclick")));
  EXPECT_THAT(html, Not(HasSubstr("://")));
  EXPECT_THAT(pageHtml("/a\"><script>"), Not(HasSubstr("<script>")));
}

TEST(DashboardAssets, every_module_that_is_imported_is_there) {
  const Assets assets;
  std::set<std::string> seen{"app.js"};
  std::vector<std::string> waiting{"app.js"};
  while (!waiting.empty()) {
    const auto name = waiting.back();
    waiting.pop_back();
    const auto* asset = assets.find(name);
    ASSERT_TRUE(asset) << name;
    EXPECT_EQ(asset->contentType, "text/javascript; charset=utf-8");
    for (const auto& each : importsOf(asset->bytes)) {
      if (seen.insert(each).second) waiting.push_back(each);
    }
  }
  EXPECT_GT(seen.size(), 10u);
}

TEST(DashboardAssets, scripts_make_no_markup_out_of_texts) {
  const Assets assets;
  for (const auto& file : embeddedFiles()) {
    if (!file.name.ends_with(".js")) continue;
    for (const auto* way : {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "DOMParser",
                            "setAttribute('style'", "javascript:"}) {
      EXPECT_EQ(file.bytes.find(way), std::string_view::npos) << file.name << " uses " << way;
    }
  }
}

TEST(DashboardAssets, only_names_of_files_are_found) {
  const Assets assets;
  EXPECT_TRUE(assets.find("dashboard.css"));
  EXPECT_EQ(assets.find("favicon.svg")->contentType, "image/svg+xml");
  for (const auto* name : {"", "index.html", "../dashboard.css", "DASHBOARD.CSS", "app"}) {
    EXPECT_FALSE(assets.find(name)) << name;
  }
}

}  // namespace
}  // namespace clerk::instance::dashboard
