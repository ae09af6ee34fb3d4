#include "flows/runtime_settings/runtime_settings.hpp"

#include "flows/flow_test.hpp"
#include "flows/invitations/invitations.hpp"
#include "flows/user/identifiers.hpp"

#include <boost/json/parse.hpp>

namespace clerk::instance {
namespace {

class RuntimeSettingsFlow : public FlowTest {
 protected:
  explicit RuntimeSettingsFlow(const std::function<void(Settings&)>& change = nullptr) : FlowTest(change) {}

  std::string set(const std::string& members) {
    return codeOf(run([&] { return changeSignInSettings(*core, boost::json::parse(members).as_object()); }));
  }
  std::string restrict(RestrictionSettings restrictions) {
    return codeOf(run([&] {
      return changeRuntimeSettings(*core, [&](const Transaction&, RuntimeSettings& settings) -> Outcome<> {
        settings.restrictions = restrictions;
        return {};
      });
    }));
  }
  Outcome<SignUp> signUp(SignUpFields fields) {
    Browser browser;
    return request(browser, [&](Visitor& visitor) { return createSignUp(*core, visitor, fields); });
  }
};

TEST_F(RuntimeSettingsFlow, a_change_is_in_force_at_once_and_null_takes_it_back) {
  EXPECT_EQ(set(R"({"sign_up_mode":"restricted","username":true,"multi_session":true})"), "");
  EXPECT_EQ(codeOf(signUp({.emailAddress = "ada@example.com"})), "sign_up_mode_restricted");
  EXPECT_TRUE(core->settings().attributes.username.enabled);
  EXPECT_FALSE(core->settings().singleSessionMode);
  EXPECT_EQ(set(R"({"sign_up_mode":null})"), "");
  EXPECT_TRUE(signUp({.emailAddress = "ada@example.com"}));
  EXPECT_TRUE(core->settings().attributes.username.enabled) << "what was not named stays";
}

TEST_F(RuntimeSettingsFlow, what_is_not_understood_changes_nothing) {
  EXPECT_EQ(set(R"({"sign_up_mode":"closed"})"), "form_param_format_invalid");
  EXPECT_EQ(set(R"({"nonsense":true})"), "form_param_unknown");
  EXPECT_EQ(set(R"({"nonsense":null})"), "form_param_unknown");
  EXPECT_EQ(set(R"({"breached_passwords_file":"/etc/passwd"})"), "form_param_unknown") << "files are the operator's";
  EXPECT_EQ(set(R"({"test_mode":"yes"})"), "form_param_format_invalid");
  EXPECT_EQ(core->settings().signUpMode, SignUpMode::Public);
}

TEST_F(RuntimeSettingsFlow, another_process_over_the_same_database_follows) {
  const auto other = Core::open({.dataFolder = folder, .database = database, .settings = settings, .clock = &clock});
  EXPECT_EQ(set(R"({"sign_up_mode":"waitlist"})"), "");
  EXPECT_EQ(other->settings().signUpMode, SignUpMode::Public);
  async::blockOn([&] { return other->refreshSettings(); });
  EXPECT_EQ(other->settings().signUpMode, SignUpMode::Waitlist);
  open();
  EXPECT_EQ(core->settings().signUpMode, SignUpMode::Waitlist) << "and so does a start";
}

TEST_F(RuntimeSettingsFlow, a_providers_secret_is_kept_sealed_and_need_not_be_told_again) {
  const std::string provider = R"("strategy":"oauth_x","issuer":"https://x.example","client_id":"id")";
  EXPECT_EQ(set(R"({"social":[{)" + provider + R"(,"client_secret":"a very secret word"}]})"), "");
  ASSERT_EQ(core->settings().socialProviders.size(), 1U);
  EXPECT_EQ(core->settings().socialProviders[0].clientSecret, "a very secret word");
  core->store().readNow(
      [&](const Transaction& tx) { EXPECT_EQ(tx.settings().text().find("a very secret word"), std::string::npos); });
  EXPECT_EQ(set(R"({"social":[{)" + provider + R"(,"name":"X"}]})"), "");
  EXPECT_EQ(core->settings().socialProviders[0].clientSecret, "a very secret word");
  EXPECT_EQ(core->settings().socialProviders[0].name, "X");
}

TEST_F(RuntimeSettingsFlow, lists_keep_people_out_when_they_sign_in_unless_that_is_switched_off) {
  createUser("ada@example.com");
  Browser browser;
  ASSERT_TRUE(run([&] { return addRestrictedIdentifier(*core, RestrictionList::Blocklist, "*@example.com"); }));
  EXPECT_EQ(restrict({.blocklist = true}), "");
  EXPECT_EQ(codeOf(signIn(browser, "ada@example.com")), "not_allowed_access");
  EXPECT_EQ(restrict({.blocklist = true, .disabledOnSignIn = true}), "");
  EXPECT_TRUE(signIn(browser, "ada@example.com"));
  EXPECT_EQ(codeOf(signUp({.emailAddress = "grace@example.com"})), "not_allowed_access");
}

TEST_F(RuntimeSettingsFlow, new_addresses_are_looked_at_wherever_they_come_from) {
  const auto ada = createUser("ada@example.com");
  EXPECT_EQ(restrict({.blockEmailSubaddresses = true, .blockDisposableEmailDomains = true}), "");
  for (const auto* address : {"a+b@example.com", "a@mailinator.com", "a@sub.yopmail.com"}) {
    EXPECT_EQ(codeOf(signUp({.emailAddress = address})), "not_allowed_access") << address;
    EXPECT_EQ(codeOf(run([&] { return addEmailAddress(*core, ada.id, address); })), "not_allowed_access") << address;
  }
  EXPECT_TRUE(run([&] { return addEmailAddress(*core, ada.id, "ada2@example.com"); }));
}

TEST_F(RuntimeSettingsFlow, numbers_of_blocked_countries_are_refused) {
  const auto ada = createUser("ada@example.com");
  EXPECT_EQ(set(R"({"phone_number":true})"), "");
  run([&] {
    return changeRuntimeSettings(*core, [](const Transaction&, RuntimeSettings& changed) -> Outcome<> {
      changed.general.blockedCountryCodes = {"DE", "CA"};
      return {};
    });
  });
  const auto add = [&](const char* number) {
    return codeOf(run([&] { return addPhoneNumber(*core, ada.id, number, false); }));
  };
  EXPECT_EQ(add("+49 30 1234567"), "not_allowed_access");
  EXPECT_EQ(add("+1 416 555 0100"), "not_allowed_access");
  EXPECT_EQ(add("+1 415 555 0100"), "");
  EXPECT_EQ(codeOf(signUp({.emailAddress = "b@example.com", .phoneNumber = "+49301234567"})), "not_allowed_access");
}

class FixedSettings : public RuntimeSettingsFlow {
 protected:
  FixedSettings() : RuntimeSettingsFlow([](Settings& settings) { settings.fixed = {"sign_up_mode", "allowlist"}; }) {}
};

TEST_F(FixedSettings, stay_as_the_operator_wants_them) {
  EXPECT_EQ(set(R"({"sign_up_mode":"restricted"})"), "setting_fixed");
  EXPECT_EQ(restrict({.allowlist = true}), "setting_fixed");
  EXPECT_EQ(restrict({.blocklist = true}), "");
  EXPECT_FALSE(core->settings().runtime.restrictions.allowlist);
}

TEST_F(RuntimeSettingsFlow, what_is_fixed_later_takes_earlier_changes_out_of_force) {
  EXPECT_EQ(set(R"({"sign_up_mode":"restricted","username":true})"), "");
  EXPECT_EQ(restrict({.allowlist = true, .blocklist = true}), "");
  settings.fixed = {"sign_up_mode", "allowlist"};
  open();
  EXPECT_EQ(core->settings().signUpMode, SignUpMode::Public);
  EXPECT_TRUE(core->settings().attributes.username.enabled);
  EXPECT_FALSE(core->settings().runtime.restrictions.allowlist);
  EXPECT_TRUE(core->settings().runtime.restrictions.blocklist);
}

}  // namespace
}  // namespace clerk::instance
