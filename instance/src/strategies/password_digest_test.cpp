#include "strategies/password_digest.hpp"

#include "strategies/password.hpp"

#include <gtest/gtest.h>

#include <string>

namespace clerk::instance {
namespace {

struct Sample {
  const char* hasher;
  const char* digest;
  const char* password;
};

// Of "correct horse 42!": made with Python's hashlib and crypt after the formats of Clerk's documentation. The others
// are published: by phpass, by the reference implementation of Argon2, and by Firebase.
constexpr Sample samples[] = {
    {"bcrypt", "$2b$04$CCCCCCCCCCCCCCCCCCCCC.ZfXtHuAecFjVZpIIVEXcyJUZs5aUoG6", "correct horse 42!"},
    {"bcrypt_peppered", "$2a$04$CCCCCCCCCCCCCCCCCCCCC.yZSkWbW9ZenMROYYflINSXznVztBlVS$sea salt", "correct horse 42!"},
    {"bcrypt_sha256_django", "bcrypt_sha256$$2b$04$CCCCCCCCCCCCCCCCCCCCC.1bcaWROO6F1u87Borpyq3Uieo4b3UL6",
     "correct horse 42!"},
    {"ldap_ssha", "{SSHA}7HNRPWen3cvCew7qOtA6QOzKpVpzYWx0ODg4OA==", "correct horse 42!"},
    {"md5", "e07e82ed2d9b1c2db00b83694de8e3aa", "correct horse 42!"},
    {"md5_salted", "pinch$a78b305e7dec9f8d8abe933774b66500", "correct horse 42!"},
    {"md5_salted", "pinch$3b21f12cbfa1d9a14abb5e1a86613ca1", "correct horse 42!"},
    {"pbkdf2_sha1", "pbkdf2_sha1$1000$0badcafe$e71f0bb3d515ee5760df1e221d0ac23d142e30390d8c1d6b3c23852f21585c2b",
     "correct horse 42!"},
    {"pbkdf2_sha1", "pbkdf2_sha1$1000$sea salt$fa39d89e7c9367f85bccce480cf5a1bef1a824c8$20", "correct horse 42!"},
    {"pbkdf2_sha256", "pbkdf2_sha256$1000$AP9zYWx0$Em/uxWMK5Mtfh6mUppDy0mEcZmc97ivAeNlEdLyBlWw=", "correct horse 42!"},
    {"pbkdf2_sha256_django",
     "pbkdf2_sha256$1000$seasalt$V2+GDymcWrKkM2O4E+VlafIkFHNQnPYGa35tjrqd4Jk=", "correct horse 42!"},
    {"pbkdf2_sha512",
     "pbkdf2_sha512$1000$seasalt$"
     "1f0a74bd2606f4e2ccf91c6e4ef7e6b4e145f4c5568f7d177a35b00b6c4fc82c6a3975fcaedd5ae8048cd9ea8313ac236c9e8deb9de5b7d4f"
     "02c7b9f7e57ba75",
     "correct horse 42!"},
    {"pbkdf2_sha512_hex",
     "pbkdf2_sha512_hex$1000$00ff0badcafe$"
     "a8a52942cf841d81b81ba6a104efaa0e7ac37991d678ae80d1cc27d6aadbe728800e47ba26c1af95f27ef6bf18cb2ebe2aa2d8ee7e5f0d94a"
     "39da41fb9dc19bd",
     "correct horse 42!"},
    {"scrypt_werkzeug",
     "scrypt:1024:8:1$seasalt$"
     "5a6612338ee359510cf9621577be1e093a0d54c2f4b82abfb618c331655f234abd3aaee9c842e62e26e7c06640a78b5bd5e96cb47158f2ada"
     "85e361e4c7f6ed6",
     "correct horse 42!"},
    {"sha256", "b095ac7d69faf166af253b86f12ea32b7236b84f382431c53a9273ec2789be0f", "correct horse 42!"},
    {"sha256_salted", "pinch$78ac1d01e22b7ccb17e2eaa092c6c5b49be60dec3672b28868177e985dc96bd9", "correct horse 42!"},
    {"sha512_symfony",
     "sha512_symfony$50$pinch$yDypd3XMGUbjJsjGBuJaJzozZfCjAR4sFyGhE7v6VPUnWMME0hss8ucbnI5D1TwnfUaPpmmMQgKpnxRbGGijkQ==",
     "correct horse 42!"},
    {"phpass", "$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", "test12345"},
    {"argon2i", "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8", "password"},
    {"argon2id", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", "password"},
    {"scrypt_firebase",
     "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$42xEC+ixf3L2lw==$"
     "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$Bw==$8$14",
     "user1password"},
};

TEST(PasswordDigest, every_function_tells_the_right_password_from_others) {
  for (const auto& [hasher, digest, password] : samples) {
    const PasswordDigest stored{hasher, digest};
    EXPECT_TRUE(isKnownPasswordHasher(hasher)) << hasher;
    EXPECT_TRUE(isWellFormed(stored)) << hasher << " " << digest;
    EXPECT_TRUE(matches(stored, password)) << hasher << " " << digest;
    for (const std::string wrong : {"", "wrong", "Correct horse 42!", "correct horse 42!x"}) {
      EXPECT_FALSE(matches(stored, wrong)) << hasher << " " << wrong;
    }
  }
}

TEST(PasswordDigest, what_is_cut_or_altered_is_refused_or_matches_nothing) {
  for (const auto& [hasher, digest, password] : samples) {
    const std::string text = digest;
    // Hashes of any length are taken from 16 bytes on: what is left of them then is still theirs.
    for (std::size_t length = 0; length <= text.size() / 3; ++length) {
      EXPECT_FALSE(matches({hasher, text.substr(0, length)}, password)) << hasher << " " << length;
    }
    auto altered = text;
    auto& character = altered[altered.size() - 10];
    character = character == 'a' ? 'b' : 'a';
    EXPECT_FALSE(matches({hasher, altered}, password)) << hasher;
    EXPECT_FALSE(matches({hasher, text.substr(1)}, password)) << hasher;
    for (const std::string junk : {"", "$", "$$$$$$", "plain", "\xff\xfe", "{SSHA}", "scrypt:1:1:1$$"}) {
      EXPECT_FALSE(isWellFormed({hasher, junk})) << hasher << " " << junk;
    }
  }
  EXPECT_FALSE(isKnownPasswordHasher("awscognito"));
  EXPECT_FALSE(matches({"plain", "secret"}, "secret"));
}

TEST(PasswordDigest, what_would_burn_the_machine_is_refused) {
  const PasswordDigest costly[] = {
      {"bcrypt", "$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"},
      {"argon2id", "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"},
      {"argon2id", "$argon2id$v=19$m=65536,t=1000,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"},
      {"pbkdf2_sha256_django", "pbkdf2_sha256$999999999$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},
      {"scrypt_werkzeug", "scrypt:4194304:64:1$salt$00112233445566778899aabbccddeeff"},
      {"scrypt_firebase", "AAAAAAAAAAAAAAAAAAAAAA==$AAAA$AAAAAAAAAAAAAAAAAAAAAA==$AAAA$64$22"},
      {"phpass", "$P$zIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0"},
      {"sha512_symfony", "sha512_symfony$99999999999$s$" + std::string(86, 'A') + "=="},
  };
  for (const auto& digest : costly) EXPECT_FALSE(isWellFormed(digest)) << digest.hasher << " " << digest.digest;
}

}  // namespace
}  // namespace clerk::instance
