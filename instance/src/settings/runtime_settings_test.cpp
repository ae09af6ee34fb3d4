#include "settings/runtime_settings.hpp"

#include <boost/json/parse.hpp>

#include <gtest/gtest.h>

namespace clerk::instance {
namespace {

TEST(RuntimeSettings, keep_only_what_was_changed) {
  const RuntimeSettings defaults;
  EXPECT_TRUE(changesFrom(defaults, defaults).empty());
  RuntimeSettings changed;
  changed.organizations.maxAllowedMemberships = 0;
  changed.organizations.domainsEnrollmentModes = {"automatic_invitation"};
  const auto stored = changesFrom(defaults, changed);
  EXPECT_EQ(stored.size(), 2u);
  EXPECT_EQ(withChanges(defaults, stored), changed);
}

TEST(RuntimeSettings, follow_the_configuration_where_nothing_was_changed) {
  RuntimeSettings configured;
  configured.organizations.forceSelection = true;
  const auto read = withChanges(configured, {{"organizations.slug_disabled", true}});
  EXPECT_TRUE(read.organizations.forceSelection);
  EXPECT_TRUE(read.organizations.slugDisabled);
}

TEST(RuntimeSettings, pass_over_what_another_program_wrote) {
  const auto stored = boost::json::parse(
      R"({"organizations.enabled": 7, "organizations.max_allowed_memberships": -1, "organizations.creator_role": [],
          "organizations.domains_enrollment_modes": ["automatic_suggestion", 3], "of.tomorrow": true})");
  const auto read = withChanges({}, stored.get_object());
  EXPECT_EQ(read.organizations.domainsEnrollmentModes, std::vector<std::string>{"automatic_suggestion"});
  RuntimeSettings expected;
  expected.organizations.domainsEnrollmentModes = {"automatic_suggestion"};
  EXPECT_EQ(read, expected);
}

}  // namespace
}  // namespace clerk::instance
