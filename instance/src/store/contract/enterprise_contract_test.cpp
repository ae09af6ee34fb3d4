// Codes of backends, tokens of other providers, and passwords that others know.

#include "store/contract/store_contract.hpp"

namespace clerk::instance {
namespace {

constexpr Time now = fromMilliseconds(1'800'000'000'000);
using std::chrono::hours;

Verification verificationOf(const std::string& id) {
  return {.id = id, .strategy = "email_code", .attempts = 0, .expireAt = now + hours(1), .createdAt = now};
}

TEST_P(StoreContract, the_newest_code_of_a_backend_takes_the_place_of_those_before) {
  write([](Transaction& tx) {
    for (const auto* id : {"ver_1", "ver_2"}) {
      tx.verifications().insert(verificationOf(id), "digest");
      tx.backendVerifications().replace("idn_1", id, now + hours(1));
    }
    EXPECT_FALSE(tx.backendVerifications().belongs("ver_1", "idn_1"));
    EXPECT_FALSE(tx.verifications().find("ver_1"));
    EXPECT_TRUE(tx.backendVerifications().belongs("ver_2", "idn_1"));
    EXPECT_FALSE(tx.backendVerifications().belongs("ver_2", "idn_2"));
    EXPECT_EQ(tx.backendVerifications().eraseExpired(now + hours(1), 10), 0);
    EXPECT_EQ(tx.backendVerifications().eraseExpired(now + hours(2), 10), 1);
    EXPECT_FALSE(tx.verifications().find("ver_2"));
  });
}

ExternalAccount accountOf(int n) {
  const auto number = std::to_string(n);
  return {.id = "eac_" + number,
          .identificationId = "idn_account_" + number,
          .provider = "oauth_google",
          .providerUserId = "sub " + number,
          .verification = Verification{.id = "ver_account_" + number,
                                       .strategy = "oauth_google",
                                       .status = VerificationStatus::Verified,
                                       .createdAt = now},
          .createdAt = now,
          .updatedAt = now};
}

ProviderTokens tokensOf(int n) {
  return {.accountId = "eac_" + std::to_string(n), .accessToken = "sealed", .scopes = "openid", .updatedAt = now};
}

TEST_P(StoreContract, tokens_of_providers_go_with_the_account_and_with_the_user) {
  write([](Transaction& tx) {
    for (int n = 1; n <= 3; ++n) tx.providerTokens().put(tokensOf(n));
    auto user = sampleUser(1);
    user.externalAccounts = {accountOf(1), accountOf(2)};
    EXPECT_TRUE(tx.users().insert(user));
    EXPECT_EQ(tx.providerTokens().find("eac_1")->userId, user.id);

    user.externalAccounts.erase(user.externalAccounts.begin());
    EXPECT_TRUE(tx.users().updateIdentifiers(user));
    EXPECT_FALSE(tx.providerTokens().find("eac_1"));
    EXPECT_TRUE(tx.providerTokens().find("eac_2"));

    auto renewed = tokensOf(2);
    renewed.accessToken = "another";
    tx.providerTokens().put(renewed);
    EXPECT_EQ(tx.providerTokens().find("eac_2")->accessToken, "another");
    EXPECT_EQ(tx.providerTokens().find("eac_2")->userId, user.id);

    EXPECT_EQ(tx.providerTokens().eraseUnclaimed(now + hours(1), 10), 1) << "nobody took the third";
    EXPECT_FALSE(tx.providerTokens().find("eac_3"));
    EXPECT_TRUE(tx.users().erase(user.id));
    EXPECT_FALSE(tx.providerTokens().find("eac_2"));
  });
}

TEST_P(StoreContract, a_compromised_password_is_remembered) {
  write([](Transaction& tx) {
    auto user = sampleUser(1);
    user.passwordCompromised = true;
    EXPECT_TRUE(tx.users().insert(user));
    EXPECT_TRUE(tx.users().find(user.id)->passwordCompromised);
    user.passwordCompromised = false;
    EXPECT_TRUE(tx.users().update(user));
    EXPECT_FALSE(tx.users().find(user.id)->passwordCompromised);
  });
}

}  // namespace
}  // namespace clerk::instance
