#include "strategies/totp.hpp"

#include <gtest/gtest.h>

namespace clerk::instance {
namespace {

constexpr std::string_view rfcSecret = "12345678901234567890";

Time at(std::int64_t seconds) { return fromMilliseconds(seconds * 1000); }

TEST(Totp, gives_the_codes_of_rfc_6238) {
  // RFC 6238, appendix B, SHA-1: the last six of eight digits.
  const std::pair<std::int64_t, std::string_view> rows[] = {{59, "287082"},         {1111111109, "081804"},
                                                            {1111111111, "050471"}, {1234567890, "005924"},
                                                            {2000000000, "279037"}, {20000000000, "353130"}};
  for (const auto& [seconds, code] : rows) EXPECT_EQ(totpCode(rfcSecret, totpStep(at(seconds))), code) << seconds;
}

TEST(Totp, takes_the_step_before_and_the_step_after) {
  const Time now = at(1'800'000'015);
  const auto step = totpStep(now);
  for (const auto offset : {-1, 0, 1}) {
    EXPECT_EQ(matchTotp(rfcSecret, totpCode(rfcSecret, step + offset), now), step + offset);
  }
  EXPECT_FALSE(matchTotp(rfcSecret, totpCode(rfcSecret, step + 2), now));
  EXPECT_FALSE(matchTotp(rfcSecret, totpCode(rfcSecret, step - 2), now));
  EXPECT_FALSE(matchTotp(rfcSecret, "", now));
  EXPECT_FALSE(matchTotp(rfcSecret, totpCode(rfcSecret, step) + "0", now));
}

TEST(Totp, base32_is_that_of_rfc_4648) {
  const std::pair<std::string_view, std::string_view> rows[] = {{"", ""},
                                                                {"f", "MY"},
                                                                {"fo", "MZXQ"},
                                                                {"foo", "MZXW6"},
                                                                {"foob", "MZXW6YQ"},
                                                                {"fooba", "MZXW6YTB"},
                                                                {"foobar", "MZXW6YTBOI"}};
  for (const auto& [bytes, text] : rows) {
    EXPECT_EQ(base32Encode(bytes), text);
    EXPECT_EQ(base32Decode(text), bytes);
  }
  EXPECT_FALSE(base32Decode("M1"));
}

TEST(Totp, uri_escapes_names) {
  EXPECT_EQ(totpUri("foobar", "Acme & Co", "ada@example.com"),
            "otpauth://totp/Acme%20%26%20Co:ada@example.com?algorithm=SHA1&digits=6&issuer=Acme%20%26%20Co&period=30&"
            "secret=MZXW6YTBOI");
}

TEST(Totp, a_sealed_secret_opens_for_its_user_alone) {
  SystemRandom random;
  const KeyedDigest digest("a pepper for tests");
  const auto secret = newTotpSecret(random);
  const auto sealed = sealTotpSecret(digest, secret, "user_1");
  EXPECT_EQ(unsealTotpSecret(digest, sealed, "user_1"), secret);
  EXPECT_FALSE(unsealTotpSecret(digest, sealed, "user_2"));
  EXPECT_FALSE(unsealTotpSecret(KeyedDigest("another pepper"), sealed, "user_1"));
}

}  // namespace
}  // namespace clerk::instance
