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

TEST(ActiveOrganization, IsTheSameOfATokenAndOfItsClaims) {
  const boost::json::value organization{
      {"id", "org_1"}, {"rol", "admin"}, {"slg", "acme"}, {"per", "read,write"}, {"fpm", "3"}};
  const std::vector<boost::json::object> cases{
      {{"v", 2}, {"o", organization}, {"fea", "o:docs"}},
      {{"v", 2}, {"o", organization}},
      {{"v", 2}, {"o", organization}, {"fea", 7}, {"org_id", "org_2"}},
      {{"v", 2}, {"o", {{"id", 7}, {"rol", ""}, {"slg", nullptr}}}},
      {{"v", 2}, {"o", boost::json::array{organization}}},
      {{"v", 2}, {"o", "org_1"}},
      {{"v", 2}, {"o", nullptr}},
      {{"v", 2}},
      {{"v", "2"}, {"o", organization}, {"org_id", "org_2"}, {"org_permissions", {"org:a:b", 7}}},
      {{"org_id", "org_2"}, {"org_role", "org:admin"}, {"org_slug", "acme"}},
      {{"org_role", "org:admin"}, {"org_permissions", "org:a:b"}},
  };
  for (auto claims : cases) {
    claims["sub"] = "user_1";
    const auto read =
        jwt::decode(test::signText(R"({"alg":"RS256"})", ecmascript::stringify(claims)), Strictness::Strict);
    const SessionClaims ofToken(std::shared_ptr<const jwt::Payload>(read.value(), &read.value()->payload));
    for (const auto& auth : {Auth::signedIn(ofToken, nullptr), sessionAuthObject(claims)}) {
      const auto json = auth.toJson();
      auto expectText = [&](const std::optional<std::string>& text, std::string_view name) {
        const auto* member = json.as_object().if_contains(name);
        EXPECT_EQ(text, member && member->is_string() ? std::optional<std::string>(member->get_string()) : std::nullopt)
            << name << ' ' << claims;
      };
      expectText(auth.orgId, "orgId");
      expectText(auth.orgRole, "orgRole");
      expectText(auth.orgSlug, "orgSlug");
      std::vector<std::string> permissions;
      const auto* list = json.as_object().if_contains("orgPermissions");
      for (const auto& item : list && list->is_array() ? list->get_array() : boost::json::array()) {
        if (item.is_string()) permissions.emplace_back(item.get_string());
      }
      EXPECT_EQ(auth.orgPermissions, permissions) << claims;
    }
  }
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
