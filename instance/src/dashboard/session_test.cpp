#include "dashboard/session.hpp"

#include <gtest/gtest.h>

namespace clerk::instance::dashboard {
namespace {

using namespace std::chrono_literals;

constexpr Time start = fromMilliseconds(1'800'000'000'000);
const Session session{.id = "dash_1", .startedAt = start, .issuedAt = start};

class DashboardSession : public testing::Test {
 protected:
  KeyedDigest digest{"pepper"};
  SessionSigner signer{digest, "sk_test_1"};
};

TEST_F(DashboardSession, what_was_signed_is_read_back_and_does_not_hold_the_key) {
  const auto text = signer.sign(session);
  EXPECT_EQ(text.find("sk_test_1"), std::string::npos);
  const auto read = signer.read(text, start + 1min);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->id, "dash_1");
  EXPECT_EQ(read->startedAt, start);
  EXPECT_EQ(read->issuedAt, start);
}

TEST_F(DashboardSession, a_session_is_over_when_it_was_idle_or_old) {
  const auto text = signer.sign(session);
  EXPECT_TRUE(signer.read(text, start + idle - 1ms));
  EXPECT_FALSE(signer.read(text, start + idle));
  const Session renewed{.id = "dash_1", .startedAt = start, .issuedAt = start + longest - 1min};
  EXPECT_TRUE(signer.read(signer.sign(renewed), start + longest - 1ms));
  EXPECT_FALSE(signer.read(signer.sign(renewed), start + longest)) << "however busy it is";
}

TEST_F(DashboardSession, a_session_in_use_is_written_anew_once_a_minute) {
  EXPECT_FALSE(session.wantsRenewal(start + renewal - 1ms));
  EXPECT_TRUE(session.wantsRenewal(start + renewal));
}

TEST_F(DashboardSession, nothing_of_it_can_be_changed) {
  const auto text = signer.sign(session);
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto changed = text;
    changed[i] = changed[i] == '1' ? '2' : '1';
    EXPECT_FALSE(signer.read(changed, start)) << i;
  }
}

TEST_F(DashboardSession, what_we_did_not_write_is_no_session) {
  for (const std::string& text :
       {std::string(), std::string("."), std::string("..."), std::string("dash_1.1.1."), std::string("a.b.c.d.e"),
        signer.sign(session) + ".", signer.sign(session).substr(1), std::string(100'000, '.')}) {
    EXPECT_FALSE(signer.read(text, start)) << text.substr(0, 40);
  }
}

TEST_F(DashboardSession, another_secret_key_or_another_instance_ends_it) {
  const auto text = signer.sign(session);
  EXPECT_FALSE(SessionSigner(digest, "sk_test_2").read(text, start));
  const KeyedDigest other("another pepper");
  EXPECT_FALSE(SessionSigner(other, "sk_test_1").read(text, start));
}

TEST_F(DashboardSession, each_session_has_a_csrf_token_of_its_own) {
  const Session other{.id = "dash_2", .startedAt = start, .issuedAt = start};
  EXPECT_NE(signer.csrfTokenOf(session), signer.csrfTokenOf(other));
  const Session renewed{.id = "dash_1", .startedAt = start, .issuedAt = start + 5min};
  EXPECT_EQ(signer.csrfTokenOf(session), signer.csrfTokenOf(renewed)) << "pages that are open go on working";
}

}  // namespace
}  // namespace clerk::instance::dashboard
