#include "rsa_verifier.hpp"

#include "openssl_objects.hpp"

#include <openssl/err.h>

#include <string>

namespace crypto {
namespace {

struct HashName {
  /// DER of the DigestInfo up to the digest (RFC 8017 §9.2, note 1).
  std::string_view prefix;
  std::size_t digestSize;
};
using namespace std::string_view_literals;
constexpr std::array<HashName, 3> kHashes{{
    {"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"sv, 32},
    {"\x30\x41\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30"sv, 48},
    {"\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40"sv, 64},
}};
constexpr std::size_t kMinimumPadding = 8;

/// 00 01 ff … ff 00 DigestInfo, with zeros for the digest; empty when that needs more than `size` bytes.
std::string frameOf(const HashName& hash, std::size_t size) {
  const auto infoSize = hash.prefix.size() + hash.digestSize;
  if (size < infoSize + kMinimumPadding + 3) return {};
  std::string frame("\x00\x01"sv);
  frame.append(size - infoSize - 3, '\xff');
  frame += '\0';
  frame += hash.prefix;
  frame.append(hash.digestSize, '\0');
  return frame;
}

}  // namespace

std::unique_ptr<const RsaVerifier> RsaVerifier::of(const BIGNUM* modulus, const BIGNUM* exponent) {
  auto made = std::unique_ptr<RsaVerifier>(new RsaVerifier);
  auto& context = scratch().context;
  made->modulus_.reset(BN_dup(modulus));
  made->exponent_.reset(BN_dup(exponent));
  made->montgomery_.reset(BN_MONT_CTX_new());
  const bool prepared = context && made->modulus_ && made->exponent_ && made->montgomery_ && BN_is_odd(modulus) &&
                        BN_MONT_CTX_set(made->montgomery_.get(), modulus, context.get()) && made->prepareFrames();
  if (prepared) return made;
  ERR_clear_error();
  return nullptr;
}

bool RsaVerifier::prepareFrames() {
  size_ = static_cast<std::size_t>(BN_num_bytes(modulus_.get()));
  for (std::size_t i = 0; i < frames_.size(); ++i) {
    const auto frame = frameOf(kHashes[i], size_);
    if (frame.empty()) continue;
    frames_[i].reset(BN_bin2bn(bytes(std::string_view(frame)), static_cast<int>(frame.size()), nullptr));
    if (!frames_[i]) return false;
  }
  return true;
}

RsaVerifier::Scratch& RsaVerifier::scratch() {
  thread_local Scratch scratch;
  return scratch;
}

bool RsaVerifier::raise(Scratch& scratch) const {
  auto* power = scratch.power.get();
  const auto* base = scratch.base.get();
  auto multiply = [&](const BIGNUM* by) {
    return BN_mod_mul_montgomery(power, power, by, montgomery_.get(), scratch.context.get());
  };
  if (!BN_to_montgomery(scratch.base.get(), scratch.signature.get(), montgomery_.get(), scratch.context.get()) ||
      !BN_copy(power, base)) {
    return false;
  }
  for (int bit = BN_num_bits(exponent_.get()) - 2; bit > 0; --bit) {
    if (!multiply(power) || (BN_is_bit_set(exponent_.get(), bit) && !multiply(base))) return false;
  }
  // The lowest bit is set: the last factor is the signature itself, not in Montgomery form, and so is the product.
  return multiply(power) && multiply(scratch.signature.get());
}

bool RsaVerifier::verifies(RsaHash hash, std::span<const unsigned char> digest, std::string_view signature) const {
  const auto* frame = frames_[static_cast<std::size_t>(hash)].get();
  if (!frame || signature.size() != size_ || digest.size() != kHashes[static_cast<std::size_t>(hash)].digestSize) {
    return false;
  }
  auto& numbers = scratch();
  auto* power = numbers.power.get();
  const bool verified =
      numbers.context && numbers.base && numbers.digest && power &&
      BN_bin2bn(bytes(signature), static_cast<int>(signature.size()), numbers.signature.get()) &&
      BN_cmp(numbers.signature.get(), modulus_.get()) < 0 && raise(numbers) &&
      // Every byte counts: the whole padded message must be the one that a signer makes of this digest.
      BN_sub(power, power, frame) && BN_bin2bn(digest.data(), static_cast<int>(digest.size()), numbers.digest.get()) &&
      BN_cmp(power, numbers.digest.get()) == 0;
  if (!verified) ERR_clear_error();
  return verified;
}

}  // namespace crypto
