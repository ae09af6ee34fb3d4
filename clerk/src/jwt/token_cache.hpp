#pragma once
// Tokens whose signature was checked before.

#include "jwt/decoded_jwt.hpp"
#include "jwt/hash_places.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace clerk::jwt {

/// A token and the key that it was checked with. What depends on time or options is checked each time anew.
struct VerifiedJwt {
  std::shared_ptr<const DecodedJwt> jwt;
  std::uint64_t keyId = 0;
};

/// One thread's verified tokens. For a new one the first is forgotten that was not used since that was last looked at
/// (second chance): one goes when one comes, so that its memory is used again. A token is found by a hash of its
/// signature's end, and is the one that was verified only if all of it is the same: SHA-256 of it as the key would cost
/// three times as much as the rest of a look.
class TokenCache {
 public:
  static constexpr std::size_t kCapacity = 2048;
  /// Of the tokens together, in bytes. With their claims they take a few times as much.
  static constexpr std::size_t kMaximumSize = 4 * 1024 * 1024;
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
  struct Slot {
    HashPlaces::Hash hash = 0;
    VerifiedJwt token;  // without a jwt: free
    bool used = false;
  };

  Slot* slotOf(std::string_view token);
  void clear(Slot& slot);
  /// The place of a free slot, with room for a token of so many bytes.
  HashPlaces::Place makeRoom(std::size_t size);

  std::vector<Slot> slots_;
  HashPlaces places_{kCapacity};
  std::size_t size_ = 0;
  std::size_t hand_ = 0;
};

}  // namespace clerk::jwt
