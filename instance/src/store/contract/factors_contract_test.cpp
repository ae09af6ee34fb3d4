// Identifiers beside addresses, second factors, detours, invitations: on every engine.

#include "store/contract/store_contract.hpp"

#include <gmock/gmock.h>

namespace clerk::instance {
namespace {

using testing::ElementsAre;

const Time now = fromMilliseconds(1'800'000'000'000);

Verification proof(const std::string& id, std::string_view strategy) {
  return {.id = id, .strategy = Strategy(strategy), .status = VerificationStatus::Verified, .createdAt = now};
}

User person(const std::string& id) {
  User user;
  user.id = id;
  user.createdAt = user.updatedAt = now;
  return user;
}

PhoneNumber phone(const std::string& id, const std::string& number) {
  return {.id = id, .phoneNumber = number, .createdAt = now, .updatedAt = now};
}

TEST_P(StoreContract, identifiers_come_back_as_they_were_written) {
  auto user = person("user_1");
  user.phoneNumbers.push_back(phone("idn_1", "+15555550100"));
  user.phoneNumbers[0].verification = proof("ver_1", strategy::phoneCode);
  user.phoneNumbers[0].verification->identificationId = "idn_1";
  user.phoneNumbers[0].reservedForSecondFactor = true;
  user.primaryPhoneNumberId = "idn_1";
  user.externalAccounts.push_back({.id = "eac_1",
                                   .identificationId = "idn_2",
                                   .provider = "oauth_google",
                                   .providerUserId = "sub",
                                   .emailAddress = "ada@example.com",
                                   .emailAddressVerified = true,
                                   .firstName = "Ada",
                                   .verification = proof("ver_2", "oauth_google"),
                                   .createdAt = now,
                                   .updatedAt = now});
  user.externalAccounts[0].verification->identificationId = "eac_1";
  user.passkeys.push_back({.id = "idn_3",
                           .name = "Phone",
                           .credentialId = "Y3JlZA",
                           .publicKey = "a2V5",
                           .signCount = 4,
                           .verification = proof("ver_3", strategy::passkey),
                           .lastUsedAt = now,
                           .createdAt = now,
                           .updatedAt = now});
  user.passkeys[0].verification->identificationId = "idn_3";
  user.totpEnabled = true;
  write([&](Transaction& tx) { ASSERT_TRUE(tx.users().insert(user)); });
  write([&](Transaction& tx) {
    EXPECT_EQ(tx.users().find("user_1"), user);
    EXPECT_EQ(tx.users().findByIdentification("phone_number", "+15555550100")->id, "user_1");
    EXPECT_EQ(tx.users().findByIdentification("oauth_google", "sub")->id, "user_1");
    EXPECT_EQ(tx.users().findByIdentification("passkey", "Y3JlZA")->id, "user_1");
    EXPECT_EQ(tx.users().ownerOf("phone_number", "idn_1"), "user_1");
    EXPECT_TRUE(tx.users().find("user_1")->twoFactorEnabled());
  });
}

TEST_P(StoreContract, identifiers_are_one_users_alone_once_they_are_proved) {
  write([&](Transaction& tx) {
    for (const auto* id : {"user_1", "user_2"}) {
      auto user = person(id);
      user.phoneNumbers.push_back(phone(std::string("idn_") + id, "+15555550100"));
      ASSERT_TRUE(tx.users().insert(user));
    }
    auto first = *tx.users().find("user_1");
    first.phoneNumbers[0].verification = proof("ver_1", strategy::phoneCode);
    EXPECT_TRUE(tx.users().updateIdentifiers(first));
    auto second = *tx.users().find("user_2");
    second.phoneNumbers[0].verification = proof("ver_2", strategy::phoneCode);
    EXPECT_FALSE(tx.users().updateIdentifiers(second));
    first.phoneNumbers.clear();
    EXPECT_TRUE(tx.users().updateIdentifiers(first));
    EXPECT_TRUE(tx.users().updateIdentifiers(second));
  });
}

TEST_P(StoreContract, a_step_and_a_backup_code_are_used_once) {
  write([&](Transaction& tx) {
    ASSERT_TRUE(tx.users().insert(person("user_1")));
    auto totp = tx.totpSecrets();
    const TotpSecret secret{.id = "totp_1", .secret = "sealed", .createdAt = now, .updatedAt = now};
    EXPECT_TRUE(totp.put("user_1", secret));
    EXPECT_TRUE(totp.put("user_1", secret));
    EXPECT_FALSE(totp.useStep("user_1", 5, now));
    EXPECT_TRUE(totp.verify("user_1", 5, now));
    EXPECT_FALSE(totp.verify("user_1", 6, now));
    EXPECT_FALSE(totp.put("user_1", secret));
    EXPECT_FALSE(totp.useStep("user_1", 5, now));
    EXPECT_TRUE(totp.useStep("user_1", 6, now));
    EXPECT_EQ(totp.find("user_1")->lastStep, 6);

    auto codes = tx.backupCodes();
    codes.replace("user_1", {"a", "b"});
    EXPECT_TRUE(codes.use("user_1", "a"));
    EXPECT_FALSE(codes.use("user_1", "a"));
    EXPECT_EQ(codes.count("user_1"), 1);
    codes.replace("user_1", {"c"});
    EXPECT_FALSE(codes.use("user_1", "b"));
    tx.users().erase("user_1");
    EXPECT_FALSE(totp.find("user_1"));
    EXPECT_EQ(codes.count("user_1"), 0);
  });
}

TEST_P(StoreContract, links_and_journeys_are_taken_once) {
  write([&](Transaction& tx) {
    const EmailLink link{"ver_1", DetourOwner::SignUp, "sua_1", "client_1", "http://localhost/", now};
    tx.emailLinks().insert("digest", link);
    EXPECT_EQ(tx.emailLinks().find("digest"), link);
    EXPECT_TRUE(tx.emailLinks().take("digest"));
    EXPECT_FALSE(tx.emailLinks().take("digest"));
    tx.emailLinks().insert("old", link);
    EXPECT_EQ(tx.emailLinks().eraseExpired(now, 10), 1);

    const OauthState state{"oauth_google",
                           DetourOwner::User,
                           "user_1",
                           "client_1",
                           "ver_1",
                           "nonce",
                           "verifier",
                           "http://localhost/a",
                           "http://localhost/b",
                           now + std::chrono::minutes(1)};
    tx.oauthStates().insert("digest", state);
    EXPECT_EQ(tx.oauthStates().take("digest", now), state);
    EXPECT_FALSE(tx.oauthStates().take("digest", now));
    tx.oauthStates().insert("late", state);
    EXPECT_FALSE(tx.oauthStates().take("late", now + std::chrono::minutes(1)));
    tx.oauthStates().insert("old", state);
    EXPECT_EQ(tx.oauthStates().eraseExpired(now + std::chrono::hours(1), 10), 1);
  });
}

TEST_P(StoreContract, a_picture_replaces_the_one_before) {
  const std::string bytes("\0\x89PNG\xff", 6);
  write([&](Transaction& tx) {
    tx.images().replace({"img_1", "user_1", "image/png", bytes, now});
    tx.images().replace({"img_2", "user_1", "image/png", bytes, now});
    EXPECT_FALSE(tx.images().find("img_1"));
    EXPECT_EQ(tx.images().find("img_2")->content, bytes);
    EXPECT_TRUE(tx.images().eraseOf("user_1"));
    EXPECT_FALSE(tx.images().eraseOf("user_1"));
  });
}

TEST_P(StoreContract, invitations_are_settled_once_and_found_by_state) {
  write([&](Transaction& tx) {
    auto invitations = tx.invitations();
    for (int i = 0; i < 3; ++i) {
      const auto number = std::to_string(i);
      invitations.insert({.id = "inv_" + number,
                          .emailAddress = "guest" + number + "@example.com",
                          .publicMetadata = {{"n", i}},
                          .expiresAt = now + std::chrono::hours(i),
                          .createdAt = now + Milliseconds(i),
                          .updatedAt = now});
    }
    EXPECT_FALSE(invitations.findPending("guest0@example.com", now));
    EXPECT_TRUE(invitations.findPending("guest1@example.com", now));
    EXPECT_TRUE(invitations.settle("inv_1", InvitationStatus::Accepted, "user_1", now));
    EXPECT_FALSE(invitations.settle("inv_1", InvitationStatus::Revoked, std::nullopt, now));
    const auto ids = [&](const Invitations::Filter& filter) {
      std::vector<std::string> found;
      for (const auto& each : invitations.list(filter, {}).data) found.push_back(each.id);
      return found;
    };
    EXPECT_THAT(ids({.now = now}), ElementsAre("inv_2", "inv_1", "inv_0"));
    EXPECT_THAT(ids({.ascending = true, .now = now}), ElementsAre("inv_0", "inv_1", "inv_2"));
    EXPECT_THAT(ids({.status = InvitationStatus::Pending, .now = now}), ElementsAre("inv_2"));
    EXPECT_THAT(ids({.status = InvitationStatus::Expired, .now = now}), ElementsAre("inv_0"));
    EXPECT_THAT(ids({.status = InvitationStatus::Accepted, .query = "Guest1", .now = now}), ElementsAre("inv_1"));
    EXPECT_THAT(ids({.query = "100%", .now = now}), ElementsAre());
  });
}

TEST_P(StoreContract, the_waitlist_and_the_lists_know_an_address_once) {
  write([&](Transaction& tx) {
    auto waitlist = tx.waitlistEntries();
    waitlist.insert({.id = "wtl_1", .emailAddress = "ada@example.com", .createdAt = now, .updatedAt = now});
    EXPECT_TRUE(waitlist.advance("wtl_1", WaitlistStatus::Pending, WaitlistStatus::Invited, "inv_1", now));
    EXPECT_FALSE(waitlist.advance("wtl_1", WaitlistStatus::Pending, WaitlistStatus::Rejected, std::nullopt, now));
    EXPECT_TRUE(waitlist.advance("wtl_1", WaitlistStatus::Invited, WaitlistStatus::Completed, std::nullopt, now));
    EXPECT_EQ(waitlist.findByEmailAddress("ada@example.com")->invitationId, "inv_1");
    EXPECT_EQ(waitlist.list(WaitlistStatus::Completed, "ADA", {}).totalCount, 1);
    EXPECT_TRUE(waitlist.erase("wtl_1"));

    auto lists = tx.restrictedIdentifiers();
    lists.insert({.id = "alid_1",
                  .identifier = "*@example.com",
                  .identifierType = "email_address",
                  .createdAt = now,
                  .updatedAt = now});
    EXPECT_TRUE(lists.has(RestrictionList::Allowlist, "ada@example.com"));
    EXPECT_FALSE(lists.has(RestrictionList::Blocklist, "ada@example.com"));
    EXPECT_FALSE(lists.has(RestrictionList::Allowlist, "ada@example.org"));
    EXPECT_EQ(lists.list(RestrictionList::Allowlist).size(), 1u);
    EXPECT_FALSE(lists.erase(RestrictionList::Blocklist, "alid_1"));
    EXPECT_TRUE(lists.erase(RestrictionList::Allowlist, "alid_1"));
  });
}

}  // namespace
}  // namespace clerk::instance
