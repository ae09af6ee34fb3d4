#include <crypto/curve_key.hpp>

#include "openssl_objects.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace crypto {
namespace {

constexpr std::size_t fieldBytes = 32;
/// A DER sequence of two numbers of 33 bytes at most, and what is around them.
constexpr std::size_t mostSignatureBytes = 80;

Key p256Key(const std::string& point) {
  KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  char group[] = "prime256v1";
  OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, const_cast<char*>(point.data()), point.size()),
      OSSL_PARAM_construct_end()};
  EVP_PKEY* key = nullptr;
  const bool made = context && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                    EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params) == 1;
  Key owned(key);
  if (!made) return nullptr;
  KeyContext check(EVP_PKEY_CTX_new_from_pkey(nullptr, owned.get(), nullptr));
  return check && EVP_PKEY_public_check(check.get()) == 1 ? std::move(owned) : nullptr;
}

}  // namespace

struct CurvePublicKey::Impl {
  Key key;
  bool edwards = false;
};

std::optional<CurvePublicKey> CurvePublicKey::p256(std::string_view x, std::string_view y) {
  if (x.size() != fieldBytes || y.size() != fieldBytes) return std::nullopt;
  auto key = p256Key("\x04" + std::string(x) + std::string(y));
  ERR_clear_error();
  if (!key) return std::nullopt;
  return CurvePublicKey(std::make_shared<const Impl>(Impl{std::move(key), false}));
}

std::optional<CurvePublicKey> CurvePublicKey::ed25519(std::string_view x) {
  if (x.size() != fieldBytes) return std::nullopt;
  Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(x), x.size()));
  ERR_clear_error();
  if (!key) return std::nullopt;
  return CurvePublicKey(std::make_shared<const Impl>(Impl{std::move(key), true}));
}

bool CurvePublicKey::verifies(std::string_view message, std::string_view signature) const {
  if (signature.empty() || signature.size() > mostSignatureBytes) return false;
  DigestContext context(EVP_MD_CTX_new());
  const auto* digest = impl_->edwards ? nullptr : EVP_sha256();
  const bool right =
      context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, impl_->key.get()) == 1 &&
      EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(message), message.size()) == 1;
  ERR_clear_error();
  return right;
}

struct P256PrivateKey::Impl {
  Key key;
};

P256PrivateKey P256PrivateKey::generate() {
  Key key(EVP_EC_gen("P-256"));
  if (!key) throw std::runtime_error("OpenSSL cannot make a key on P-256");
  return P256PrivateKey(std::make_shared<const Impl>(Impl{std::move(key)}));
}

std::string P256PrivateKey::coordinates() const {
  std::array<unsigned char, 1 + 2 * fieldBytes> point{};
  std::size_t length = 0;
  const bool read = EVP_PKEY_get_octet_string_param(impl_->key.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                                    point.size(), &length) == 1;
  if (!read || length != point.size()) throw std::runtime_error("OpenSSL cannot write a key on P-256");
  return std::string(point.begin() + 1, point.end());
}

std::string P256PrivateKey::sign(std::string_view message) const {
  DigestContext context(EVP_MD_CTX_new());
  std::string signature(mostSignatureBytes, '\0');
  std::size_t length = signature.size();
  const bool made = context &&
                    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, impl_->key.get()) == 1 &&
                    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                                   bytes(message), message.size()) == 1;
  if (!made) throw std::runtime_error("OpenSSL cannot sign with a key on P-256");
  signature.resize(length);
  return signature;
}

}  // namespace crypto
