#pragma once
// Which users a backend asks for.

#include "model/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace clerk::instance {

/// Users that match all that is set. Lists match when any of their values does; ids, external ids and organizations may
/// start with `-` to exclude (`+` or nothing includes).
struct UserFilter {
  std::vector<std::string> emailAddresses;
  std::vector<std::string> phoneNumbers;
  std::vector<std::string> web3Wallets;
  std::vector<std::string> usernames;
  std::vector<std::string> externalIds;
  std::vector<std::string> userIds;
  std::vector<std::string> organizationIds;  ///< whose members; may exclude
  std::string query;                         ///< part of an address, username, name or id, whatever the case
  std::string emailAddressQuery;             ///< part of an address
  std::string phoneNumberQuery;
  std::string usernameQuery;
  std::string nameQuery;
  std::optional<bool> banned;
  std::optional<Time> lastActiveAtBefore;
  std::optional<Time> lastActiveAtAfter;  ///< also `last_active_at_since`
  std::optional<Time> createdAtBefore;
  std::optional<Time> createdAtAfter;
  std::optional<Time> lastSignInAtBefore;
  std::optional<Time> lastSignInAtAfter;

  friend bool operator==(const UserFilter&, const UserFilter&) = default;
};

enum class UserOrder {
  CreatedAt,
  UpdatedAt,
  EmailAddress,
  Web3Wallet,
  FirstName,
  LastName,
  PhoneNumber,
  Username,
  LastActiveAt,
  LastSignInAt,
};

struct UserListRequest {
  UserFilter filter;
  UserOrder orderBy = UserOrder::CreatedAt;
  bool descending = true;
  std::int64_t limit = 10;
  std::int64_t offset = 0;
  /// Id of the last user of the page before; only with UserOrder::CreatedAt and no offset.
  std::string startingAfter;
};

}  // namespace clerk::instance
