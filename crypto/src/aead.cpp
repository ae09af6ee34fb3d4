#include <crypto/aead.hpp>

#include <crypto/random.hpp>

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace crypto {
namespace {

constexpr std::size_t nonceSize = 12;
constexpr std::size_t tagSize = 16;

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

void ensure(bool done) {
  if (!done) throw std::runtime_error("AES-256-GCM is not available");
}

}  // namespace

std::string seal(const AeadKey& key, std::string_view plaintext, std::string_view context) {
  std::string sealed = randomBytes(nonceSize);
  sealed.resize(nonceSize + plaintext.size() + tagSize);
  const Context cipher(EVP_CIPHER_CTX_new());
  int written = 0;
  ensure(cipher && EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), bytes(sealed)) == 1);
  ensure(EVP_EncryptUpdate(cipher.get(), nullptr, &written, bytes(context), static_cast<int>(context.size())) == 1);
  auto* out = bytes(sealed) + nonceSize;
  ensure(EVP_EncryptUpdate(cipher.get(), out, &written, bytes(plaintext), static_cast<int>(plaintext.size())) == 1);
  ensure(EVP_EncryptFinal_ex(cipher.get(), out + written, &written) == 1);
  ensure(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tagSize, out + plaintext.size()) == 1);
  return sealed;
}

std::optional<std::string> unseal(const AeadKey& key, std::string_view sealed, std::string_view context) {
  if (sealed.size() < nonceSize + tagSize) return std::nullopt;
  std::string nonce(sealed.substr(0, nonceSize));
  std::string tag(sealed.substr(sealed.size() - tagSize));
  const auto ciphertext = sealed.substr(nonceSize, sealed.size() - nonceSize - tagSize);
  std::string plaintext(ciphertext.size() + 1, '\0');  // room for the pointer to be one of something
  const Context cipher(EVP_CIPHER_CTX_new());
  int written = 0;
  ensure(cipher && EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), bytes(nonce)) == 1);
  ensure(EVP_DecryptUpdate(cipher.get(), nullptr, &written, bytes(context), static_cast<int>(context.size())) == 1);
  ensure(EVP_DecryptUpdate(cipher.get(), bytes(plaintext), &written, bytes(ciphertext),
                           static_cast<int>(ciphertext.size())) == 1);
  ensure(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tagSize, bytes(tag)) == 1);
  if (EVP_DecryptFinal_ex(cipher.get(), bytes(plaintext) + written, &written) != 1) return std::nullopt;
  plaintext.resize(ciphertext.size());
  return plaintext;
}

}  // namespace crypto
