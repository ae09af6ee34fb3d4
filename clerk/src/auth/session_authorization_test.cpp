#include "auth/session_authorization.hpp"

#include "jwt/test_tokens.hpp"

#include <clerk/authenticate_request.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace clerk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// An active member of an organization with packed permissions.
Auth member(boost::json::object more = {}) {
  auto claims = test::sessionClaims();
  claims["o"] = {{"id", "org_1"}, {"rol", "admin"}, {"slg", "acme"}, {"per", "read,write"}, {"fpm", "3,2"}};
  claims["fea"] = "o:docs,u:chat,o:bills";
  claims["pla"] = "u:pro";
  for (auto& [name, value] : more) claims[name] = value;
  return sessionAuthObject(std::move(claims));
}

TEST(Permissions, AreUnpackedFromTheirBits) {
  EXPECT_THAT(auth::permissionsOf("o:docs,u:chat,o:bills", "read,write", "3,2"),
              ElementsAre("org:docs:read", "org:docs:write", "org:bills:write"));
  EXPECT_THAT(auth::permissionsOf("", "", ""), IsEmpty());
  EXPECT_THAT(auth::permissionsOf("o:a", "p", "340282366920938463463374607431768211457"), ElementsAre("org:a:p"))
      << "the bits may be more than any integer has";
}

TEST(Has, AsksForRolesAndPermissions) {
  const auto auth = member();
  EXPECT_EQ(auth.orgId, "org_1");
  EXPECT_TRUE(auth.has({.role = "org:admin"}));
  EXPECT_TRUE(auth.has({.role = "admin"}));
  EXPECT_FALSE(auth.has({.role = "org:member"}));
  EXPECT_TRUE(auth.has({.permission = "org:docs:write"}));
  EXPECT_FALSE(auth.has({.permission = "org:bills:read"}));
  EXPECT_FALSE(auth.has({.role = "org:admin", .permission = "org:bills:read"})) << "all that is asked must hold";
}

TEST(Has, AsksForFeaturesAndPlans) {
  const auto auth = member();
  EXPECT_TRUE(auth.has({.feature = "docs"}));
  EXPECT_TRUE(auth.has({.feature = "user:chat"}));
  EXPECT_FALSE(auth.has({.feature = "org:chat"}));
  EXPECT_TRUE(auth.has({.plan = "pro"}));
  EXPECT_FALSE(auth.has({.plan = "enterprise"}));
}

TEST(Has, AsksHowFreshTheProofIs) {
  const auto fresh = member({{"fva", {0, -1}}});
  EXPECT_TRUE(fresh.has({.reverification = Reverification("first_factor", 10)}));
  EXPECT_TRUE(fresh.has({.reverification = "strict"})) << "without a second factor the first one counts";
  const auto old = member({{"fva", {10, 5}}});
  EXPECT_FALSE(old.has({.reverification = Reverification("first_factor", 10)})) << "exactly as old is too old";
  EXPECT_TRUE(old.has({.reverification = Reverification("second_factor", 10)}));
  EXPECT_FALSE(old.has({.reverification = Reverification("multi_factor", 10)}));
  EXPECT_FALSE(old.has({.reverification = "unknown"}));
}

TEST(Has, RefusesWhenNothingIsAskedOrNobodyIsThere) {
  EXPECT_FALSE(member().has(AuthorizationParams{}));
  EXPECT_FALSE(member({{"sts", "pending"}}).has({.role = "org:admin"}));
  EXPECT_FALSE(member({{"sub", ""}}).has({.plan = "pro"}));
  EXPECT_FALSE(member().has(boost::json::object{{"role", 7}}));
  EXPECT_FALSE(member({{"fea", "nocolon"}}).has({.feature = "nocolon"}));
}

TEST(Auth, GivesTheTokenItCameWith) {
  AuthObjectOptions options;
  options.token = "TOKEN";
  EXPECT_EQ(sessionAuthObject(test::sessionClaims(), options).getToken().take(), "TOKEN");
  auto pending = test::sessionClaims();
  pending["sts"] = "pending";
  EXPECT_EQ(sessionAuthObject(pending, options).getToken().take(), std::nullopt);
}

TEST(Auth, CutsSecretsInDebug) {
  AuthObjectOptions options;
  options.request.secretKey = "sk_live_secretsecret";
  options.request.machineSecretKey = "ak_machinesecret";
  const auto debug = sessionAuthObject(test::sessionClaims(), options).debug();
  EXPECT_EQ(debug.at("secretKey"), "sk_live");
  EXPECT_EQ(debug.at("machineSecretKey"), "ak_mach");
}

}  // namespace
}  // namespace clerk
