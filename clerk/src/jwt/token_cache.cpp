#include "jwt/token_cache.hpp"

#include <cstring>

namespace clerk::jwt {

TokenCache& TokenCache::ofThread() {
  thread_local TokenCache cache;
  return cache;
}

std::size_t TokenCache::Hash::operator()(const crypto::Sha256Digest& digest) const noexcept {
  std::size_t hash = 0;
  std::memcpy(&hash, digest.data(), sizeof hash);
  return hash;
}

std::shared_ptr<const VerifiedJwt> TokenCache::find(const crypto::Sha256Digest& digest, Strictness strictness) {
  auto found = young_.find(digest);
  if (found == young_.end()) {
    found = old_.find(digest);
    if (found == old_.end() || found->second->strictness != strictness) return nullptr;
    auto token = found->second;
    insert(digest, token);
    return token;
  }
  return found->second->strictness == strictness ? found->second : nullptr;
}

void TokenCache::insert(const crypto::Sha256Digest& digest, std::shared_ptr<const VerifiedJwt> token) {
  if (young_.size() >= kGeneration) {
    old_ = std::move(young_);
    young_ = {};
  }
  young_[digest] = std::move(token);
}

void TokenCache::erase(const crypto::Sha256Digest& digest) {
  young_.erase(digest);
  old_.erase(digest);
}

}  // namespace clerk::jwt
