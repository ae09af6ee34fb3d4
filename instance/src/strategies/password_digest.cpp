#include "strategies/password_digest.hpp"

#include "strategies/password.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

#include <argon2.h>
#include <crypt.h>
#include <openssl/evp.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clerk::instance {
namespace {

constexpr std::size_t bcryptBytes = 72;
constexpr std::size_t longestDigest = 2048;
/// One guess takes seconds with more: a way to burn CPU and memory.
constexpr std::uint64_t maxIterations = 5'000'000;
constexpr std::uint64_t maxMemory = 256ULL * 1024 * 1024;
constexpr std::size_t shortestHash = 16;

using Text = std::string_view;
using Parts = std::vector<Text>;

Parts split(Text text, char separator) {
  Parts parts;
  while (true) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == Text::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<std::uint64_t> number(Text text, std::uint64_t least, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) return std::nullopt;
  return value;
}

int hexValue(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> hexDecode(Text text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hexValue(text[i]);
    const int low = hexValue(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::optional<std::string> hashOfSize(std::optional<std::string> hash, std::size_t size) {
  return hash && hash->size() == size ? hash : std::nullopt;
}

std::optional<std::string> longEnough(std::optional<std::string> hash) {
  return hash && hash->size() >= shortestHash ? hash : std::nullopt;
}

std::string hashOf(const EVP_MD* algorithm, std::initializer_list<Text> pieces) {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), algorithm, nullptr);
  for (const auto piece : pieces) EVP_DigestUpdate(context.get(), piece.data(), piece.size());
  std::string digest(static_cast<std::size_t>(EVP_MD_get_size(algorithm)), '\0');
  EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr);
  return digest;
}

const unsigned char* bytes(Text text) noexcept { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) noexcept { return reinterpret_cast<unsigned char*>(text.data()); }

// ---- bcrypt and its variants

constexpr std::size_t bcryptLength = 60;

bool isBcrypt(Text text) {
  if (text.size() != bcryptLength) return false;
  if (!(text.starts_with("$2a$") || text.starts_with("$2b$") || text.starts_with("$2y$")) || text[6] != '$') {
    return false;
  }
  // Above 20 one guess takes a minute.
  if (!number(text.substr(4, 2), 4, 20)) return false;
  return std::ranges::all_of(text.substr(7), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '/';
  });
}

bool bcryptMatches(Text digest, const std::string& password) {
  auto data = std::make_unique<crypt_data>();
  const char* hashed = ::crypt_r(password.c_str(), std::string(digest).c_str(), data.get());
  return hashed && crypto::constantTimeEquals(hashed, digest);
}

bool isPlainBcrypt(Text digest) { return isBcrypt(digest); }
bool plainBcryptMatches(Text digest, Text password) {
  return fitsBcrypt(password) && bcryptMatches(digest, std::string(password));
}

// Django: bcrypt of the SHA-256 in hexadecimal.
constexpr Text djangoBcrypt = "bcrypt_sha256$";
bool isDjangoBcrypt(Text digest) {
  return digest.starts_with(djangoBcrypt) && isBcrypt(digest.substr(djangoBcrypt.size()));
}
bool djangoBcryptMatches(Text digest, Text password) {
  return bcryptMatches(digest.substr(djangoBcrypt.size()), crypto::hexEncode(hashOf(EVP_sha256(), {password})));
}

// Devise: what everybody's password is followed by.
bool isPepperedBcrypt(Text digest) {
  return digest.size() > bcryptLength + 1 && digest[bcryptLength] == '$' && isBcrypt(digest.substr(0, bcryptLength)) &&
         digest.find('\0') == Text::npos;
}
bool pepperedBcryptMatches(Text digest, Text password) {
  if (!fitsBcrypt(password)) return false;
  return bcryptMatches(digest.substr(0, bcryptLength),
                       std::string(password) + std::string(digest.substr(bcryptLength + 1)));
}

// ---- argon2: $argon2id$v=19$m=4096,t=3,p=1$salt$hash

bool isArgon2(Text digest, Text variant) {
  auto parts = split(digest, '$');
  if (parts.size() < 5 || !parts[0].empty() || parts[1] != variant) return false;
  std::size_t at = 2;
  if (parts[at] == "v=19" || parts[at] == "v=16") ++at;
  if (parts.size() != at + 3) return false;
  const auto costs = split(parts[at], ',');
  if (costs.size() != 3 || !costs[0].starts_with("m=") || !costs[1].starts_with("t=") || !costs[2].starts_with("p=")) {
    return false;
  }
  const auto memory = number(costs[0].substr(2), 8, maxMemory / 1024);
  const auto passes = number(costs[1].substr(2), 1, 1000);
  const auto lanes = number(costs[2].substr(2), 1, 64);
  // 4 GiB written in all take some seconds.
  if (!memory || !passes || !lanes || *memory < 8 * *lanes || *memory * *passes > 4 * 1024 * 1024) return false;
  const auto salt = crypto::forgivingBase64Decode(parts[at + 1]);
  return salt && salt->size() >= 8 && longEnough(crypto::forgivingBase64Decode(parts[at + 2])).has_value();
}
bool isArgon2i(Text digest) { return isArgon2(digest, "argon2i"); }
bool isArgon2id(Text digest) { return isArgon2(digest, "argon2id"); }
bool argon2iMatches(Text digest, Text password) {
  return argon2_verify(std::string(digest).c_str(), password.data(), password.size(), Argon2_i) == ARGON2_OK;
}
bool argon2idMatches(Text digest, Text password) {
  return argon2_verify(std::string(digest).c_str(), password.data(), password.size(), Argon2_id) == ARGON2_OK;
}

// ---- PBKDF2: name$iterations$salt$hash

struct Pbkdf2 {
  const EVP_MD* algorithm;
  int iterations;
  std::string salt;
  std::string hash;
};

std::optional<std::string> asItIs(Text text) { return std::string(text); }
std::optional<std::string> base64(Text text) { return crypto::forgivingBase64Decode(text); }
std::optional<std::string> hexOrAsItIs(Text text) {
  auto decoded = hexDecode(text);
  return decoded ? decoded : std::string(text);
}

using Decode = std::optional<std::string> (*)(Text);

std::optional<Pbkdf2> readPbkdf2(Text digest, Text name, const EVP_MD* algorithm, Decode saltOf, Decode hashIn) {
  const auto parts = split(digest, '$');
  const bool withLength = name == "pbkdf2_sha1" && parts.size() == 5;
  if ((parts.size() != 4 && !withLength) || parts[0] != name) return std::nullopt;
  const auto iterations = number(parts[1], 1, maxIterations);
  auto salt = saltOf(parts[2]);
  auto hash = longEnough(hashIn(parts[3]));
  if (!iterations || !salt || !hash || hash->size() > 256) return std::nullopt;
  if (withLength && !number(parts[4], hash->size(), hash->size())) return std::nullopt;
  return Pbkdf2{algorithm, static_cast<int>(*iterations), *std::move(salt), *std::move(hash)};
}

std::optional<Pbkdf2> pbkdf2Sha1(Text digest) {
  return readPbkdf2(digest, "pbkdf2_sha1", EVP_sha1(), hexOrAsItIs, hexDecode);
}
std::optional<Pbkdf2> pbkdf2Sha256(Text digest) {
  return readPbkdf2(digest, "pbkdf2_sha256", EVP_sha256(), base64, base64);
}
std::optional<Pbkdf2> pbkdf2Django(Text digest) {
  return readPbkdf2(digest, "pbkdf2_sha256", EVP_sha256(), asItIs, base64);
}
std::optional<Pbkdf2> pbkdf2Sha512(Text digest) {
  return readPbkdf2(digest, "pbkdf2_sha512", EVP_sha512(), asItIs, hexDecode);
}
std::optional<Pbkdf2> pbkdf2Sha512Hex(Text digest) {
  return readPbkdf2(digest, "pbkdf2_sha512_hex", EVP_sha512(), hexDecode, hexDecode);
}

template <std::optional<Pbkdf2> (*Read)(Text)>
bool isPbkdf2(Text digest) {
  return Read(digest).has_value();
}
template <std::optional<Pbkdf2> (*Read)(Text)>
bool pbkdf2Matches(Text digest, Text password) {
  const auto expected = *Read(digest);
  std::string computed(expected.hash.size(), '\0');
  const int made = PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), bytes(expected.salt),
                                     static_cast<int>(expected.salt.size()), expected.iterations, expected.algorithm,
                                     static_cast<int>(computed.size()), bytes(computed));
  return made == 1 && crypto::constantTimeEquals(computed, expected.hash);
}

// ---- scrypt

struct Scrypt {
  std::uint64_t n = 0;
  std::uint64_t r = 0;
  std::uint64_t p = 1;
  std::string salt;
  std::string hash;
  std::string signerKey;  // of Firebase
};

bool isAffordable(const Scrypt& scrypt) {
  const bool powerOfTwo = scrypt.n > 1 && (scrypt.n & (scrypt.n - 1)) == 0;
  return powerOfTwo && 128 * scrypt.n * scrypt.r <= maxMemory && scrypt.p <= 16;
}

std::optional<std::string> derive(const Scrypt& scrypt, Text password, std::size_t size) {
  std::string derived(size, '\0');
  const int made = EVP_PBE_scrypt(password.data(), password.size(), bytes(scrypt.salt), scrypt.salt.size(), scrypt.n,
                                  scrypt.r, scrypt.p, maxMemory + 64 * 1024 * 1024, bytes(derived), size);
  return made == 1 ? std::optional(derived) : std::nullopt;
}

// hash$salt$signer key$salt separator$rounds$memory cost
std::optional<Scrypt> readFirebase(Text digest) {
  const auto parts = split(digest, '$');
  if (parts.size() != 6) return std::nullopt;
  auto hash = longEnough(base64(parts[0]));
  auto salt = base64(parts[1]);
  auto signerKey = base64(parts[2]);
  auto separator = base64(parts[3]);
  const auto rounds = number(parts[4], 1, 64);
  const auto cost = number(parts[5], 1, 22);
  if (!hash || !salt || !signerKey || !separator || !rounds || !cost) return std::nullopt;
  if (hash->size() != signerKey->size()) return std::nullopt;
  Scrypt scrypt{.n = 1ULL << *cost,
                .r = *rounds,
                .salt = *salt + *separator,
                .hash = *std::move(hash),
                .signerKey = *std::move(signerKey)};
  return isAffordable(scrypt) ? std::optional(std::move(scrypt)) : std::nullopt;
}
bool isFirebase(Text digest) { return readFirebase(digest).has_value(); }

/// Firebase encrypts a key of the project's with what scrypt derives from the password.
bool firebaseMatches(Text digest, Text password) {
  const auto scrypt = *readFirebase(digest);
  const auto key = derive(scrypt, password, 32);
  if (!key) return false;
  const std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)> cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  const unsigned char counter[16]{};
  std::string encrypted(scrypt.signerKey.size(), '\0');
  int written = 0;
  const bool done = EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_ctr(), nullptr, bytes(Text(*key)), counter) == 1 &&
                    EVP_EncryptUpdate(cipher.get(), bytes(encrypted), &written, bytes(Text(scrypt.signerKey)),
                                      static_cast<int>(scrypt.signerKey.size())) == 1;
  return done && crypto::constantTimeEquals(encrypted, scrypt.hash);
}

// scrypt:32768:8:1$salt$hash in hexadecimal; a `$` may come first, and Clerk's page says base64.
std::optional<Scrypt> readWerkzeug(Text digest) {
  if (digest.starts_with('$')) digest.remove_prefix(1);
  const auto parts = split(digest, '$');
  const auto costs = split(parts[0], ':');
  if (parts.size() != 3 || costs.size() != 4 || costs[0] != "scrypt") return std::nullopt;
  const auto n = number(costs[1], 2, 1ULL << 22);
  const auto r = number(costs[2], 1, 64);
  const auto p = number(costs[3], 1, 16);
  auto hash = longEnough(hexDecode(parts[2]));
  if (!hash) hash = longEnough(base64(parts[2]));
  if (!n || !r || !p || !hash || hash->size() > 256) return std::nullopt;
  Scrypt scrypt{.n = *n, .r = *r, .p = *p, .salt = std::string(parts[1]), .hash = *std::move(hash), .signerKey = {}};
  return isAffordable(scrypt) ? std::optional(std::move(scrypt)) : std::nullopt;
}
bool isWerkzeug(Text digest) { return readWerkzeug(digest).has_value(); }
bool werkzeugMatches(Text digest, Text password) {
  const auto scrypt = *readWerkzeug(digest);
  const auto computed = derive(scrypt, password, scrypt.hash.size());
  return computed && crypto::constantTimeEquals(*computed, scrypt.hash);
}

// ---- phpass: $P$, the logarithm of the rounds, eight characters of salt, 22 of the MD5

constexpr Text phpassAlphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t phpassLength = 34;

bool isPhpass(Text digest) {
  if (digest.size() != phpassLength || !(digest.starts_with("$P$") || digest.starts_with("$H$"))) return false;
  const auto rounds = phpassAlphabet.find(digest[3]);
  return rounds >= 7 && rounds <= 20 && digest.substr(3).find_first_not_of(phpassAlphabet) == Text::npos;
}

std::string phpassEncode(Text hash) {
  std::string text;
  for (std::size_t i = 0; i < hash.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, hash.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < count; ++k) group |= std::uint32_t{static_cast<unsigned char>(hash[i + k])} << (8 * k);
    for (std::size_t k = 0; k <= count; ++k) text += phpassAlphabet[(group >> (6 * k)) & 0x3f];
  }
  return text;
}

bool phpassMatches(Text digest, Text password) {
  auto hash = hashOf(EVP_md5(), {digest.substr(4, 8), password});
  for (std::uint64_t left = 1ULL << phpassAlphabet.find(digest[3]); left > 0; --left) {
    hash = hashOf(EVP_md5(), {hash, password});
  }
  return crypto::constantTimeEquals(phpassEncode(hash), digest.substr(12));
}

// ---- single hashes: they protect little, and are made anew at the first sign-in

template <const EVP_MD* (*Algorithm)()>
bool isHexHash(Text digest) {
  return hashOfSize(hexDecode(digest), static_cast<std::size_t>(EVP_MD_get_size(Algorithm()))).has_value();
}
template <const EVP_MD* (*Algorithm)()>
bool hexHashMatches(Text digest, Text password) {
  return crypto::constantTimeEquals(hashOf(Algorithm(), {password}), *hexDecode(digest));
}

// salt$hash. Clerk's documentation does not say which of salt and password comes first: both are tried.
template <const EVP_MD* (*Algorithm)()>
bool isSaltedHash(Text digest) {
  const auto parts = split(digest, '$');
  return parts.size() == 2 && !parts[0].empty() && isHexHash<Algorithm>(parts[1]);
}
template <const EVP_MD* (*Algorithm)()>
bool saltedHashMatches(Text digest, Text password) {
  const auto parts = split(digest, '$');
  const auto expected = *hexDecode(parts[1]);
  const bool saltFirst = crypto::constantTimeEquals(hashOf(Algorithm(), {parts[0], password}), expected);
  const bool saltLast = crypto::constantTimeEquals(hashOf(Algorithm(), {password, parts[0]}), expected);
  return saltFirst || saltLast;
}

// {SSHA}base64 of SHA-1 and the salt (OpenLDAP FAQ)
constexpr Text sshaScheme = "{SSHA}";
constexpr std::size_t sha1Size = 20;
std::optional<std::string> readSsha(Text digest) {
  if (!digest.starts_with(sshaScheme)) return std::nullopt;
  auto decoded = base64(digest.substr(sshaScheme.size()));
  return decoded && decoded->size() > sha1Size ? decoded : std::nullopt;
}
bool isSsha(Text digest) { return readSsha(digest).has_value(); }
bool sshaMatches(Text digest, Text password) {
  const auto stored = *readSsha(digest);
  const auto salt = Text(stored).substr(sha1Size);
  return crypto::constantTimeEquals(hashOf(EVP_sha1(), {password, salt}), Text(stored).substr(0, sha1Size));
}

// sha512_symfony$iterations$salt$base64 (Symfony: MessageDigestPasswordEncoder)
struct Symfony {
  std::uint64_t iterations;
  std::string_view salt;
  std::string hash;
};
std::optional<Symfony> readSymfony(Text digest) {
  const auto parts = split(digest, '$');
  if (parts.size() != 4 || parts[0] != "sha512_symfony") return std::nullopt;
  const auto iterations = number(parts[1], 1, maxIterations);
  auto hash = hashOfSize(base64(parts[3]), 64);
  if (!iterations || !hash) return std::nullopt;
  return Symfony{*iterations, parts[2], *std::move(hash)};
}
bool isSymfony(Text digest) { return readSymfony(digest).has_value(); }
bool symfonyMatches(Text digest, Text password) {
  const auto expected = *readSymfony(digest);
  std::string salted(password);
  if (!expected.salt.empty()) salted.append("{").append(expected.salt).append("}");
  auto hash = hashOf(EVP_sha512(), {salted});
  for (std::uint64_t i = 1; i < expected.iterations; ++i) hash = hashOf(EVP_sha512(), {hash, salted});
  return crypto::constantTimeEquals(hash, expected.hash);
}

struct Hasher {
  std::string_view name;
  bool (*isWellFormed)(Text digest);
  /// Of a well formed digest.
  bool (*matches)(Text digest, Text password);
};

constexpr Hasher hashers[] = {
    {"argon2i", isArgon2i, argon2iMatches},
    {"argon2id", isArgon2id, argon2idMatches},
    {"bcrypt", isPlainBcrypt, plainBcryptMatches},
    {"bcrypt_peppered", isPepperedBcrypt, pepperedBcryptMatches},
    {"bcrypt_sha256_django", isDjangoBcrypt, djangoBcryptMatches},
    {"ldap_ssha", isSsha, sshaMatches},
    {"md5", isHexHash<EVP_md5>, hexHashMatches<EVP_md5>},
    {"md5_salted", isSaltedHash<EVP_md5>, saltedHashMatches<EVP_md5>},
    {"pbkdf2_sha1", isPbkdf2<pbkdf2Sha1>, pbkdf2Matches<pbkdf2Sha1>},
    {"pbkdf2_sha256", isPbkdf2<pbkdf2Sha256>, pbkdf2Matches<pbkdf2Sha256>},
    {"pbkdf2_sha256_django", isPbkdf2<pbkdf2Django>, pbkdf2Matches<pbkdf2Django>},
    {"pbkdf2_sha512", isPbkdf2<pbkdf2Sha512>, pbkdf2Matches<pbkdf2Sha512>},
    {"pbkdf2_sha512_hex", isPbkdf2<pbkdf2Sha512Hex>, pbkdf2Matches<pbkdf2Sha512Hex>},
    {"phpass", isPhpass, phpassMatches},
    {"scrypt_firebase", isFirebase, firebaseMatches},
    {"scrypt_werkzeug", isWerkzeug, werkzeugMatches},
    {"sha256", isHexHash<EVP_sha256>, hexHashMatches<EVP_sha256>},
    {"sha256_salted", isSaltedHash<EVP_sha256>, saltedHashMatches<EVP_sha256>},
    {"sha512_symfony", isSymfony, symfonyMatches},
};

const Hasher* findHasher(Text name) noexcept {
  const auto* found = std::ranges::find(hashers, name, &Hasher::name);
  return found == std::end(hashers) ? nullptr : found;
}

}  // namespace

bool fitsBcrypt(std::string_view password) noexcept {
  return password.size() <= bcryptBytes && password.find('\0') == std::string_view::npos;
}

bool isKnownPasswordHasher(std::string_view hasher) noexcept { return findHasher(hasher) != nullptr; }

bool isWellFormed(const PasswordDigest& digest) {
  const auto* hasher = findHasher(digest.hasher);
  return hasher && digest.digest.size() <= longestDigest && hasher->isWellFormed(digest.digest);
}

bool matches(const PasswordDigest& digest, std::string_view password) {
  return isWellFormed(digest) && findHasher(digest.hasher)->matches(digest.digest, password);
}

}  // namespace clerk::instance
