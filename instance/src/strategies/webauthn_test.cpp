#include "strategies/webauthn.hpp"

#include "strategies/soft_authenticator.hpp"

#include <gtest/gtest.h>

namespace clerk::instance {
namespace {

constexpr std::string_view challenge = "dGhlIGNoYWxsZW5nZSBvZiB0aGlzIHRlc3Q";

class Webauthn : public testing::Test {
 protected:
  WebauthnExpectation expected{
      .challenge = std::string(challenge), .origins = {"http://localhost:3000"}, .rpId = "localhost"};
  SoftAuthenticator authenticator;
  std::string creation = registrationOptions(challenge, "localhost", "App", "user_1", "ada", {});
  std::string request = assertionOptions(challenge, "localhost", {});
};

TEST_F(Webauthn, a_registered_key_signs_in) {
  const auto made = readRegistration(authenticator.registration(creation), expected);
  ASSERT_TRUE(made);
  authenticator.signCount = 1;
  const auto answer = authenticator.assertion(request, "user_1");
  const auto claimed = claimedCredential(answer);
  ASSERT_TRUE(claimed);
  EXPECT_EQ(claimed->credentialId, made->credentialId);
  EXPECT_EQ(claimed->userHandle, "user_1");
  EXPECT_EQ(checkAssertion(answer, expected, made->publicKey, 0), 1);
  // The counter stands still: somebody has copied the key.
  EXPECT_FALSE(checkAssertion(answer, expected, made->publicKey, 1));
  EXPECT_FALSE(checkAssertion(answer, expected, made->publicKey, 5));
}

TEST_F(Webauthn, answers_to_others_are_refused) {
  const auto made = readRegistration(authenticator.registration(creation), expected);
  ASSERT_TRUE(made);
  const auto refused = [&](SoftAuthenticator changed, WebauthnExpectation wanted) {
    return !readRegistration(changed.registration(creation), wanted) &&
           !checkAssertion(changed.assertion(request, ""), wanted, made->publicKey, 0);
  };
  auto elsewhere = authenticator;
  elsewhere.origin = "https://evil.example";
  EXPECT_TRUE(refused(elsewhere, expected));
  auto otherParty = authenticator;
  otherParty.rpId = "evil.example";
  EXPECT_TRUE(refused(otherParty, expected));
  auto unverified = authenticator;
  unverified.flags = 0x01;
  EXPECT_TRUE(refused(unverified, expected));
  auto otherChallenge = expected;
  otherChallenge.challenge = "b3RoZXI";
  EXPECT_TRUE(refused(authenticator, otherChallenge));
  // Somebody else's key.
  EXPECT_FALSE(checkAssertion(SoftAuthenticator().assertion(request, ""), expected, made->publicKey, 0));
  // A registration is no assertion, and the other way around.
  EXPECT_FALSE(checkAssertion(authenticator.registration(creation), expected, made->publicKey, 0));
  EXPECT_FALSE(readRegistration(authenticator.assertion(request, ""), expected));
}

TEST_F(Webauthn, broken_text_is_refused_wherever_it_breaks) {
  const auto whole = authenticator.registration(creation);
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    EXPECT_FALSE(readRegistration(whole.substr(0, length), expected));
  }
  for (const auto text : {"", "{}", "[]", "null", R"({"type":"public-key"})",
                          R"({"type":"public-key","rawId":"AA","response":{"clientDataJSON":"e30"}})"}) {
    EXPECT_FALSE(readRegistration(text, expected)) << text;
    EXPECT_FALSE(claimedCredential(text) && checkAssertion(text, expected, "oA", 0)) << text;
  }
}

}  // namespace
}  // namespace clerk::instance
