#include <crypto/curve_key.hpp>

#include <gtest/gtest.h>

namespace crypto {
namespace {

std::string fromHex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

TEST(CurvePublicKey, p256_verifies_what_its_private_key_signed) {
  const auto key = P256PrivateKey::generate();
  const auto coordinates = key.coordinates();
  const auto publicKey = CurvePublicKey::p256(coordinates.substr(0, 32), coordinates.substr(32));
  ASSERT_TRUE(publicKey);
  const auto signature = key.sign("message");
  EXPECT_TRUE(publicKey->verifies("message", signature));
  EXPECT_FALSE(publicKey->verifies("messages", signature));
  EXPECT_FALSE(publicKey->verifies("message", ""));
  EXPECT_FALSE(publicKey->verifies("message", signature.substr(1)));
  EXPECT_FALSE(publicKey->verifies("message", std::string(4096, 'x')));
}

TEST(CurvePublicKey, refuses_points_that_are_not_on_the_curve) {
  EXPECT_FALSE(CurvePublicKey::p256(std::string(32, '\1'), std::string(32, '\1')));
  EXPECT_FALSE(CurvePublicKey::p256(std::string(32, '\0'), std::string(32, '\0')));
  EXPECT_FALSE(CurvePublicKey::p256("short", "short"));
  EXPECT_FALSE(CurvePublicKey::ed25519("short"));
}

TEST(CurvePublicKey, ed25519_gives_the_answers_of_rfc_8032) {
  // RFC 8032 §7.1, test 2.
  const auto key = CurvePublicKey::ed25519(fromHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
  ASSERT_TRUE(key);
  const auto signature = fromHex(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
      "b00d291612bb0c00");
  EXPECT_TRUE(key->verifies("\x72", signature));
  EXPECT_FALSE(key->verifies("\x73", signature));
}

}  // namespace
}  // namespace crypto
