#include "jwt/token_cache.hpp"

#include <crypto/digest.hpp>
#include <crypto/random.hpp>

#include <array>
#include <cstring>
#include <span>
#include <utility>

namespace clerk::jwt {
namespace {

/// NH, the hash inside UMAC (RFC 4418 §5.2), of the last 32 bytes: with a key that nobody outside this process knows,
/// nobody can collect tokens that meet in one bucket. The end is taken because it belongs to the signature, which
/// differs between any two tokens.
std::uint64_t hashOf(std::string_view token) {
  static const auto key = [] {
    std::array<std::uint64_t, 4> made{};
    crypto::fillRandom({reinterpret_cast<unsigned char*>(made.data()), sizeof made});
    return made;
  }();
  std::array<std::uint64_t, 4> words;
  std::memcpy(words.data(), token.data() + token.size() - sizeof words, sizeof words);
  __extension__ using Product = unsigned __int128;
  const auto sum = static_cast<Product>(words[0] + key[0]) * (words[1] + key[1]) +
                   static_cast<Product>(words[2] + key[2]) * (words[3] + key[3]);
  return static_cast<std::uint64_t>(sum >> 64) ^ static_cast<std::uint64_t>(sum);
}

}  // namespace

TokenCache& TokenCache::ofThread() {
  thread_local TokenCache cache;
  return cache;
}

TokenCache::Slot* TokenCache::slotOf(std::string_view token) {
  const auto found = places_.find(hashOf(token));
  if (!found) return nullptr;
  auto& slot = slots_[*found];
  // In constant time: who knows the end of somebody's token (from a log that cuts its front off, say) must not find out
  // the rest piece by piece.
  return crypto::constantTimeEquals(slot.token.jwt->token, token) ? &slot : nullptr;
}

const VerifiedJwt* TokenCache::find(std::string_view token, Strictness strictness) {
  auto* slot = slotOf(token);
  if (!slot || slot->token.jwt->strictness != strictness) return nullptr;
  slot->used = true;
  return &slot->token;
}

void TokenCache::insert(VerifiedJwt token) {
  const auto hash = hashOf(token.jwt->token);
  if (const auto known = places_.find(hash)) clear(slots_[*known]);
  const auto size = token.jwt->token.size();
  const auto place = makeRoom(size);
  slots_[place] = {hash, std::move(token), false};
  places_.insert(hash, place);
  size_ += size;
}

HashPlaces::Place TokenCache::makeRoom(std::size_t size) {
  auto fits = [&] { return size_ + size <= kMaximumSize; };
  if (slots_.size() < kCapacity && fits()) {
    slots_.emplace_back();
    return static_cast<HashPlaces::Place>(slots_.size() - 1);
  }
  for (;;) {
    const auto place = std::exchange(hand_, (hand_ + 1) % slots_.size());
    auto& slot = slots_[place];
    if (slot.token.jwt && !std::exchange(slot.used, false)) clear(slot);
    if (!slot.token.jwt && fits()) return static_cast<HashPlaces::Place>(place);
  }
}

void TokenCache::clear(Slot& slot) {
  places_.erase(slot.hash);
  size_ -= slot.token.jwt->token.size();
  slot = {};
}

void TokenCache::erase(std::string_view token) {
  if (auto* slot = slotOf(token)) clear(*slot);
}

}  // namespace clerk::jwt
