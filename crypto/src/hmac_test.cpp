#include <crypto/digest.hpp>
#include <crypto/hmac.hpp>

#include <gtest/gtest.h>

namespace crypto {
namespace {

TEST(Hmac, codes_are_those_of_rfc_4231) {  // test case 2
  EXPECT_EQ(hexEncode(*hmac("sha256", "Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hexEncode(*hmac("SHA384", "Jefe", "what do ya want for nothing?")),
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649");
}

TEST(Hmac, an_unknown_hash_gives_nothing) { EXPECT_EQ(hmac("sha-none", "k", "m"), std::nullopt); }

}  // namespace
}  // namespace crypto
