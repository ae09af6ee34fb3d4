#include <crypto/aead.hpp>

#include <gtest/gtest.h>

namespace {

const crypto::AeadKey key = crypto::sha256("a key");

TEST(Aead, opens_what_was_sealed) {
  const std::string empty;
  const std::string binary("\0\xff a secret", 11);
  for (const auto& text : {empty, binary, std::string(10'000, 'x')}) {
    const auto sealed = crypto::seal(key, text, "context");
    EXPECT_EQ(sealed.size(), text.size() + 28);
    EXPECT_EQ(crypto::unseal(key, sealed, "context"), text);
  }
}

TEST(Aead, never_seals_alike) { EXPECT_NE(crypto::seal(key, "text", ""), crypto::seal(key, "text", "")); }

TEST(Aead, refuses_another_key_another_context_and_every_changed_bit) {
  const auto sealed = crypto::seal(key, "text", "context");
  EXPECT_FALSE(crypto::unseal(crypto::sha256("another key"), sealed, "context"));
  EXPECT_FALSE(crypto::unseal(key, sealed, "elsewhere"));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(crypto::unseal(key, changed, "context")) << i;
  }
}

TEST(Aead, refuses_what_is_too_short) {
  const auto sealed = crypto::seal(key, "", "");
  for (std::size_t size = 0; size < sealed.size(); ++size)
    EXPECT_FALSE(crypto::unseal(key, sealed.substr(0, size), ""));
}

TEST(Aead, opens_a_recorded_seal) {
  // AES-256-GCM test case 14 of the GCM specification: zero key, zero nonce, sixteen zero bytes.
  const crypto::AeadKey zero{};
  std::string sealed(12, '\0');
  sealed += "\xce\xa7\x40\x3d\x4d\x60\x6b\x6e\x07\x4e\xc5\xd3\xba\xf3\x9d\x18";
  sealed += "\xd0\xd1\xc8\xa7\x99\x99\x6b\xf0\x26\x5b\x98\xb5\xd4\x8a\xb9\x19";
  EXPECT_EQ(crypto::unseal(zero, sealed, ""), std::string(16, '\0'));
}

}  // namespace
