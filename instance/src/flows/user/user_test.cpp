#include "flows/user/user.hpp"

#include "flows/flow_test.hpp"

#include <boost/json/parse.hpp>

namespace clerk::instance {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

boost::json::object json(const char* text) { return boost::json::parse(text).as_object(); }

TEST(Metadata, merges_deep_and_null_removes) {
  EXPECT_EQ(mergeMetadata(json(R"({"a":1,"b":{"c":2,"d":3},"e":[1]})"),
                          json(R"({"a":null,"b":{"c":null,"x":{"y":null}},"e":[2]})")),
            json(R"({"b":{"d":3,"x":{}},"e":[2]})"));
  EXPECT_EQ(mergeMetadata({}, json(R"({"a":{"b":1}})")), json(R"({"a":{"b":1}})"));
  EXPECT_EQ(mergeMetadata(json(R"({"a":1})"), json(R"({"a":{"b":1}})")), json(R"({"a":{"b":1}})"));
  EXPECT_EQ(mergeMetadata(json(R"({"a":1})"), {}), json(R"({"a":1})"));
}

class UserFlow : public FlowTest {
 protected:
  Outcome<User> create(NewUser fields) {
    return run([&] { return instance::createUser(*core, fields); });
  }
  Outcome<User> update(const std::string& id, UserChanges changes) {
    return run([&] { return updateUser(*core, id, changes); });
  }
};

TEST_F(UserFlow, a_backend_makes_a_user) {
  auto user = create({.externalId = "e1",
                      .firstName = " Ada ",
                      .lastName = "",
                      .username = "Ada_L",
                      .emailAddresses = {"Ada@Example.com", "second@example.com"},
                      .password = password,
                      .publicMetadata = {{"plan", "pro"}},
                      .createOrganizationsLimit = 0});
  ASSERT_TRUE(user) << codeOf(user);
  EXPECT_EQ(user->firstName, "Ada");
  EXPECT_FALSE(user->lastName);
  EXPECT_EQ(user->username, "ada_l");
  EXPECT_EQ(user->publicMetadata.at("plan"), "pro");
  EXPECT_FALSE(user->createOrganizationsLimit);
  ASSERT_THAT(user->emailAddresses, SizeIs(2));
  EXPECT_EQ(user->emailAddresses[0].emailAddress, "ada@example.com");
  EXPECT_EQ(user->emailAddresses[0].verification->strategy, "admin");
  EXPECT_EQ(user->primaryEmailAddressId, user->emailAddresses[0].id);
  EXPECT_EQ(reload(user->id), *user);
  Browser browser;
  EXPECT_TRUE(signIn(browser, "second@example.com"));
}

TEST_F(UserFlow, says_what_is_wrong_with_a_new_user) {
  ASSERT_TRUE(
      create({.externalId = "e1", .username = "adalove", .emailAddresses = {"ada@example.com"}, .password = password}));
  const auto refused = [&](NewUser fields, const char* code, const char* param) {
    auto outcome = create(std::move(fields));
    EXPECT_EQ(codeOf(outcome), code);
    EXPECT_EQ(paramOf(outcome), param);
  };
  refused({.password = password}, "form_data_missing", "email_address");
  refused({.emailAddresses = {"b@example.com"}}, "form_data_missing", "password");
  refused({.emailAddresses = {"nope"}, .password = password}, "form_param_format_invalid", "email_address");
  refused({.emailAddresses = {"ADA@example.com"}, .password = password}, "form_identifier_exists", "email_address");
  refused({.emailAddresses = {"b@b.co", "B@b.co"}, .password = password}, "form_param_duplicate", "email_address");
  refused({.username = "AdaLove", .emailAddresses = {"b@b.co"}, .password = password}, "form_identifier_exists",
          "username");
  refused({.externalId = "e1", .emailAddresses = {"b@b.co"}, .password = password}, "form_identifier_exists",
          "external_id");
  refused({.emailAddresses = {"b@b.co"}, .password = "x"}, "form_password_length_too_short", "password");
  refused({.emailAddresses = {"b@b.co"},
           .emailAddressIdentificationStatus = {"verified", "verified"},
           .password = password},
          "form_param_array_length_mismatch", "email_address_identification_status");
  refused({.emailAddresses = {"b@b.co"}, .passwordDigest = PasswordDigest{"rot13", "x"}}, "form_param_value_invalid",
          "password_hasher");
  refused({.emailAddresses = {"b@b.co"}, .passwordDigest = PasswordDigest{"bcrypt", "x"}},
          "form_password_digest_invalid_code", "password_digest");
  refused({.emailAddresses = {"b@b.co"}, .password = password, .publicMetadata = {{"a", std::string(9000, 'x')}}},
          "form_param_exceeds_allowed_size", "public_metadata");
  EXPECT_EQ(run([&] { return countUsers(*core, {}); }), 1);
}

TEST_F(UserFlow, checks_can_be_skipped_and_digests_taken_over) {
  EXPECT_TRUE(create({.skipPasswordRequirement = true, .skipUserRequirement = true}));
  auto weak = create({.emailAddresses = {"a@example.com"}, .password = "password", .skipPasswordChecks = true});
  ASSERT_TRUE(weak) << codeOf(weak);
  auto imported = create(
      {.emailAddresses = {"b@example.com"},
       .passwordDigest = PasswordDigest{"bcrypt", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"}});
  ASSERT_TRUE(imported) << codeOf(imported);
  Browser browser;
  EXPECT_TRUE(signIn(browser, "b@example.com", "U*U"));
  // It was made anew with what this instance uses.
  EXPECT_TRUE(reload(imported->id).password->digest.starts_with("$2b$04$"));
  EXPECT_TRUE(run([&] { return verifyPassword(*core, imported->id, "U*U"); }));
}

TEST_F(UserFlow, can_be_born_banned_or_locked) {
  EXPECT_TRUE(create({.emailAddresses = {"a@example.com"}, .password = password, .banned = true})->banned);
  EXPECT_TRUE(
      create({.emailAddresses = {"b@example.com"}, .password = password, .locked = true})->isLocked(clock.now()));
}

TEST_F(UserFlow, a_backend_changes_a_user) {
  auto user = *create({.externalId = "e1",
                       .firstName = "Ada",
                       .emailAddresses = {"a@example.com", "b@example.com"},
                       .password = password});
  clock.advance(1s);
  auto changed = update(user.id, {.externalId = {std::optional<std::string>()},
                                  .firstName = {{"Grace"}},
                                  .username = {{"graceh"}},
                                  .primaryEmailAddressId = user.emailAddresses[1].id,
                                  .createOrganizationsLimit = 3});
  ASSERT_TRUE(changed) << codeOf(changed);
  EXPECT_FALSE(changed->externalId);
  EXPECT_EQ(changed->firstName, "Grace");
  EXPECT_EQ(changed->username, "graceh");
  EXPECT_EQ(changed->primaryEmailAddress()->emailAddress, "b@example.com");
  EXPECT_EQ(changed->createOrganizationsLimit, 3);
  EXPECT_EQ(changed->updatedAt, clock.now());
  EXPECT_EQ(changed->createdAt, user.createdAt);
  EXPECT_EQ(update(user.id, {.username = {std::optional<std::string>("")}})->username, std::nullopt);
  EXPECT_EQ(codeOf(update(user.id, {.primaryEmailAddressId = "idn_x"})), "form_resource_not_found");
  EXPECT_EQ(codeOf(update("user_nobody", {})), "resource_not_found");
}

TEST_F(UserFlow, a_backend_sets_a_password_and_signs_out_everywhere) {
  auto user = createUser("ada@example.com");
  Browser browser;
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  EXPECT_EQ(codeOf(update(user.id, {.password = "x"})), "form_password_length_too_short");
  ASSERT_TRUE(update(user.id, {.password = "another horse 43!", .signOutOfOtherSessions = true}));
  EXPECT_THAT(client(browser)->sessions, IsEmpty());
  EXPECT_TRUE(run([&] { return verifyPassword(*core, user.id, "another horse 43!"); }));
  EXPECT_EQ(codeOf(run([&] { return verifyPassword(*core, user.id, password); })), "incorrect_password");
  auto without = run([&] { return removePassword(*core, user.id, false); });
  EXPECT_FALSE(without->passwordEnabled());
  EXPECT_EQ(codeOf(run([&] { return verifyPassword(*core, user.id, password); })), "no_password_set");
}

TEST_F(UserFlow, metadata_is_merged_or_replaced) {
  auto user = createUser("ada@example.com");
  const auto merge = [&](MetadataChanges changes) {
    return run([&] { return mergeUserMetadata(*core, user.id, changes); });
  };
  ASSERT_TRUE(merge({.publicMetadata = json(R"({"a":1,"b":{"c":1}})"), .privateMetadata = json(R"({"p":1})")}));
  auto merged = merge({.publicMetadata = json(R"({"b":{"d":2},"a":null})")});
  EXPECT_EQ(merged->publicMetadata, json(R"({"b":{"c":1,"d":2}})"));
  EXPECT_EQ(merged->privateMetadata, json(R"({"p":1})"));
  auto replaced = run([&] { return replaceUserMetadata(*core, user.id, {.publicMetadata = json(R"({"z":1})")}); });
  EXPECT_EQ(replaced->publicMetadata, json(R"({"z":1})"));
  EXPECT_EQ(codeOf(merge({.unsafeMetadata = boost::json::object{{"x", std::string(9000, 'x')}}})),
            "form_param_exceeds_allowed_size");
}

TEST_F(UserFlow, parallel_merges_lose_nothing) {
  auto user = createUser("ada@example.com");
  run([&]() -> async::Task<> {
    std::vector<async::Task<Outcome<User>>> merges;
    for (int i = 0; i < 20; ++i) {
      merges.push_back(
          mergeUserMetadata(*core, user.id, {.publicMetadata = boost::json::object{{"k" + std::to_string(i), i}}}));
    }
    for (auto& merge : merges) EXPECT_TRUE((co_await merge).has_value());
  });
  EXPECT_EQ(reload(user.id).publicMetadata.size(), 20u);
}

TEST_F(UserFlow, deletion_and_ban_end_all_sessions) {
  auto user = createUser("ada@example.com");
  Browser browser;
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  auto banned = run([&] { return banUser(*core, user.id); });
  EXPECT_TRUE(banned->banned);
  EXPECT_THAT(client(browser)->sessions, IsEmpty());
  EXPECT_EQ(*run([&] { return deleteUser(*core, user.id); }), user.id);
  EXPECT_EQ(codeOf(run([&] { return deleteUser(*core, user.id); })), "resource_not_found");
  EXPECT_EQ(codeOf(run([&] { return getUser(*core, user.id); })), "resource_not_found");
  EXPECT_EQ(run([&] { return countUsers(*core, {.banned = true}); }), 0);
  EXPECT_TRUE(createUser("ada@example.com").id != user.id);
}

TEST_F(UserFlow, lists_refuse_a_cursor_with_another_order) {
  createUser("ada@example.com");
  EXPECT_THAT(*run([&] { return listUsers(*core, {}); }), SizeIs(1));
  EXPECT_EQ(paramOf(run([&] { return listUsers(*core, {.orderBy = UserOrder::Username, .startingAfter = "user_x"}); })),
            "starting_after");
  EXPECT_EQ(codeOf(run([&] { return listUsers(*core, {.offset = 5, .startingAfter = "user_x"}); })),
            "form_param_value_invalid");
}

TEST_F(UserFlow, without_lockout_there_is_no_lock) {
  auto user = createUser("ada@example.com");
  settings.lockout.enabled = false;
  open();
  EXPECT_EQ(codeOf(run([&] { return lockUser(*core, user.id); })), "feature_not_enabled");
  EXPECT_EQ(verificationAttemptsRemaining(core->settings(), user, clock.now()), std::nullopt);
}

// ---- /v1/me

TEST_F(UserFlow, one_renames_oneself) {
  auto user = createUser("ada@example.com");
  const auto change = [&](ProfileChanges changes) {
    return run([&] { return updateProfile(*core, user.id, changes); });
  };
  auto changed = change({.firstName = "Ada", .lastName = "Lovelace"});
  EXPECT_EQ(changed->firstName, "Ada");
  EXPECT_FALSE(change({.firstName = ""})->firstName);
  EXPECT_EQ(reload(user.id).lastName, "Lovelace");
  EXPECT_EQ(codeOf(change({.username = "adalove"})), "form_param_unknown");
  EXPECT_EQ(codeOf(change({.primaryEmailAddressId = "idn_x"})), "form_resource_not_found");
  auto meta = run([&] { return updateUnsafeMetadata(*core, user.id, R"({"theme":"dark"})"); });
  EXPECT_EQ(meta->unsafeMetadata.at("theme"), "dark");
  EXPECT_EQ(codeOf(run([&] { return updateUnsafeMetadata(*core, user.id, "x"); })), "form_param_format_invalid");
}

TEST_F(UserFlow, one_changes_ones_password) {
  auto user = createUser("ada@example.com");
  Browser here;
  Browser there;
  ASSERT_TRUE(signIn(here, "ada@example.com"));
  ASSERT_TRUE(signIn(there, "ada@example.com"));
  const auto session = client(here)->sessions[0].session;
  const auto change = [&](ChangePasswordFields fields) {
    return run([&] { return changePassword(*core, session, fields); });
  };
  auto wrong = change({.currentPassword = "wrong", .newPassword = "another horse 43!"});
  EXPECT_EQ(codeOf(wrong), "form_password_validation_failed");
  EXPECT_EQ(paramOf(wrong), "current_password");
  EXPECT_EQ(reload(user.id).failedAttempts, 1);
  EXPECT_EQ(codeOf(change({.newPassword = "another horse 43!"})), "form_param_nil");
  auto weak = change({.currentPassword = password, .newPassword = "x"});
  EXPECT_EQ(paramOf(weak), "new_password");
  ASSERT_TRUE(
      change({.currentPassword = password, .newPassword = "another horse 43!", .signOutOfOtherSessions = true}));
  EXPECT_THAT(client(here)->sessions, SizeIs(1));
  EXPECT_THAT(client(there)->sessions, IsEmpty());
  EXPECT_EQ(reload(user.id).failedAttempts, 0);
}

TEST_F(UserFlow, guessing_at_the_current_password_locks) {
  settings.lockout.maxAttempts = 3;
  open();
  auto user = createUser("ada@example.com");
  Browser browser;
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  const auto session = client(browser)->sessions[0].session;
  std::vector<std::string> codes;
  for (int i = 0; i < 4; ++i) {
    codes.push_back(codeOf(run([&] {
      return changePassword(*core, session, {.currentPassword = "wrong", .newPassword = "another horse 43!"});
    })));
  }
  EXPECT_THAT(codes, ElementsAre("form_password_validation_failed", "form_password_validation_failed", "user_locked",
                                 "user_locked"));
}

TEST_F(UserFlow, one_deletes_oneself_if_allowed) {
  auto user = createUser("ada@example.com");
  Browser browser;
  ASSERT_TRUE(signIn(browser, "ada@example.com"));
  ASSERT_TRUE(update(user.id, {.deleteSelfEnabled = false}));
  const auto remove = [&] {
    return request(browser, [&](Visitor& visitor) { return deleteSelf(*core, visitor, user.id); });
  };
  EXPECT_EQ(codeOf(remove()), "user_delete_self_not_enabled");
  ASSERT_TRUE(update(user.id, {.deleteSelfEnabled = true}));
  EXPECT_EQ(*remove(), user.id);
  EXPECT_THAT(client(browser)->sessions, IsEmpty());
  EXPECT_FALSE(client(browser)->client.lastActiveSessionId);
}

}  // namespace
}  // namespace clerk::instance
