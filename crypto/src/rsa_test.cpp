#include <crypto/base64.hpp>
#include <crypto/rsa.hpp>

#include "openssl_objects.hpp"
#include "wycheproof.hpp"

#include <gtest/gtest.h>

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <string>
#include <thread>
#include <vector>

using namespace crypto;

namespace {
const RsaPrivateKey& testKey() {
  static const auto key = RsaPrivateKey::generate();
  return key;
}

/// A key that another program may have made.
RsaPrivateKey keyWithExponent(BN_ULONG exponent) {
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  const std::unique_ptr<BIGNUM, Deleter<BN_free>> number(BN_new());
  BN_set_word(number.get(), exponent);
  EVP_PKEY_keygen_init(context.get());
  EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), 2048);
  EVP_PKEY_CTX_set1_rsa_keygen_pubexp(context.get(), number.get());
  EVP_PKEY* made = nullptr;
  EVP_PKEY_generate(context.get(), &made);
  const Key key(made);
  const std::unique_ptr<BIO, Deleter<BIO_free_all>> pem(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  char* text = nullptr;
  const auto size = BIO_get_mem_data(pem.get(), &text);
  return RsaPrivateKey::fromPem({text, static_cast<std::size_t>(size)}).value();
}

std::string replaceAll(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}
}  // namespace

TEST(RsaKey, verifies_its_own_signatures_and_no_others) {
  const auto key = testKey().publicKey();
  for (auto hash : {RsaHash::Sha256, RsaHash::Sha384, RsaHash::Sha512}) {
    const auto signature = testKey().sign("message", hash);
    EXPECT_TRUE(key.verifies("message", signature, hash));
    EXPECT_FALSE(key.verifies("massage", signature, hash));
    EXPECT_FALSE(key.verifies("message", signature.substr(1), hash));
    EXPECT_FALSE(key.verifies("message", signature + "x", hash));
    EXPECT_FALSE(key.verifies("message", "", hash));
    EXPECT_TRUE(key.verifies("message", signature, hash)) << "a refusal must not spoil what comes after";
  }
  EXPECT_FALSE(key.verifies("message", testKey().sign("message", RsaHash::Sha384), RsaHash::Sha256));
  EXPECT_FALSE(RsaPrivateKey::generate().publicKey().verifies("message", testKey().sign("message")));
}

TEST(RsaKey, is_shared_by_threads) {
  const auto key = testKey().publicKey();
  const auto signature = testKey().sign("message");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round) EXPECT_TRUE(key.verifies("message", signature));
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST(RsaKey, more_keys_than_a_thread_keeps_still_verify) {
  std::vector<RsaPublicKey> keys;
  const auto jwk = testKey().publicKey().toJwk();
  for (int i = 0; i < 40; ++i) keys.push_back(RsaPublicKey::fromJwk(jwk).value());
  const auto signature = testKey().sign("message");
  for (int round = 0; round < 2; ++round) {
    for (const auto& key : keys) EXPECT_TRUE(key.verifies("message", signature));
  }
}

TEST(RsaKey, survives_pem_and_jwk) {
  const auto pem = testKey().publicKey().toPem();
  EXPECT_TRUE(pem.starts_with("-----BEGIN PUBLIC KEY-----\n"));
  const auto jwk = testKey().publicKey().toJwk();
  EXPECT_EQ(jwk.e, "AQAB");
  EXPECT_EQ(RsaPublicKey::fromPem(pem)->toJwk(), jwk);
  EXPECT_EQ(RsaPublicKey::fromJwk(jwk)->toPem(), pem);
  const auto again = RsaPrivateKey::fromPem(testKey().toPem()).value();
  EXPECT_EQ(again.publicKey().toJwk(), jwk);
  EXPECT_EQ(again.sign("message"), testKey().sign("message"));
}

TEST(RsaKey, reads_pem_as_environment_variables_mangle_it) {
  const auto pem = testKey().publicKey().toPem();
  const auto jwk = testKey().publicKey().toJwk();
  const auto oneLine = replaceAll(pem, "\n", "");
  const std::string begin = "-----BEGIN PUBLIC KEY-----", end = "-----END PUBLIC KEY-----";
  for (const auto& text :
       {replaceAll(pem, "\n", "\\n"), '"' + replaceAll(pem, "\n", "\\n") + '"', oneLine, replaceAll(pem, "\n", "\r\n"),
        replaceAll(pem, "\n", " "), "  \n" + pem + "\n\n", replaceAll(replaceAll(oneLine, begin, ""), end, "")}) {
    const auto key = RsaPublicKey::fromPem(text);
    ASSERT_TRUE(key) << text;
    EXPECT_EQ(key->toJwk(), jwk);
  }
}

TEST(RsaKey, reads_pkcs1_and_certificates) {
  // openssl req -x509 -newkey rsa:2048, and the same key as PKCS#1.
  const std::string certificate = R"(-----BEGIN CERTIFICATE-----
MIIDATCCAemgAwIBAgIUe8igS6VA//Vz/1RdjyHIEnncOaEwDQYJKoZIhvcNAQEL
BQAwDzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjUwODIzMzVaGA8yMTI2MTEwMTA4
MjMzNVowDzENMAsGA1UEAwwEdGVzdDCCASIwDQYJKoZIhvcNAQEBBQADggEPADCC
AQoCggEBALF3Hnzzm5S5WFamG+8Ah7Zrgohp9x9SF0UYxmiTXRW6o4zzTyTD3vQJ
ycGyqbQ9vBtuYrRntK6Ed9WpjeXd+q+wXoYupPzVWSdISlSDFau8EalGsl4+yald
fNnR0jXSjQrhXVTHn1SxIbbj0bgo+Ta9ieRKGTrggxLenLZXAWYD1m0IRpAqVdLx
YL3bWq99zAbE06U8eF+cB5Y3yXTWkAN9Mt7qD04laDkbIUFdLSqcCzuWYL8uvf5a
1zCjYNUXD+E9GgtAjZgLUrsVQ+sc10LAOCO9KEIVavd8PzF4U2m5hMPC7621pRxg
n0buT4H5Ovqj6dv3nPt4csCDsxX7jHkCAwEAAaNTMFEwHQYDVR0OBBYEFNANPerM
/a4Ouo5t2l2eWmb4Q+6CMB8GA1UdIwQYMBaAFNANPerM/a4Ouo5t2l2eWmb4Q+6C
MA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADggEBAJPjvcikxHEESYTC
Qu3aa8FLht4ji92HeTc04GRZt4Ib17UwMMWbojO3crV9qNIF7MYmx9qbDT0bMnDW
oykN7VPZyZ5y6WG/bRGlG9mYAYVwFZsL4qPA3kyIdivkpicN0uKWiNrqnFFXuh3w
oNlIb0gn4zAlquEgyTpYIIo6ezaq5xbW6E+zgWE/tum2WGP2WZNMb59LXqJrzo3m
how4BAa9oMMuo6GzAlsDFEqsvWq8Iq6kgVYHVoVa1KUXoJXNFhSrlVoGBBK8t49K
28ynP9IuDd5D7+oePNsaH1nHO5nDsCaJut/QXf1axj+YhAGmo0PKf+Pf/Zm4b1ll
8Fav72c=
-----END CERTIFICATE-----)";
  const std::string pkcs1 = R"(-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAsXcefPOblLlYVqYb7wCHtmuCiGn3H1IXRRjGaJNdFbqjjPNPJMPe
9AnJwbKptD28G25itGe0roR31amN5d36r7Behi6k/NVZJ0hKVIMVq7wRqUayXj7J
qV182dHSNdKNCuFdVMefVLEhtuPRuCj5Nr2J5EoZOuCDEt6ctlcBZgPWbQhGkCpV
0vFgvdtar33MBsTTpTx4X5wHljfJdNaQA30y3uoPTiVoORshQV0tKpwLO5Zgvy69
/lrXMKNg1RcP4T0aC0CNmAtSuxVD6xzXQsA4I70oQhVq93w/MXhTabmEw8LvrbWl
HGCfRu5Pgfk6+qPp2/ec+3hywIOzFfuMeQIDAQAB
-----END RSA PUBLIC KEY-----)";
  EXPECT_EQ(RsaPublicKey::fromPem(certificate)->toJwk(), RsaPublicKey::fromPem(pkcs1)->toJwk());
}

TEST(RsaKey, says_why_a_text_is_no_key) {
  const std::string ec = R"(-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEkZolPFGTd4rsFypyQR7H4QFI6O4M
Xq0Ws2159MKj2r1/IaBRpHbkfKnetx/cFqYqpDfIWdabDo+COyWRleBWTQ==
-----END PUBLIC KEY-----)";
  EXPECT_EQ(RsaPublicKey::fromPem(ec).error(), KeyError::NotRsa);
  for (auto text : {"", "x", "-----BEGIN PUBLIC KEY-----", "-----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY-----",
                    "-----BEGIN PUBLIC KEY-----!!!!-----END PUBLIC KEY-----", "AAAA"}) {
    EXPECT_EQ(RsaPublicKey::fromPem(text).error(), KeyError::Malformed) << text;
  }
  EXPECT_EQ(RsaPublicKey::fromPem(std::string(1 << 20, 'A')).error(), KeyError::Malformed);
  EXPECT_EQ(RsaPublicKey::fromPem(testKey().toPem()).error(), KeyError::Malformed) << "a private key is no public key";
  EXPECT_EQ(RsaPublicKey::fromJwk({"", "AQAB"}).error(), KeyError::Malformed);
  EXPECT_EQ(RsaPublicKey::fromJwk({"!", "AQAB"}).error(), KeyError::Malformed);
}

TEST(RsaKey, refuses_small_keys_unless_the_limit_is_lowered) {
  const auto small = RsaPrivateKey::generate(1024).publicKey();
  EXPECT_EQ(RsaPublicKey::fromPem(small.toPem()).error(), KeyError::TooSmall);
  EXPECT_EQ(RsaPublicKey::fromPem(small.toPem(), {.minimumBits = 1024})->bits(), 1024);
}

TEST(RsaKey, refuses_exponents_that_are_no_rsa_or_burn_cpu) {
  auto jwk = testKey().publicKey().toJwk();
  for (auto e : {"AQ", "Ag", "AQAA"}) EXPECT_EQ(RsaPublicKey::fromJwk({jwk.n, e}).error(), KeyError::Malformed) << e;
  EXPECT_EQ(RsaPublicKey::fromJwk({jwk.n, jwk.n}).error(), KeyError::TooLarge);
  EXPECT_TRUE(RsaPublicKey::fromJwk({jwk.n, "Aw"}));
}

TEST(RsaKey, verifies_with_any_size_and_exponent_that_it_takes) {
  for (int bits : {1024, 1032, 2048}) {
    const auto key = RsaPrivateKey::generate(bits);
    for (auto hash : {RsaHash::Sha256, RsaHash::Sha384, RsaHash::Sha512}) {
      EXPECT_TRUE(key.publicKey().verifies("message", key.sign("message", hash), hash)) << bits;
    }
  }
}

TEST(RsaKey, verifies_with_other_exponents) {
  for (const BN_ULONG exponent : {3UL, 17UL, 65539UL, 0xfffffffbUL, 0x100000000000000fUL}) {
    const auto key = keyWithExponent(exponent);
    const auto signature = key.sign("message");
    EXPECT_TRUE(key.publicKey().verifies("message", signature)) << exponent;
    EXPECT_FALSE(key.publicKey().verifies("massage", signature)) << exponent;
  }
}

TEST(RsaKey, has_no_room_for_a_digest_in_a_tiny_modulus) {
  const auto tiny = RsaPrivateKey::generate(512);
  EXPECT_TRUE(tiny.publicKey().verifies("message", tiny.sign("message")));
  EXPECT_FALSE(tiny.publicKey().verifies("message", std::string(64, '\x01'), RsaHash::Sha512));
}

TEST(RsaKey, takes_no_signature_beyond_its_modulus) {
  // The same signature plus the modulus is the same number modulo it: malleable, were it not refused (RFC 8017 §5.2.2).
  const auto key = testKey().publicKey();
  EXPECT_FALSE(key.verifies("message", std::string(256, '\xff')));
  const auto modulus = base64urlDecode(key.toJwk().n).value();
  auto sum = testKey().sign("message");
  int carry = 0;
  for (std::size_t i = sum.size(); i-- > 0;) {
    carry += static_cast<unsigned char>(sum[i]) + static_cast<unsigned char>(modulus[i]);
    sum[i] = static_cast<char>(carry & 255);
    carry >>= 8;
  }
  EXPECT_FALSE(key.verifies("message", carry ? std::string(1, '\x01') + sum : sum));
}

TEST(RsaKey, is_refused_when_its_generator_was_broken) {
  // A power of 65537 is one modulo every prime, as the moduli of ROCA are modulo some.
  std::vector<unsigned> power{1};  // bytes, the lowest first
  for (int i = 0; i < 128; ++i) {
    auto byte = [&](std::size_t at) { return at < power.size() ? power[at] : 0; };
    std::vector<unsigned> next;
    unsigned carry = 0;
    for (std::size_t at = 0; at < power.size() + 3; ++at) {
      const unsigned sum = byte(at) + (at >= 2 ? byte(at - 2) : 0) + carry;
      next.push_back(sum & 255);
      carry = sum >> 8;
    }
    while (next.back() == 0) next.pop_back();
    power = std::move(next);
  }
  const std::string modulus(power.rbegin(), power.rend());
  EXPECT_EQ(RsaPublicKey::fromJwk({base64urlEncode(modulus), "AQAB"}).error(), KeyError::Weak);
}

TEST(RsaKey, agrees_with_wycheproof) {
  wycheproof::forEachTest("rsa_signature_2048_sha256_test.json", [](const auto& group, const auto& test) {
    const auto key = RsaPublicKey::fromPem(std::string(group.at("publicKeyPem").as_string()));
    ASSERT_TRUE(key);
    // "acceptable" is the DigestInfo without its NULL, which this library may refuse.
    if (test.at("result") == "acceptable") return;
    EXPECT_EQ(key->verifies(wycheproof::bytes(test, "msg"), wycheproof::bytes(test, "sig")),
              test.at("result") == "valid")
        << test;
  });
}
