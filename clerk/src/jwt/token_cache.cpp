#include "jwt/token_cache.hpp"

#include <crypto/digest.hpp>
#include <crypto/random.hpp>

#include <array>
#include <cstring>
#include <span>

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

const VerifiedJwt* TokenCache::Generation::find(Hash hash, std::string_view token) const {
  const auto found = tokens.find(hash);
  // In constant time: who knows the end of somebody's token (from a log that cuts its front off, say) must not find out
  // the rest piece by piece.
  const bool isSame = found != tokens.end() && crypto::constantTimeEquals(found->second.jwt->token, token);
  return isSame ? &found->second : nullptr;
}

const VerifiedJwt* TokenCache::find(std::string_view token, Strictness strictness) {
  const auto hash = hashOf(token);
  const auto* found = young_.find(hash, token);
  if (!found) {
    found = old_.find(hash, token);
    if (found) found = &insert(hash, *found);
  }
  return found && found->jwt->strictness == strictness ? found : nullptr;
}

void TokenCache::insert(VerifiedJwt token) {
  const auto hash = hashOf(token.jwt->token);
  insert(hash, std::move(token));
}

const VerifiedJwt& TokenCache::insert(Hash hash, VerifiedJwt token) {
  const auto size = token.jwt->token.size();
  if (young_.tokens.size() >= kGeneration || young_.size + size > kGenerationSize) {
    old_ = std::exchange(young_, {});
  }
  auto& slot = young_.tokens[hash];
  if (slot.jwt) young_.size -= slot.jwt->token.size();
  young_.size += size;
  return slot = std::move(token);
}

void TokenCache::erase(std::string_view token) {
  const auto hash = hashOf(token);
  for (auto* generation : {&young_, &old_}) {
    if (!generation->find(hash, token)) continue;
    generation->size -= token.size();
    generation->tokens.erase(hash);
  }
}

}  // namespace clerk::jwt
