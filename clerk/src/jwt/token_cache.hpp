#pragma once
// Tokens whose signature was checked before.

#include "jwt/decoded_jwt.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>

namespace clerk::jwt {

/// A token and the key that it was checked with. What depends on time or options is checked each time anew.
struct VerifiedJwt {
  std::shared_ptr<const DecodedJwt> jwt;
  std::uint64_t keyId = 0;
};

/// One thread's verified tokens, in two generations. When the younger one is full the older one is forgotten: what is
/// used stays. A token is found by a hash of its signature's end, and is the one that was verified only if all of it is
/// the same: SHA-256 of it as the key would cost three times as much as the rest of a look.
class TokenCache {
 public:
  static constexpr std::size_t kGeneration = 1024;
  /// Tokens of a generation together, in bytes. With their claims they take a few times as much.
  static constexpr std::size_t kGenerationSize = 2 * 1024 * 1024;
  /// Larger tokens are checked each time, and so is what is too short to be signed by RSA.
  static constexpr std::size_t kMaximumTokenSize = 16 * 1024;
  static constexpr std::size_t kMinimumTokenSize = 64;

  static TokenCache& ofThread();
  static bool takes(std::string_view token) noexcept {
    return token.size() >= kMinimumTokenSize && token.size() <= kMaximumTokenSize;
  }

  /// nullptr when the token is unknown or was read with another strictness. `token` is one that the cache takes, here
  /// and below.
  const VerifiedJwt* find(std::string_view token, Strictness strictness);
  void insert(VerifiedJwt token);
  void erase(std::string_view token);

 private:
  using Hash = std::uint64_t;
  struct AsItIs {
    std::size_t operator()(Hash hash) const noexcept { return hash; }
  };
  struct Generation {
    std::unordered_map<Hash, VerifiedJwt, AsItIs> tokens;
    std::size_t size = 0;

    const VerifiedJwt* find(Hash hash, std::string_view token) const;
  };

  const VerifiedJwt& insert(Hash hash, VerifiedJwt token);

  Generation young_, old_;
};

}  // namespace clerk::jwt
