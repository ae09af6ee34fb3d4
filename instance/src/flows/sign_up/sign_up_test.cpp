#include "flows/flow_test.hpp"

#include "flows/outbox/outbox.hpp"

namespace clerk::instance {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class SignUpFlow : public FlowTest {
 protected:
  using FlowTest::FlowTest;

  Outcome<SignUp> create(SignUpFields fields) {
    return request(browser, [&](Visitor& visitor) { return createSignUp(*core, visitor, fields); });
  }
  Outcome<SignUp> update(const std::string& id, SignUpFields fields) {
    return request(browser, [&](Visitor& visitor) { return updateSignUp(*core, visitor, id, fields); });
  }
  Outcome<SignUp> prepare(const std::string& id, std::string strategy = "email_code") {
    return request(browser, [&](Visitor& visitor) { return prepareSignUpVerification(*core, visitor, id, strategy); });
  }
  Outcome<SignUp> attempt(const std::string& id, std::string code) {
    return request(browser,
                   [&](Visitor& visitor) { return attemptSignUpVerification(*core, visitor, id, "email_code", code); });
  }
  std::vector<Message> mails(std::string to) {
    return run([&] { return listMessages(*core, to, {}); });
  }
  SignUpRequirements requirements(const SignUp& signUp) { return requirementsOf(core->settings(), signUp); }

  Browser browser;
};

TEST_F(SignUpFlow, with_password_and_code_makes_a_user_and_a_session) {
  auto signUp = create({.emailAddress = "Ada+clerk_test@Example.com",
                        .password = password,
                        .firstName = "",
                        .lastName = "",
                        .locale = "en-US",
                        .unsafeMetadata = R"({"a":1})"});
  ASSERT_TRUE(signUp) << codeOf(signUp);
  EXPECT_EQ(signUp->status, SignUpStatus::MissingRequirements);
  EXPECT_EQ(signUp->emailAddress, "ada+clerk_test@example.com");
  EXPECT_FALSE(signUp->firstName);
  EXPECT_FALSE(signUp->emailAddressVerification);
  EXPECT_THAT(requirements(*signUp).requiredFields, ElementsAre("email_address", "password"));
  EXPECT_THAT(requirements(*signUp).optionalFields, ElementsAre("first_name", "last_name"));
  EXPECT_THAT(requirements(*signUp).missingFields, IsEmpty());
  EXPECT_THAT(requirements(*signUp).unverifiedFields, ElementsAre("email_address"));
  EXPECT_EQ(client(browser)->signUp->id, signUp->id);

  signUp = prepare(signUp->id);
  ASSERT_TRUE(signUp) << codeOf(signUp);
  EXPECT_EQ(signUp->emailAddressVerification->strategy, "email_code");
  EXPECT_EQ(signUp->emailAddressVerification->expireAt, clock.now() + 10min);
  EXPECT_THAT(mails(""), IsEmpty());

  signUp = attempt(signUp->id, "424242");
  ASSERT_TRUE(signUp) << codeOf(signUp);
  EXPECT_EQ(signUp->status, SignUpStatus::Complete);
  const auto state = client(browser);
  ASSERT_THAT(state->sessions, SizeIs(1));
  EXPECT_FALSE(state->signUp);
  EXPECT_EQ(state->sessions[0].session.id, signUp->createdSessionId);
  EXPECT_EQ(state->client.lastActiveSessionId, signUp->createdSessionId);
  EXPECT_EQ(state->client.lastAuthenticationStrategy, "email_code");
  EXPECT_FALSE(state->sessions[0].token.empty());
  const auto& user = state->sessions[0].user;
  EXPECT_EQ(user.id, signUp->createdUserId);
  EXPECT_EQ(user.locale, "en-US");
  EXPECT_EQ(user.unsafeMetadata.at("a"), 1);
  EXPECT_EQ(user.lastSignInAt, clock.now());
  ASSERT_THAT(user.emailAddresses, SizeIs(1));
  EXPECT_TRUE(user.emailAddresses[0].verified());
  EXPECT_EQ(user.emailAddresses[0].verification->verifiedAtClient, state->client.id);
  EXPECT_EQ(user.primaryEmailAddress(), &user.emailAddresses[0]);
}

TEST_F(SignUpFlow, a_real_address_gets_a_random_code_by_mail) {
  auto signUp = create({.emailAddress = "ada@example.com", .password = password});
  ASSERT_TRUE(prepare(signUp->id));
  ASSERT_THAT(mails("ada@example.com"), SizeIs(1));
  const auto code = mails("ada@example.com")[0].code;
  EXPECT_EQ(code.size(), 6u);
  EXPECT_EQ(codeOf(attempt(signUp->id, code == "424242" ? "424243" : "424242")), "form_code_incorrect");
  EXPECT_TRUE(attempt(signUp->id, code));
}

TEST_F(SignUpFlow, the_mail_of_the_code_before_is_void) {
  auto signUp = create({.emailAddress = "ada@example.com", .password = password});
  ASSERT_TRUE(prepare(signUp->id));
  const auto first = mails("")[0].code;
  clock.advance(1s);
  ASSERT_TRUE(prepare(signUp->id));
  const auto second = mails("")[0].code;
  if (first != second) EXPECT_EQ(codeOf(attempt(signUp->id, first)), "form_code_incorrect");
  EXPECT_TRUE(attempt(signUp->id, second));
}

TEST_F(SignUpFlow, three_wrong_codes_end_the_verification_and_a_new_one_helps) {
  auto signUp = create({.emailAddress = "ada+clerk_test@example.com", .password = password});
  EXPECT_EQ(codeOf(attempt(signUp->id, "424242")), "verification_missing");
  ASSERT_TRUE(prepare(signUp->id));
  for (int i = 0; i < 3; ++i) {
    auto wrong = attempt(signUp->id, "000000");
    EXPECT_EQ(codeOf(wrong), "form_code_incorrect");
    EXPECT_EQ(paramOf(wrong), "code");
  }
  EXPECT_EQ(codeOf(attempt(signUp->id, "424242")), "verification_failed");
  ASSERT_TRUE(prepare(signUp->id));
  EXPECT_TRUE(attempt(signUp->id, "424242"));
}

TEST_F(SignUpFlow, a_code_expires) {
  auto signUp = create({.emailAddress = "ada+clerk_test@example.com", .password = password});
  ASSERT_TRUE(prepare(signUp->id));
  clock.advance(10min);
  EXPECT_EQ(codeOf(attempt(signUp->id, "424242")), "verification_expired");
}

TEST_F(SignUpFlow, a_mailbox_is_not_flooded) {
  auto signUp = create({.emailAddress = "ada@example.com", .password = password});
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(prepare(signUp->id)) << i;
  EXPECT_EQ(codeOf(prepare(signUp->id)), "verification_code_too_many_requests");
  EXPECT_THAT(mails("ada@example.com"), SizeIs(5));
  clock.advance(1min);
  EXPECT_TRUE(prepare(signUp->id));
}

TEST_F(SignUpFlow, refuses_bad_fields_and_says_which) {
  createUser("taken@example.com");
  const auto refused = [&](SignUpFields fields, const char* code, const char* param) {
    auto outcome = create(fields);
    EXPECT_EQ(codeOf(outcome), code);
    EXPECT_EQ(paramOf(outcome), param);
  };
  refused({.emailAddress = "nope", .password = password}, "form_param_format_invalid", "email_address");
  refused({.emailAddress = "a@b.c", .password = "x"}, "form_password_length_too_short", "password");
  refused({.emailAddress = "a@b.c", .password = "password123"}, "form_password_pwned", "password");
  refused({.emailAddress = "ada@example.com", .password = "ada@example.com"}, "form_password_matches_identifier",
          "password");
  refused({.emailAddress = "Taken@example.com", .password = password}, "form_identifier_exists", "email_address");
  refused({.emailAddress = "a@b.c", .unsafeMetadata = "[]"}, "form_param_format_invalid", "unsafe_metadata");
  refused({.emailAddress = "a@b.c", .username = "adalove"}, "form_param_unknown", "username");
  refused({.emailAddress = "a@b.c", .phoneNumber = "+15555550100"}, "form_param_unknown", "phone_number");
  refused({.emailAddress = "a@b.c", .strategy = "oauth_google"}, "form_param_value_invalid", "strategy");
  refused({.emailAddress = "a@b.c", .firstName = std::string(300, 'x')}, "form_param_max_length_exceeded",
          "first_name");
  EXPECT_FALSE(client(browser));
}

TEST_F(SignUpFlow, fields_can_come_later) {
  auto signUp = create({.firstName = "Ada"});
  ASSERT_TRUE(signUp);
  EXPECT_THAT(requirements(*signUp).missingFields, ElementsAre("email_address", "password"));
  EXPECT_EQ(codeOf(prepare(signUp->id)), "form_param_missing");
  signUp = update(signUp->id, {.emailAddress = "ada+clerk_test@example.com"});
  ASSERT_TRUE(prepare(signUp->id));
  signUp = attempt(signUp->id, "424242");
  EXPECT_EQ(signUp->status, SignUpStatus::MissingRequirements);
  EXPECT_THAT(requirements(*signUp).missingFields, ElementsAre("password"));
  signUp = update(signUp->id, {.password = password});
  EXPECT_EQ(signUp->status, SignUpStatus::Complete);
  EXPECT_EQ(client(browser)->sessions[0].user.firstName, "Ada");
}

TEST_F(SignUpFlow, another_address_needs_its_own_proof) {
  auto signUp = create({.emailAddress = "ada+clerk_test@example.com"});
  ASSERT_TRUE(prepare(signUp->id));
  ASSERT_TRUE(attempt(signUp->id, "424242"));
  signUp = update(signUp->id, {.emailAddress = "other+clerk_test@example.com", .password = password});
  EXPECT_EQ(signUp->status, SignUpStatus::MissingRequirements);
  EXPECT_FALSE(signUp->emailAddressVerification);
}

TEST_F(SignUpFlow, is_its_clients_alone) {
  auto signUp = create({.emailAddress = "ada+clerk_test@example.com", .password = password});
  Browser other;
  auto stolen = request(other, [&](Visitor& visitor) { return getSignUp(*core, visitor, signUp->id); });
  EXPECT_EQ(codeOf(stolen), "resource_not_found");
  ASSERT_TRUE(prepare(signUp->id));
  stolen = request(other, [&](Visitor& visitor) {
    return attemptSignUpVerification(*core, visitor, signUp->id, "email_code", "424242");
  });
  EXPECT_EQ(codeOf(stolen), "resource_not_found");
  EXPECT_TRUE(attempt(signUp->id, "424242"));
}

TEST_F(SignUpFlow, is_over_after_a_day_and_after_completion) {
  auto signUp = create({.emailAddress = "ada+clerk_test@example.com", .password = password});
  ASSERT_TRUE(prepare(signUp->id));
  ASSERT_TRUE(attempt(signUp->id, "424242"));
  EXPECT_EQ(codeOf(attempt(signUp->id, "424242")), "client_state_invalid");
  EXPECT_EQ(codeOf(update(signUp->id, {.firstName = "x"})), "client_state_invalid");
  EXPECT_EQ(codeOf(create({.emailAddress = "b@example.com"})), "session_exists");
  browser = {};
  signUp = create({.emailAddress = "b+clerk_test@example.com", .password = password});
  clock.advance(24h);
  EXPECT_EQ(codeOf(prepare(signUp->id)), "client_state_invalid");
  EXPECT_EQ(request(browser, [&](Visitor& visitor) { return getSignUp(*core, visitor, signUp->id); })->status,
            SignUpStatus::Abandoned);
}

TEST_F(SignUpFlow, an_address_that_was_taken_meanwhile_is_told) {
  auto signUp = create({.emailAddress = "ada+clerk_test@example.com", .password = password});
  ASSERT_TRUE(prepare(signUp->id));
  createUser("ada+clerk_test@example.com");
  EXPECT_EQ(codeOf(attempt(signUp->id, "424242")), "identification_claimed");
  EXPECT_THAT(client(browser)->sessions, IsEmpty());
}

TEST_F(SignUpFlow, one_code_makes_one_user_however_often_it_is_sent_at_once) {
  auto signUp = create({.emailAddress = "ada+clerk_test@example.com", .password = password});
  ASSERT_TRUE(prepare(signUp->id));
  int completed = 0;
  run([&]() -> async::Task<> {
    std::vector<std::unique_ptr<Visitor>> visitors;
    std::vector<async::Task<Outcome<SignUp>>> attempts;
    for (int i = 0; i < 10; ++i) {
      visitors.push_back(std::make_unique<Visitor>(co_await identify(browser)));
      attempts.push_back(attemptSignUpVerification(*core, *visitors.back(), signUp->id, "email_code", "424242"));
    }
    for (auto& attempt : attempts) completed += (co_await attempt).has_value();
  });
  EXPECT_EQ(completed, 1);
  EXPECT_EQ(run([&] { return countUsers(*core, {}); }), 1);
}

class ProtectedSignUpFlow : public SignUpFlow {
 protected:
  ProtectedSignUpFlow() : SignUpFlow([](Settings& settings) { settings.enumerationProtection = true; }) {}
};

TEST_F(ProtectedSignUpFlow, does_not_tell_whether_an_address_is_taken) {
  createUser("taken@example.com");
  auto signUp = create({.emailAddress = "taken@example.com", .password = password});
  ASSERT_TRUE(signUp) << codeOf(signUp);
  ASSERT_TRUE(prepare(signUp->id));
  ASSERT_THAT(mails("taken@example.com"), SizeIs(1));
  EXPECT_EQ(mails("taken@example.com")[0].slug, "account_exists");
  EXPECT_EQ(codeOf(attempt(signUp->id, "424242")), "form_code_incorrect");
}

class SignUpWithoutVerification : public SignUpFlow {
 protected:
  SignUpWithoutVerification()
      : SignUpFlow([](Settings& settings) { settings.attributes.emailAddress.verifyAtSignUp = false; }) {}
};

TEST_F(SignUpWithoutVerification, completes_at_once) {
  auto signUp = create({.emailAddress = "ada@example.com", .password = password});
  ASSERT_TRUE(signUp) << codeOf(signUp);
  EXPECT_EQ(signUp->status, SignUpStatus::Complete);
  EXPECT_THAT(client(browser)->sessions, SizeIs(1));
}

}  // namespace
}  // namespace clerk::instance
