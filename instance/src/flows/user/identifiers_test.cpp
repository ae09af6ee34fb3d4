#include "flows/user/identifiers.hpp"

#include "flows/flow_test.hpp"
#include "flows/user/profile_image.hpp"

namespace clerk::instance {
namespace {

constexpr const char* ada = "ada@example.com";
constexpr const char* second = "second+clerk_test@example.com";
constexpr const char* code = "424242";

class Identifiers : public FlowTest {
 protected:
  Identifiers()
      : FlowTest([](Settings& settings) {
          settings.attributes.phoneNumber = {.enabled = true,
                                             .usedForFirstFactor = true,
                                             .firstFactors = {"phone_code"},
                                             .usedForSecondFactor = true,
                                             .secondFactors = {"phone_code"},
                                             .verifications = {"phone_code"},
                                             .verifyAtSignUp = true};
        }) {}

  Outcome<EmailAddress> add(const User& user, const std::string& address) {
    return run([&] { return addEmailAddress(*core, user.id, address); });
  }
  Outcome<EmailAddress> prepare(const User& user, const std::string& id) {
    return run([&] {
      return prepareEmailAddress(*core, user.id, id, {.strategy = "email_code", .redirectUrl = {}, .clientId = {}});
    });
  }
  Outcome<EmailAddress> attempt(const User& user, const std::string& id, const std::string& with = code) {
    return run([&] { return attemptEmailAddress(*core, user.id, id, with, "client_1"); });
  }
  Outcome<std::string> remove(const User& user, const std::string& id) {
    return run([&] { return deleteEmailAddress(*core, user.id, id); });
  }
  EmailAddress addVerified(const User& user, const std::string& address) {
    const auto added = add(user, address);
    EXPECT_TRUE(prepare(user, added->id));
    auto verified = attempt(user, added->id);
    EXPECT_TRUE(verified) << codeOf(verified);
    return *verified;
  }
};

TEST_F(Identifiers, an_address_counts_once_its_code_came_back) {
  const auto user = createUser(ada);
  const auto added = add(user, "Second+clerk_test@Example.com");
  ASSERT_TRUE(added) << codeOf(added);
  EXPECT_EQ(added->emailAddress, second);
  EXPECT_FALSE(added->verification);
  EXPECT_EQ(codeOf(attempt(user, added->id)), "verification_missing");
  ASSERT_TRUE(prepare(user, added->id));
  EXPECT_EQ(codeOf(attempt(user, added->id, "111111")), "form_code_incorrect");
  const auto verified = attempt(user, added->id);
  ASSERT_TRUE(verified) << codeOf(verified);
  EXPECT_TRUE(verified->verified());
  EXPECT_EQ(codeOf(attempt(user, added->id)), "verification_already_verified");
  EXPECT_EQ(codeOf(prepare(user, added->id)), "verification_already_verified");
  EXPECT_EQ(reload(user.id).emailAddresses.size(), 2u);
  Browser browser;
  EXPECT_TRUE(signIn(browser, second));
}

TEST_F(Identifiers, three_wrong_codes_end_the_attempt) {
  const auto user = createUser(ada);
  const auto added = add(user, second);
  ASSERT_TRUE(prepare(user, added->id));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(codeOf(attempt(user, added->id, "000000")), "form_code_incorrect");
  EXPECT_EQ(codeOf(attempt(user, added->id)), "verification_failed");
}

TEST_F(Identifiers, what_somebody_else_has_is_refused_also_at_the_last_moment) {
  const auto user = createUser(ada);
  const auto other = createUser("grace@example.com");
  EXPECT_EQ(codeOf(add(user, "grace@example.com")), "form_identifier_exists");
  EXPECT_EQ(codeOf(add(user, ada)), "form_identifier_exists");
  EXPECT_EQ(codeOf(add(user, "no address")), "form_param_format_invalid");
  const auto mine = add(user, second);
  const auto theirs = add(other, second);
  ASSERT_TRUE(prepare(user, mine->id));
  ASSERT_TRUE(prepare(other, theirs->id));
  ASSERT_TRUE(attempt(other, theirs->id));
  EXPECT_EQ(codeOf(attempt(user, mine->id)), "form_identifier_exists");
  EXPECT_FALSE(reload(user.id).emailAddresses.back().verified());
}

TEST_F(Identifiers, nobody_touches_anothers_address) {
  const auto user = createUser(ada);
  const auto other = createUser("grace@example.com");
  const auto id = user.emailAddresses.front().id;
  EXPECT_EQ(codeOf(remove(other, id)), "resource_not_found");
  EXPECT_EQ(codeOf(prepare(other, id)), "resource_not_found");
  EXPECT_EQ(codeOf(attempt(other, id)), "resource_not_found");
}

TEST_F(Identifiers, the_last_required_address_stays) {
  const auto user = createUser(ada);
  const auto first = user.emailAddresses.front().id;
  EXPECT_EQ(codeOf(remove(user, first)), "last_required_identification_deletion_failed");
  const auto added = addVerified(user, second);
  ASSERT_TRUE(remove(user, first));
  const auto left = reload(user.id);
  ASSERT_EQ(left.emailAddresses.size(), 1u);
  EXPECT_EQ(left.primaryEmailAddressId, added.id);
  EXPECT_EQ(codeOf(remove(user, first)), "resource_not_found");
  // Free for somebody else.
  createUser(ada);
}

TEST_F(Identifiers, a_phone_number_is_proved_and_serves_as_second_factor) {
  const auto user = createUser(ada);
  const auto added = run([&] { return addPhoneNumber(*core, user.id, "+1 (555) 555-0100", true); });
  ASSERT_TRUE(added) << codeOf(added);
  EXPECT_EQ(added->phoneNumber, "+15555550100");
  EXPECT_FALSE(reload(user.id).twoFactorEnabled());
  ASSERT_TRUE(run([&] {
    return preparePhoneNumber(*core, user.id, added->id, {.strategy = "phone_code", .redirectUrl = {}, .clientId = {}});
  }));
  ASSERT_TRUE(run([&] { return attemptPhoneNumber(*core, user.id, added->id, code, "client_1"); }));
  const auto now = reload(user.id);
  EXPECT_EQ(now.primaryPhoneNumberId, added->id);
  EXPECT_TRUE(now.twoFactorEnabled());
  EXPECT_TRUE(now.mfaEnabledAt);

  Browser browser;
  auto state = signIn(browser, ada);
  ASSERT_TRUE(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::NeedsSecondFactor);
  const auto id = state->signIn.id;
  state = request(
      browser, [&](Visitor& visitor) { return prepareSecondFactor(*core, visitor, id, {.strategy = "phone_code"}); });
  ASSERT_TRUE(state) << codeOf(state);
  state =
      request(browser, [&](Visitor& visitor) { return attemptSecondFactor(*core, visitor, id, "phone_code", code); });
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::Complete);

  ASSERT_TRUE(run([&] {
    return updatePhoneNumber(*core, user.id, added->id, {.reservedForSecondFactor = false, .defaultSecondFactor = {}});
  }));
  EXPECT_FALSE(reload(user.id).twoFactorEnabled());
  ASSERT_TRUE(run([&] { return deletePhoneNumber(*core, user.id, added->id); }));
  EXPECT_TRUE(reload(user.id).phoneNumbers.empty());
}

TEST_F(Identifiers, a_phone_number_signs_in) {
  const auto user = createUser(ada);
  const auto phone = run([&] {
    return createPhoneNumber(*core, user.id, "+15555550101",
                             {.verified = true, .primary = true, .reservedForSecondFactor = {}});
  });
  ASSERT_TRUE(phone) << codeOf(phone);
  Browser browser;
  auto state = request(browser, [&](Visitor& visitor) {
    return createSignIn(*core, visitor,
                        {.identifier = "+1 555 555 0101", .strategy = "phone_code", .password = {}, .ticket = {}});
  });
  ASSERT_TRUE(state) << codeOf(state);
  const auto id = state->signIn.id;
  state = request(browser, [&](Visitor& visitor) {
    return attemptFirstFactor(*core, visitor, id,
                              {.strategy = "phone_code", .password = {}, .code = code, .ticket = {}});
  });
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::Complete);
}

TEST_F(Identifiers, a_backend_vouches_for_addresses) {
  const auto user = createUser(ada);
  const auto added = run([&] {
    return createEmailAddress(*core, user.id, "work@example.com",
                              {.verified = true, .primary = true, .reservedForSecondFactor = {}});
  });
  ASSERT_TRUE(added) << codeOf(added);
  EXPECT_EQ(reload(user.id).primaryEmailAddressId, added->id);
  EXPECT_EQ(run([&] { return findEmailAddress(*core, added->id); })->emailAddress, "work@example.com");
  EXPECT_EQ(codeOf(run([&] { return findEmailAddress(*core, "idn_unknown"); })), "resource_not_found");
  EXPECT_EQ(codeOf(run([&] {
              return createEmailAddress(*core, user.id, "x@example.com",
                                        {.verified = {}, .primary = true, .reservedForSecondFactor = {}});
            })),
            "form_verification_needed");
  ASSERT_TRUE(run([&] { return removeEmailAddress(*core, added->id); }));
  EXPECT_EQ(reload(user.id).emailAddresses.size(), 1u);
}

TEST(ImageType, is_what_the_bytes_tell) {
  EXPECT_EQ(sniffImageType(std::string_view("\x89PNG\r\n\x1a\n....", 12)), "image/png");
  EXPECT_EQ(sniffImageType("\xff\xd8\xff\xe0"), "image/jpeg");
  EXPECT_EQ(sniffImageType("GIF89a"), "image/gif");
  EXPECT_EQ(sniffImageType(std::string_view("RIFF\0\0\0\0WEBPVP8 ", 16)), "image/webp");
  for (const auto text : {"", "<svg xmlns='http://www.w3.org/2000/svg'/>", "<html>", "RIFF", "%PDF-1.4"}) {
    EXPECT_EQ(sniffImageType(text), "") << text;
  }
}

TEST_F(Identifiers, a_picture_takes_the_place_of_the_one_before) {
  const auto user = createUser(ada);
  const std::string png("\x89PNG\r\n\x1a\n....", 12);
  const auto first = run([&] { return setProfileImage(*core, user.id, png); });
  ASSERT_TRUE(first);
  EXPECT_EQ(reload(user.id).imageUrl, first->publicUrl);
  const auto stored = run([&] { return findImage(*core, first->id); });
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->content, png);
  EXPECT_EQ(stored->contentType, "image/png");
  ASSERT_TRUE(run([&] { return setProfileImage(*core, user.id, png); }));
  EXPECT_FALSE(run([&] { return findImage(*core, first->id); }));
  ASSERT_TRUE(run([&] { return deleteProfileImage(*core, user.id); }));
  EXPECT_EQ(reload(user.id).imageUrl, "");
  EXPECT_EQ(codeOf(run([&] { return deleteProfileImage(*core, user.id); })), "image_not_found");
  EXPECT_EQ(codeOf(run([&] { return setProfileImage(*core, user.id, "<svg/>"); })), "form_param_format_invalid");
  EXPECT_EQ(codeOf(run([&] { return setProfileImage(*core, user.id, std::string(maxImageBytes + 1, 'x')); })),
            "image_too_large");
}

}  // namespace
}  // namespace clerk::instance
