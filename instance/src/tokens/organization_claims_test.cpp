#include "tokens/organization_claims.hpp"

#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

namespace clerk::instance {
namespace {

std::string claimsOf(std::vector<std::string> permissions) {
  Membership membership;
  membership.organization.id = "org_1";
  membership.organization.slug = "acme-inc";
  membership.roleKey = "org:admin";
  membership.permissions = std::move(permissions);
  boost::json::object claims;
  addOrganizationClaims(claims, membership);
  return boost::json::serialize(claims);
}

TEST(OrganizationClaims, leave_system_permissions_out) {
  EXPECT_EQ(claimsOf({"org:sys_profile:manage"}), R"({"o":{"id":"org_1","rol":"admin","slg":"acme-inc"}})");
}

// Clerk docs: "Session tokens", the example of fea, per and fpm.
TEST(OrganizationClaims, pack_custom_permissions_into_a_map_of_bits) {
  EXPECT_EQ(claimsOf({"org:dashboard:manage", "org:dashboard:read", "org:teams:read"}),
            R"({"fea":"o:dashboard,o:teams","o":{"id":"org_1","rol":"admin","slg":"acme-inc","fpm":"3,2",)"
            R"("per":"manage,read"}})");
}

TEST(OrganizationClaims, keep_to_the_bits_of_a_number) {
  std::vector<std::string> many;
  for (int i = 0; i < 40; ++i) many.push_back("org:f:a" + std::to_string(i));
  EXPECT_NE(claimsOf(many).find("\"fpm\":\"2147483647\""), std::string::npos);
}

}  // namespace
}  // namespace clerk::instance
