#pragma once
// Tokens whose signature was checked before.

#include "jwt/decoded_jwt.hpp"

#include <crypto/digest.hpp>

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>

namespace clerk::jwt {

/// A token and the key that it was checked with. What depends on time or options is checked each time anew.
struct VerifiedJwt {
  Header header;
  std::shared_ptr<const Payload> payload;
  std::uint64_t keyId = 0;
  Strictness strictness = Strictness::Strict;
};

/// One thread's verified tokens by their digest (no token is kept), at most `2 * kGeneration`. When a generation is
/// full the older one is forgotten: what is used stays.
class TokenCache {
 public:
  static constexpr std::size_t kGeneration = 1024;
  /// Larger tokens are checked each time: they would make the cache's memory unpredictable.
  static constexpr std::size_t kMaximumTokenSize = 16 * 1024;

  static TokenCache& ofThread();

  /// nullptr when the token is unknown or was read with another strictness.
  std::shared_ptr<const VerifiedJwt> find(const crypto::Sha256Digest& digest, Strictness strictness);
  void insert(const crypto::Sha256Digest& digest, std::shared_ptr<const VerifiedJwt> token);
  void erase(const crypto::Sha256Digest& digest);

 private:
  struct Hash {
    std::size_t operator()(const crypto::Sha256Digest& digest) const noexcept;
  };
  using Tokens = std::unordered_map<crypto::Sha256Digest, std::shared_ptr<const VerifiedJwt>, Hash>;
  Tokens young_, old_;
};

}  // namespace clerk::jwt
