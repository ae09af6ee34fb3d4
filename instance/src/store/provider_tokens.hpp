#pragma once
// The table of tokens that other providers gave when people signed in there. Texts are sealed by whoever writes them.

#include "model/time.hpp"
#include "store/sql.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

struct ProviderTokens {
  std::string accountId;  ///< of the external account
  /// Whose account it is; empty until a user has it. Users writes it down.
  std::string userId{};
  std::string accessToken;   ///< sealed, as are the next two
  std::string refreshToken;  ///< empty: the provider gave none
  std::string idToken;       ///< empty: the provider gave none
  std::string scopes;
  std::optional<Time> expiresAt;  ///< of the access token; absent when the provider did not say
  Time updatedAt{};
  friend bool operator==(const ProviderTokens&, const ProviderTokens&) = default;
};

class ProviderTokenTable {
 public:
  explicit ProviderTokenTable(sql::Connection& connection) noexcept : sql_(connection) {}

  /// Writes the account's tokens over those that it had; whose they are stays.
  void put(const ProviderTokens& tokens);
  std::optional<ProviderTokens> find(std::string_view accountId) const;
  /// False when there were none.
  bool erase(std::string_view accountId);
  /// Removes those whose account nobody took, written before `before`; at most `limit`.
  std::int64_t eraseUnclaimed(Time before, std::int64_t limit);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
