#include "flows/user/backend_verification.hpp"

#include "flows/flow_test.hpp"
#include "flows/user/identifiers.hpp"

namespace clerk::instance {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class BackendVerification : public FlowTest {
 protected:
  BackendVerification() : user(createUser("ada@example.com")) {}

  EmailAddress addUnproved(const std::string& address) {
    return *run([&] { return createEmailAddress(*core, user.id, address, {.verified = false}); });
  }
  Outcome<Verification> prepare(const std::string& id) {
    return run([&] { return prepareEmailAddressForBackend(*core, id); });
  }
  Outcome<Verification> attempt(const std::string& id, const std::string& verification, const std::string& code) {
    return run([&] { return attemptEmailAddressForBackend(*core, id, verification, code); });
  }

  User user;
};

TEST_F(BackendVerification, a_right_code_proves_the_address_once) {
  const auto email = addUnproved("ada2+clerk_test@example.com");
  const auto sent = prepare(email.id);
  ASSERT_TRUE(sent) << codeOf(sent);
  EXPECT_EQ(sent->status, VerificationStatus::Unverified);
  const auto wrong = attempt(email.id, sent->id, "111111");
  ASSERT_TRUE(wrong) << "a wrong code is told by the status";
  EXPECT_EQ(wrong->status, VerificationStatus::Unverified);
  EXPECT_EQ(wrong->attempts, 1);
  EXPECT_FALSE(reload(user.id).findEmailAddress(email.id)->verified());

  const auto right = attempt(email.id, sent->id, "424242");
  ASSERT_TRUE(right) << codeOf(right);
  EXPECT_EQ(right->status, VerificationStatus::Verified);
  EXPECT_TRUE(reload(user.id).findEmailAddress(email.id)->verified());
  EXPECT_EQ(codeOf(attempt(email.id, sent->id, "424242")), "verification_already_verified");
}

TEST_F(BackendVerification, a_code_that_came_too_late_is_told_by_the_status) {
  const auto email = addUnproved("ada2+clerk_test@example.com");
  const auto sent = prepare(email.id);
  clock.advance(11min);
  EXPECT_EQ(attempt(email.id, sent->id, "424242")->statusAt(clock.now()), VerificationStatus::Expired);
}

TEST_F(BackendVerification, codes_belong_to_their_address) {
  const auto first = addUnproved("one+clerk_test@example.com");
  const auto second = addUnproved("two+clerk_test@example.com");
  const auto sent = prepare(first.id);
  EXPECT_EQ(codeOf(attempt(second.id, sent->id, "424242")), "resource_not_found");
  EXPECT_EQ(codeOf(attempt("idn_none", sent->id, "424242")), "resource_not_found");
  EXPECT_EQ(codeOf(prepare("idn_none")), "resource_not_found");
  ASSERT_TRUE(prepare(first.id));
  EXPECT_EQ(codeOf(attempt(first.id, sent->id, "424242")), "resource_not_found") << "the newest code counts";
}

TEST_F(BackendVerification, one_address_takes_the_place_of_all) {
  addUnproved("old@example.com");
  const auto replaced =
      run([&] { return replaceEmailAddresses(*core, user.id, "new@example.com", IdentifierStanding::Verified, true); });
  ASSERT_TRUE(replaced) << codeOf(replaced);
  auto now = reload(user.id);
  ASSERT_THAT(now.emailAddresses, SizeIs(1));
  EXPECT_EQ(now.primaryEmailAddressId, replaced->id);
  core->store().readNow([&](const Transaction& tx) {
    EXPECT_EQ(tx.outbox().countSince("ada@example.com", clock.now() - 1min), 1) << "the primary one of before is told";
  });

  EXPECT_TRUE(run([&] { return replaceEmailAddresses(*core, user.id, "new@example.com", IdentifierStanding::Reserved, true); }))
      << "the same again";
  now = reload(user.id);
  EXPECT_TRUE(now.emailAddresses.at(0).reserved);
  EXPECT_FALSE(now.emailAddresses.at(0).verified());

  createUser("grace@example.com");
  EXPECT_EQ(codeOf(run(
                [&] { return replaceEmailAddresses(*core, user.id, "grace@example.com", IdentifierStanding::Verified, false); })),
            "form_identifier_exists");
  EXPECT_EQ(reload(user.id).emailAddresses.at(0).emailAddress, "new@example.com") << "nothing changed";
}

TEST_F(BackendVerification, a_compromised_password_signs_nobody_in) {
  Browser browser;
  ASSERT_TRUE(run([&] { return markPasswordCompromised(*core, user.id, true); }));
  EXPECT_EQ(codeOf(signIn(browser, "ada@example.com")), "form_password_compromised");
  EXPECT_EQ(codeOf(signIn(browser, "ada@example.com", "a wrong password 1!")), "form_password_incorrect");
  ASSERT_TRUE(run([&] { return unmarkPasswordCompromised(*core, user.id); }));
  EXPECT_TRUE(signIn(browser, "ada@example.com"));

  ASSERT_TRUE(run([&] { return markPasswordCompromised(*core, user.id, false); }));
  ASSERT_TRUE(run([&] { return updateUser(*core, user.id, {.password = "another horse 43!"}); }));
  Browser other;
  EXPECT_TRUE(signIn(other, "ada@example.com", "another horse 43!")) << "a new password is not the compromised one";
}

}  // namespace
}  // namespace clerk::instance
