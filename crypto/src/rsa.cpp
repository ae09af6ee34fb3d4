#include <crypto/rsa.hpp>

#include "openssl_objects.hpp"
#include "rsa_verifier.hpp"

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

namespace crypto {
namespace {

using Number = std::unique_ptr<BIGNUM, Deleter<BN_clear_free>>;
using Bio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Deleter<OSSL_PARAM_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Deleter<OSSL_PARAM_BLD_free>>;

constexpr int kMaximumBits = 16384;
constexpr int kMaximumExponentBits = 64;
constexpr std::size_t kMaximumPemSize = 64 * 1024;

/// A buffer of key material: cleansed when it goes.
struct Secret {
  std::string text;
  explicit Secret(std::string value) : text(std::move(value)) {}
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { OPENSSL_cleanse(text.data(), text.size()); }
};

struct Pem {
  std::string label;  // empty: no armour
  std::string body;   // base64
};

/// Takes PEM apart without asking for its line breaks, which environment variables lose or escape.
Pem readPem(std::string_view text) {
  std::string unescaped;
  unescaped.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == 'n' || text[i + 1] == 'r')) {
      unescaped += '\n';
      ++i;
    } else if (text[i] != '"' && text[i] != '\'') {
      unescaped += text[i];
    }
  }
  constexpr std::string_view begin = "-----BEGIN ", dashes = "-----";
  const auto start = unescaped.find(begin);
  if (start == std::string::npos) return {"", std::move(unescaped)};
  const auto labelStart = start + begin.size();
  const auto labelEnd = unescaped.find(dashes, labelStart);
  if (labelEnd == std::string::npos) return {"malformed", ""};
  const auto bodyStart = labelEnd + dashes.size();
  const auto bodyEnd = unescaped.find(dashes, bodyStart);
  if (bodyEnd == std::string::npos) return {"malformed", ""};
  Pem pem{unescaped.substr(labelStart, labelEnd - labelStart), unescaped.substr(bodyStart, bodyEnd - bodyStart)};
  OPENSSL_cleanse(unescaped.data(), unescaped.size());
  return pem;
}

Key keyOfSpki(std::string_view der) {
  const auto* at = bytes(der);
  return Key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
}
Key keyOfPkcs1(std::string_view der) {
  const auto* at = bytes(der);
  return Key(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, static_cast<long>(der.size())));
}
Key keyOfCertificate(std::string_view der) {
  const auto* at = bytes(der);
  const Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  return Key(certificate ? X509_get_pubkey(certificate.get()) : nullptr);
}

Key publicKeyOf(const Pem& pem, std::string_view der) {
  if (pem.label == "PUBLIC KEY") return keyOfSpki(der);
  if (pem.label == "RSA PUBLIC KEY") return keyOfPkcs1(der);
  if (pem.label == "CERTIFICATE") return keyOfCertificate(der);
  if (!pem.label.empty()) return {};
  for (auto read : {keyOfSpki, keyOfPkcs1, keyOfCertificate}) {
    if (auto key = read(der)) return key;
  }
  return {};
}

Number numberParam(const EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key, name, &number);
  return Number(number);
}

/// Whether a modulus was made by the flawed generator of ROCA (CVE-2017-15361), whose primes are powers of 65537 modulo
/// many small primes: then so is the modulus. Of other moduli one in 2^27 looks so, too.
bool isRoca(const BIGNUM* modulus) {
  for (const BN_ULONG prime : {11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157}) {
    const BN_ULONG wanted = BN_mod_word(modulus, prime), generator = 65537 % prime;
    BN_ULONG power = 1;
    do {
      if (power == wanted) break;
      power = power * generator % prime;
    } while (power != 1);
    if (power != wanted) return false;
  }
  return true;
}

boost::system::error_code check(const EVP_PKEY* key, KeyLimits limits) {
  if (EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) return KeyError::NotRsa;
  const int bits = EVP_PKEY_get_bits(key);
  if (bits < limits.minimumBits) return KeyError::TooSmall;
  const auto exponent = numberParam(key, OSSL_PKEY_PARAM_RSA_E);
  if (!exponent) return KeyError::Malformed;
  if (bits > kMaximumBits || BN_num_bits(exponent.get()) > kMaximumExponentBits) return KeyError::TooLarge;
  const auto modulus = numberParam(key, OSSL_PKEY_PARAM_RSA_N);
  if (!modulus || isRoca(modulus.get())) return KeyError::Weak;
  // An even exponent, or 1 (every padded message is its own signature), is no RSA.
  if (!BN_is_odd(exponent.get()) || BN_is_one(exponent.get())) return KeyError::Malformed;
  return {};
}

Number numberOf(std::string_view base64url) {
  auto decoded = base64urlDecode(base64url, Base64Padding::Ignored);
  if (!decoded || decoded->empty() || decoded->size() > kMaximumBits / 8) return {};
  const Secret octets(std::move(*decoded));
  return Number(BN_bin2bn(bytes(octets.text), static_cast<int>(octets.text.size()), nullptr));
}

std::string textOf(const BIGNUM* number) {
  std::string octets(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, bytes(octets));
  return base64urlEncode(octets);
}

Key keyOfNumbers(std::initializer_list<std::pair<const char*, std::string_view>> members, int selection) {
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  std::vector<Number> numbers;
  for (const auto& [name, text] : members) {
    numbers.push_back(numberOf(text));
    if (!numbers.back() || !OSSL_PARAM_BLD_push_BN(builder.get(), name, numbers.back().get())) return {};
  }
  const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) <= 0 ||
      EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) <= 0) {
    return {};
  }
  return Key(key);
}

template <class Write>
std::string writePem(Write write) {
  const Bio bio(BIO_new(BIO_s_secmem()));
  if (!bio || !write(bio.get())) throw std::runtime_error("OpenSSL cannot write the key");
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

const EVP_MD* algorithmOf(RsaHash hash) {
  static const std::array<const EVP_MD*, 3> algorithms{EVP_MD_fetch(nullptr, "SHA256", nullptr),
                                                       EVP_MD_fetch(nullptr, "SHA384", nullptr),
                                                       EVP_MD_fetch(nullptr, "SHA512", nullptr)};
  return algorithms[static_cast<std::size_t>(hash)];
}

struct MessageDigest {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes;
  unsigned size = 0;
};

bool digest(std::string_view message, RsaHash hash, MessageDigest& out) {
  thread_local std::array<DigestContext, 3> contexts;
  auto& context = contexts[static_cast<std::size_t>(hash)];
  if (!context) {
    context.reset(EVP_MD_CTX_new());
    if (!context || !EVP_DigestInit_ex2(context.get(), algorithmOf(hash), nullptr)) return false;
  } else if (!EVP_DigestInit_ex2(context.get(), nullptr, nullptr)) {
    return false;
  }
  return EVP_DigestUpdate(context.get(), message.data(), message.size()) &&
         EVP_DigestFinal_ex(context.get(), out.bytes.data(), &out.size);
}

KeyContext signingContext(EVP_PKEY* key, RsaHash hash) {
  KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  if (!context || EVP_PKEY_sign_init(context.get()) <= 0 ||
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) <= 0 ||
      EVP_PKEY_CTX_set_signature_md(context.get(), algorithmOf(hash)) <= 0) {
    return {};
  }
  return context;
}

/// What a thread keeps of the keys that it signed with last: state that threads share costs them a lock. Keys are told
/// apart by a number that is never used twice, not by address.
class KeptContexts {
 public:
  EVP_PKEY_CTX* find(std::uint64_t id, EVP_PKEY* key, RsaHash hash) {
    for (auto& kept : kept_) {
      if (kept.id == id && kept.hash == hash) return kept.context.get();
    }
    auto& slot = kept_[next_++ % kept_.size()];
    slot = {id, hash, signingContext(key, hash)};
    if (!slot.context) slot.id = 0;
    return slot.context.get();
  }

 private:
  struct Kept {
    std::uint64_t id = 0;
    RsaHash hash{};
    KeyContext context;
  };
  std::array<Kept, 16> kept_;
  std::size_t next_ = 0;
};

KeptContexts& keptContexts() {
  thread_local KeptContexts contexts;
  return contexts;
}

std::uint64_t nextKeyId() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

class KeyErrorCategory final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "key"; }
  std::string message(int code) const override {
    switch (static_cast<KeyError>(code)) {
      case KeyError::Malformed: return "The key is neither PEM nor a JSON Web Key.";
      case KeyError::NotRsa: return "The key is not an RSA key.";
      case KeyError::TooSmall: return "The RSA key has too few bits.";
      case KeyError::TooLarge: return "The RSA key has too many bits.";
      case KeyError::Weak:
        return "The RSA key comes from a broken generator (ROCA): anybody can compute its private half.";
    }
    return "Unknown key error.";
  }
};

}  // namespace

boost::system::error_code make_error_code(KeyError error) noexcept {
  static const KeyErrorCategory category;
  return {static_cast<int>(error), category};
}

struct RsaPublicKey::Impl {
  Impl(Key value, std::unique_ptr<const RsaVerifier> prepared)
      : key(std::move(value)), verifier(std::move(prepared)), id(nextKeyId()) {}
  Key key;
  std::unique_ptr<const RsaVerifier> verifier;
  std::uint64_t id;

  static boost::system::result<std::shared_ptr<const Impl>> make(Key key, KeyLimits limits) {
    ERR_clear_error();
    if (!key) return KeyError::Malformed;
    if (auto bad = check(key.get(), limits)) return bad;
    auto verifier = RsaVerifier::of(numberParam(key.get(), OSSL_PKEY_PARAM_RSA_N).get(),
                                    numberParam(key.get(), OSSL_PKEY_PARAM_RSA_E).get());
    if (!verifier) return KeyError::Malformed;
    return std::make_shared<const Impl>(std::move(key), std::move(verifier));
  }
};

boost::system::result<RsaPublicKey> RsaPublicKey::fromPem(std::string_view text, KeyLimits limits) {
  if (text.size() > kMaximumPemSize) return KeyError::Malformed;
  const auto pem = readPem(text);
  const auto der = forgivingBase64Decode(pem.body);
  if (!der) return KeyError::Malformed;
  auto impl = Impl::make(publicKeyOf(pem, *der), limits);
  if (!impl) return impl.error();
  return RsaPublicKey(std::move(*impl));
}

boost::system::result<RsaPublicKey> RsaPublicKey::fromJwk(const RsaJwk& jwk, KeyLimits limits) {
  auto impl = Impl::make(
      keyOfNumbers({{OSSL_PKEY_PARAM_RSA_N, jwk.n}, {OSSL_PKEY_PARAM_RSA_E, jwk.e}}, EVP_PKEY_PUBLIC_KEY), limits);
  if (!impl) return impl.error();
  return RsaPublicKey(std::move(*impl));
}

bool RsaPublicKey::verifies(std::string_view message, std::string_view signature, RsaHash hash) const {
  if (hash == RsaHash::Sha256) return impl_->verifier->verifies(hash, sha256(message), signature);
  MessageDigest computed;
  return digest(message, hash, computed) &&
         impl_->verifier->verifies(hash, {computed.bytes.data(), computed.size}, signature);
}

int RsaPublicKey::bits() const noexcept { return EVP_PKEY_get_bits(impl_->key.get()); }

RsaJwk RsaPublicKey::toJwk() const {
  return {textOf(numberParam(impl_->key.get(), OSSL_PKEY_PARAM_RSA_N).get()),
          textOf(numberParam(impl_->key.get(), OSSL_PKEY_PARAM_RSA_E).get())};
}

std::string RsaPublicKey::toPem() const {
  return writePem([&](BIO* bio) { return PEM_write_bio_PUBKEY(bio, impl_->key.get()); });
}

RsaPrivateKey RsaPrivateKey::generate(int bits) {
  Key key(EVP_RSA_gen(static_cast<unsigned>(bits)));
  if (!key) throw std::runtime_error("OpenSSL cannot generate an RSA key");
  return RsaPrivateKey(RsaPublicKey::Impl::make(std::move(key), {.minimumBits = 0}).value());
}

boost::system::result<RsaPrivateKey> RsaPrivateKey::fromPem(std::string_view text, KeyLimits limits) {
  if (text.size() > kMaximumPemSize) return KeyError::Malformed;
  auto pem = readPem(text);
  const Secret body(std::move(pem.body));
  auto decoded = forgivingBase64Decode(body.text);
  if (!decoded) return KeyError::Malformed;
  const Secret der(std::move(*decoded));
  const auto* at = bytes(std::string_view(der.text));
  auto impl =
      RsaPublicKey::Impl::make(Key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.text.size()))), limits);
  if (!impl) return impl.error();
  return RsaPrivateKey(std::move(*impl));
}

boost::system::result<RsaPrivateKey> RsaPrivateKey::fromJwk(const RsaPrivateJwk& jwk, KeyLimits limits) {
  auto impl = RsaPublicKey::Impl::make(keyOfNumbers({{OSSL_PKEY_PARAM_RSA_N, jwk.n},
                                                     {OSSL_PKEY_PARAM_RSA_E, jwk.e},
                                                     {OSSL_PKEY_PARAM_RSA_D, jwk.d},
                                                     {OSSL_PKEY_PARAM_RSA_FACTOR1, jwk.p},
                                                     {OSSL_PKEY_PARAM_RSA_FACTOR2, jwk.q},
                                                     {OSSL_PKEY_PARAM_RSA_EXPONENT1, jwk.dp},
                                                     {OSSL_PKEY_PARAM_RSA_EXPONENT2, jwk.dq},
                                                     {OSSL_PKEY_PARAM_RSA_COEFFICIENT1, jwk.qi}},
                                                    EVP_PKEY_KEYPAIR),
                                       limits);
  if (!impl) return impl.error();
  return RsaPrivateKey(std::move(*impl));
}

std::string RsaPrivateKey::sign(std::string_view message, RsaHash hash) const {
  MessageDigest computed;
  auto* context = keptContexts().find(impl_->id, impl_->key.get(), hash);
  std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(impl_->key.get())), '\0');
  auto size = signature.size();
  if (!context || !digest(message, hash, computed) ||
      EVP_PKEY_sign(context, bytes(signature), &size, computed.bytes.data(), computed.size) != 1) {
    ERR_clear_error();
    throw std::runtime_error("OpenSSL cannot sign with this key");
  }
  signature.resize(size);
  return signature;
}

RsaPublicKey RsaPrivateKey::publicKey() const {
  // A copy without the private half: who gets the public key must not be able to reach the other.
  const RsaPublicKey whole(impl_);
  return RsaPublicKey::fromJwk(whole.toJwk(), {.minimumBits = 0}).value();
}

int RsaPrivateKey::bits() const noexcept { return EVP_PKEY_get_bits(impl_->key.get()); }

std::string RsaPrivateKey::toPem() const {
  return writePem([&](BIO* bio) {
    return PEM_write_bio_PKCS8PrivateKey(bio, impl_->key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

}  // namespace crypto
