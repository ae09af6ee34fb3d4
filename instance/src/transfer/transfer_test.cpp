#include "transfer/transfer.hpp"

#include "flows/flow_test.hpp"
#include "flows/user/second_factors.hpp"
#include "strategies/totp.hpp"
#include "transfer/transfer_error.hpp"

#include <boost/json/parse.hpp>

#include <sstream>

namespace clerk::instance::transfer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

class Transfer : public FlowTest {
 protected:
  Transfer() : FlowTest([](Settings& settings) { settings.testMode = false; }) {}

  ImportCounts import(const std::string& text, Format format, bool dryRun = false, bool withoutUnknown = false) {
    refused.clear();
    std::istringstream file(text);
    return importUsers(
        *core, file,
        {.format = format,
         .dryRun = dryRun,
         .withoutUnknownPasswords = withoutUnknown,
         .refused = [this](std::int64_t line,
                           const std::string& why) { refused.push_back(std::to_string(line) + ": " + why); },
         .progress = [](std::int64_t) {}});
  }
  std::string exported(Format format = Format::Json, bool secrets = true) {
    std::ostringstream file;
    exportUsers(*core, file, format, secrets);
    return file.str();
  }

  std::vector<std::string> refused;
};

constexpr const char* clerkCsv =
    "id,first_name,last_name,username,primary_email_address,primary_phone_number,verified_email_addresses,"
    "unverified_email_addresses,verified_phone_numbers,unverified_phone_numbers,totp_secret,password_digest,"
    "password_hasher\n"
    "user_2YDryYFVMM1W1plDDKz7Gzf4we6,Ada,\"Love, lace\",Ada,Ada@Example.com,+15555550100,"
    "ada.l@example.com|ada@example.com,new@example.com,+15555550100,,JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP,"
    "\"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4\",argon2id\n"
    "user_2ZZCgLE7kJG2CRBxTZ6YUIvzS10,,,,bob@example.com,,bob@example.com,,,,,"
    "5f4dcc3b5aa765d61d8327deb882cf99,md5\n"
    "user_2cWszPHuo6P2lCdnhhZbVMfbAIC,Carol,,carol,,,,,,,,,bcrypt\n";

TEST_F(Transfer, takes_the_dashboards_export_over_with_ids_and_passwords) {
  const auto counts = import(clerkCsv, Format::Csv);
  EXPECT_THAT(refused, IsEmpty());
  EXPECT_EQ(counts.imported, 3);
  EXPECT_THAT(counts.notes, IsEmpty());

  const auto ada = reload("user_2YDryYFVMM1W1plDDKz7Gzf4we6");
  EXPECT_EQ(ada.lastName, "Love, lace");
  EXPECT_EQ(ada.username, "ada");
  ASSERT_EQ(ada.emailAddresses.size(), 3u);
  EXPECT_EQ(ada.primaryEmailAddress()->emailAddress, "ada@example.com");
  EXPECT_TRUE(ada.primaryEmailAddress()->verified());
  EXPECT_FALSE(ada.emailAddresses[2].verified());
  ASSERT_TRUE(ada.primaryPhoneNumber());
  EXPECT_TRUE(ada.totpEnabled);

  // The password of before is right, and its digest one of today's from then on.
  Browser browser;
  const auto state = signIn(browser, "ada@example.com", "password");
  ASSERT_TRUE(state) << codeOf(state);
  EXPECT_EQ(state->signIn.status, SignInStatus::NeedsSecondFactor);
  EXPECT_EQ(reload(ada.id).password->hasher, "bcrypt");
  const auto code = totpCode(*base32Decode("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"), totpStep(clock.now()));
  const auto verified = run([&] { return verifySecondFactor(*core, ada.id, code); });
  EXPECT_TRUE(verified) << codeOf(verified);

  Browser other;
  const auto bob = signIn(other, "bob@example.com", "password");
  ASSERT_TRUE(bob) << codeOf(bob);
  EXPECT_EQ(bob->signIn.status, SignInStatus::Complete);
  EXPECT_EQ(reload("user_2ZZCgLE7kJG2CRBxTZ6YUIvzS10").password->hasher, "bcrypt");
  EXPECT_FALSE(reload("user_2cWszPHuo6P2lCdnhhZbVMfbAIC").password);
}

TEST_F(Transfer, an_import_that_is_repeated_changes_nothing) {
  import(clerkCsv, Format::Csv);
  const auto before = exported();
  clock.advance(1h);
  const auto counts = import(clerkCsv, Format::Csv);
  EXPECT_EQ(counts.imported, 0);
  EXPECT_EQ(counts.kept, 3);
  EXPECT_EQ(exported(), before);
}

TEST_F(Transfer, what_was_broken_off_is_run_again) {
  const std::string whole = clerkCsv;
  const auto cut = whole.substr(0, whole.find("user_2c")) + "user_2c,\"";
  EXPECT_THROW(import(cut, Format::Csv), TransferError);
  EXPECT_EQ(run([&] { return countUsers(*core, {}); }), 2);
  const auto counts = import(whole, Format::Csv);
  EXPECT_EQ(counts.kept, 2);
  EXPECT_EQ(counts.imported, 1);
}

TEST_F(Transfer, a_dry_run_judges_and_writes_nothing) {
  const auto counts = import(std::string(clerkCsv) + "user_4,,,,no address,,,,,,,,\n", Format::Csv, true);
  EXPECT_EQ(counts.imported, 3);
  EXPECT_EQ(counts.refused, 1);
  EXPECT_THAT(refused, ElementsAre(HasSubstr("5: ")));
  EXPECT_EQ(run([&] { return countUsers(*core, {}); }), 0);
}

TEST_F(Transfer, each_mistake_has_its_line_and_keeps_nobody_else_out) {
  createUser("taken@example.com");
  const auto counts = import(
      "id,username,primary_email_address,password_digest,password_hasher,created_at,banned\n"
      "user_1,,taken@example.com,,,,\n"
      "u2,,b@example.com,,,,\n"
      "user_3,,c@example.com,x,bcrypt,,\n"
      "user_4,,d@example.com,x,rot13,,\n"
      "user_5,same,e@example.com,,,2024-01-31T13:45:00.5Z,TRUE\n"
      "user_6,same,f@example.com,,,,\n"
      "user_7,,g@example.com\n"
      "user_8,,h@example.com,,,yesterday,\n"
      "user_9,,i@example.com,,,,perhaps\n"
      "user_5,,other@example.com,,,,\n",
      Format::Csv);
  EXPECT_EQ(counts.imported, 1);
  EXPECT_EQ(counts.kept, 1);
  EXPECT_EQ(counts.refused, 8);
  std::sort(refused.begin(), refused.end());
  EXPECT_THAT(refused,
              ElementsAre("10: banned must be true or false", "2: email_addresses: one is another user's",
                          "3: id: must begin with user_", HasSubstr("4: password_digest: is no digest that bcrypt"),
                          "5: password_hasher: is unknown: rot13", "7: username: is another user's",
                          "8: has 3 fields, the heading 7", HasSubstr("9: created_at must be a time")));
  const auto user = reload("user_5");
  EXPECT_TRUE(user.banned);
  EXPECT_EQ(toMilliseconds(user.createdAt), 1706708700500);
}

TEST_F(Transfer, unknown_columns_would_be_lost_and_are_refused) {
  EXPECT_THROW(import("id,shoe_size\nuser_1,42\n", Format::Csv), TransferError);
  EXPECT_THROW(import("first_name\nAda\n", Format::Csv), TransferError);
  EXPECT_THROW(import("id,id\n", Format::Csv), TransferError);
}

TEST_F(Transfer, unknown_passwords_are_left_out_when_that_is_asked_for) {
  const auto counts = import(
      "[{\"id\":\"user_1\",\"username\":\"a\",\"password_digest\":\"awscognito#1#2#3\",\"password_hasher\":"
      "\"awscognito\"}]",
      Format::Json, false, true);
  EXPECT_EQ(counts.imported, 1);
  EXPECT_THAT(counts.notes, ElementsAre(Pair(HasSubstr("unknown here"), 1)));
  EXPECT_FALSE(reload("user_1").password);
}

TEST_F(Transfer, takes_the_backend_apis_list_and_says_what_cannot_come_along) {
  const auto counts = import(
      R"({"data":[{"id":"user_1","object":"user","username":null,"first_name":"Ada","has_image":true,
        "image_url":"https://img.clerk.com/x","profile_image_url":"https://img.clerk.com/x","password_enabled":true,
        "totp_enabled":true,"backup_code_enabled":true,"web3_wallets":[{"id":"idn_w"}],"primary_email_address_id":"idn_1",
        "email_addresses":[{"id":"idn_1","object":"email_address","email_address":"ada@example.com","reserved":false,
          "verification":{"status":"verified","strategy":"from_oauth_google","attempts":null,"expire_at":null},"linked_to":[]}],
        "external_accounts":[{"object":"external_account","id":"eac_1","provider":"oauth_google","identification_id":"idn_2",
          "provider_user_id":"118","email_address":"ada@example.com","verification":{"status":"verified"}},
          {"object":"google_account","id":"gac_1","google_id":"119"}],
        "passkeys":[{"id":"idn_3","name":"Mac"}],"locked":true,"lockout_expires_in_seconds":60,"public_metadata":{"a":1},
        "created_at":1700000000000,"updated_at":1700000000001,"last_sign_in_at":1700000000002,"shoe_size":42,"nothing":null}],
        "total_count":1})",
      Format::Json);
  EXPECT_THAT(refused, IsEmpty());
  EXPECT_EQ(counts.imported, 1);
  std::string notes;
  for (const auto& [note, count] : counts.notes) notes += note + "\n";
  for (const auto* part : {"without its digest", "without its secret", "backup codes", "web3_wallets",
                           "provider_user_id", "public key", "shoe_size"}) {
    EXPECT_THAT(notes, HasSubstr(part));
  }
  EXPECT_EQ(counts.notes.size(), 7u) << notes;
  const auto user = reload("user_1");
  EXPECT_EQ(user.primaryEmailAddress()->id, "idn_1");
  ASSERT_EQ(user.externalAccounts.size(), 1u);
  EXPECT_EQ(user.externalAccounts[0].providerUserId, "118");
  EXPECT_TRUE(user.isLocked(clock.now()));
  EXPECT_EQ(toMilliseconds(*user.lastSignInAt), 1700000000002);
  EXPECT_EQ(user.imageUrl, "https://img.clerk.com/x");
}

/// A user with all that there is.
constexpr const char* rich = R"([
{"id":"user_1","external_id":"e1","username":"ada","first_name":"Ada","last_name":"L","locale":"en-GB","has_image":true,"image_url":"https://img.example/x","primary_email_address_id":"idn_1","primary_phone_number_id":"idn_2","email_addresses":[{"id":"idn_1","email_address":"ada@example.com","reserved":false,"verification":{"status":"verified","strategy":"email_code","attempts":2,"expire_at":1700000600000},"created_at":1700000000000,"updated_at":1700000000001},{"id":"idn_5","email_address":"held@example.com","reserved":true,"verification":null,"created_at":1700000000000,"updated_at":1700000000001}],"phone_numbers":[{"id":"idn_2","phone_number":"+15555550100","reserved":false,"reserved_for_second_factor":true,"default_second_factor":true,"verification":{"status":"verified","strategy":"phone_code","attempts":1,"expire_at":null},"created_at":1700000000000,"updated_at":1700000000001}],"external_accounts":[{"id":"eac_1","identification_id":"idn_3","provider":"oauth_google","provider_user_id":"118","email_address":"ada@example.com","email_address_verified":true,"first_name":"A","last_name":"L","username":"al","image_url":"https://img.example/y","approved_scopes":"email","verification":{"status":"verified","strategy":"oauth_google","attempts":null,"expire_at":null},"created_at":1700000000000,"updated_at":1700000000001}],"passkeys":[{"id":"idn_4","name":"Key","credential_id":"Y3JlZA","public_key":"cHVi","sign_count":7,"last_used_at":1700000000003,"verification":{"status":"verified","strategy":"passkey","attempts":null,"expire_at":null},"created_at":1700000000000,"updated_at":1700000000001}],"password_enabled":true,"password_hasher":"md5","password_digest":"5f4dcc3b5aa765d61d8327deb882cf99","password_last_updated_at":1700000000004,"totp_enabled":true,"totp_secret":"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP","backup_code_enabled":false,"mfa_enabled_at":1700000000005,"mfa_disabled_at":1700000000004,"public_metadata":{"a":[1,{"b":null}]},"private_metadata":{"p":true},"unsafe_metadata":{"u":"\u00e9"},"banned":true,"failed_attempts":3,"locked_at":1700000000006,"lock_expires_at":1900000000000,"delete_self_enabled":false,"create_organization_enabled":false,"create_organizations_limit":5,"bypass_client_trust":true,"legal_accepted_at":1700000000007,"last_sign_in_at":1700000000008,"last_active_at":1700000000009,"created_at":1700000000000,"updated_at":1700000000010}
]
)";

TEST_F(Transfer, what_was_exported_comes_back_as_it_was) {
  const auto counts = import(rich, Format::Json);
  EXPECT_THAT(refused, IsEmpty());
  EXPECT_THAT(counts.notes, IsEmpty());
  const auto once = exported();
  EXPECT_EQ(boost::json::parse(once), boost::json::parse(rich));
  EXPECT_TRUE(run([&] { return deleteUser(*core, "user_1"); }));
  EXPECT_EQ(exported(), "[\n]\n");
  EXPECT_EQ(import(once, Format::Json).imported, 1);
  EXPECT_EQ(exported(), once);
}

TEST_F(Transfer, csv_comes_back_but_for_what_has_no_column) {
  import(clerkCsv, Format::Csv);
  const auto once = exported(Format::Csv);
  EXPECT_THAT(once, HasSubstr("id,first_name,last_name,username,primary_email_address,primary_phone_number,"));
  EXPECT_THAT(once, HasSubstr("ada@example.com|ada.l@example.com"));
  for (const auto* id :
       {"user_2YDryYFVMM1W1plDDKz7Gzf4we6", "user_2ZZCgLE7kJG2CRBxTZ6YUIvzS10", "user_2cWszPHuo6P2lCdnhhZbVMfbAIC"}) {
    EXPECT_TRUE(run([&] { return deleteUser(*core, id); }));
  }
  EXPECT_EQ(import(once, Format::Csv).imported, 3);
  EXPECT_EQ(exported(Format::Csv), once);
}

TEST_F(Transfer, csv_says_what_it_has_no_column_for) {
  EXPECT_EQ(import(rich, Format::Json).imported, 1);
  std::ostringstream file;
  EXPECT_THAT(exportUsers(*core, file, Format::Csv, true).notes.size(), 4u);
}

TEST_F(Transfer, secrets_can_be_left_out) {
  import(rich, Format::Json);
  for (const auto format : {Format::Json, Format::Csv}) {
    const auto text = exported(format, false);
    for (const auto* secret : {"5f4dcc3b", "JBSWY3DP", "password_digest", "totp_secret"}) {
      EXPECT_EQ(text.find(secret), std::string::npos) << secret;
    }
  }
}

TEST_F(Transfer, many_users_come_in_pages_and_in_order) {
  std::string text = "[";
  for (int i = 0; i < 1203; ++i) {
    text += (i > 0 ? ",\n" : "") + std::string("{\"id\":\"user_") + std::to_string(10'000 + i) + "\",\"username\":\"u" +
            std::to_string(i) + "\",\"created_at\":" + std::to_string(1700000000000 + i % 7) + "}";
  }
  EXPECT_EQ(import(text + "]", Format::Json).imported, 1203);
  const auto once = exported();
  EXPECT_EQ(boost::json::parse(once).as_array().size(), 1203u);
  EXPECT_EQ(import(once, Format::Json).kept, 1203);
}

}  // namespace
}  // namespace clerk::instance::transfer
