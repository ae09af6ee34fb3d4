#include <crypto/digest.hpp>
#include <crypto/random.hpp>

#include "wycheproof.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

using namespace crypto;

TEST(Digest, gives_the_vectors_of_fips_180) {
  EXPECT_EQ(hexEncode(bytesOf(sha1("abc"))), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(hexEncode(bytesOf(sha256("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hexEncode(bytesOf(sha256(""))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, starts_afresh_on_every_call_and_thread) {
  const auto first = sha256("one");
  sha256("two");
  EXPECT_EQ(sha256("one"), first);
  std::thread([&] { EXPECT_EQ(sha256("one"), first); }).join();
}

TEST(Hmac, takes_an_empty_key_and_message) {
  EXPECT_EQ(hexEncode(bytesOf(hmacSha256("", ""))), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Hmac, agrees_with_wycheproof) {
  wycheproof::forEachTest("hmac_sha256_test.json", [](const auto& group, const auto& test) {
    const auto code = hmacSha256(wycheproof::bytes(test, "key"), wycheproof::bytes(test, "msg"));
    // Shorter tags are the front of the whole one.
    const auto tag = bytesOf(code).substr(0, group.at("tagSize").as_int64() / 8);
    EXPECT_EQ(constantTimeEquals(tag, wycheproof::bytes(test, "tag")), test.at("result") == "valid") << test;
  });
}

TEST(ConstantTimeEquals, compares_whole_texts) {
  EXPECT_TRUE(constantTimeEquals("", ""));
  EXPECT_TRUE(constantTimeEquals("secret", "secret"));
  EXPECT_FALSE(constantTimeEquals("secret", "secreT"));
  EXPECT_FALSE(constantTimeEquals("secret", "secret1"));
}

TEST(ConstantTimeEquals, sees_a_difference_anywhere) {
  for (std::size_t size : {1U, 8U, 31U, 32U, 33U, 64U, 700U}) {
    const std::string text(size, 'x');
    EXPECT_TRUE(constantTimeEquals(text, std::string(size, 'x'))) << size;
    for (std::size_t at = 0; at < size; ++at) {
      auto other = text;
      other[at] ^= 1;
      EXPECT_FALSE(constantTimeEquals(text, other)) << size << ' ' << at;
    }
  }
}

TEST(Random, differs_from_call_to_call_and_stays_below_the_bound) {
  EXPECT_NE(randomBytes(16), randomBytes(16));
  EXPECT_EQ(randomBytes(0), "");
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 500; ++i) seen.insert(randomBelow(10));
  EXPECT_EQ(seen.size(), 10U);
  EXPECT_EQ(*seen.rbegin(), 9U);
  EXPECT_EQ(randomBelow(1), 0U);
}
