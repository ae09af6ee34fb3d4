#include "flows/session/session_refresh.hpp"

#include "flows/flow_test.hpp"

namespace clerk::instance {
namespace {

class SessionRefresh : public FlowTest {
 protected:
  SessionRefresh() {
    createUser("ada@example.com");
    EXPECT_TRUE(signIn(browser, "ada@example.com"));
    session = client(browser)->sessions.at(0).session.id;
    token =
        *request(browser, [&](Visitor& visitor) { return createSessionToken(*core, visitor, session, std::nullopt); });
    fields = {.expiredToken = token,
              .refreshToken = refreshTokenOf(*core, session),
              .requestOrigin = "http://localhost:3000"};
  }
  Outcome<std::string> refresh() {
    return run([&] { return refreshSession(*core, session, fields); });
  }

  Browser browser;
  std::string session, token;
  SessionRefreshFields fields;
};

TEST_F(SessionRefresh, an_expired_token_is_renewed_while_the_session_lives) {
  clock.advance(10min);
  const auto renewed = refresh();
  ASSERT_TRUE(renewed) << codeOf(renewed);
  const auto claims = core->tokens().verify(*renewed);
  EXPECT_EQ(claims->at("sid").as_string(), session);
  EXPECT_EQ(claims->at("azp"), "http://localhost:3000");
  EXPECT_GT(claims->at("exp").as_int64(), toSeconds(clock.now()));

  run([&] { return revokeSession(*core, session); });
  EXPECT_EQ(codeOf(refresh()), "session_refresh_inactive_session");
}

TEST_F(SessionRefresh, each_half_must_be_the_sessions_own) {
  auto changed = fields;
  const auto with = [&](auto change) {
    fields = changed;
    change();
    return codeOf(refresh());
  };
  EXPECT_EQ(with([&] { fields.expiredToken = "not.a.token"; }), "expired_session_token_invalid");
  EXPECT_EQ(with([&] { fields.expiredToken.back() ^= 1; }), "expired_session_token_invalid");
  EXPECT_EQ(with([&] { fields.refreshToken = refreshTokenOf(*core, "sess_other"); }), "refresh_token_not_found");
  EXPECT_EQ(with([&] { fields.refreshToken = ""; }), "refresh_token_not_found");
  EXPECT_EQ(with([&] { fields.requestOrigin = "https://evil.example"; }), "refresh_request_origin_azp_mismatch");
  EXPECT_EQ(with([&] { session = "sess_other"; }), "refresh_sid_mismatch");
}

}  // namespace
}  // namespace clerk::instance
