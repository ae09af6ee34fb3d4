#pragma once
// The tables of invitations, of the waitlist, and of who may sign up.

#include "model/invitation.hpp"
#include "model/page.hpp"
#include "store/sql.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

class Invitations {
 public:
  explicit Invitations(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<Invitation> find(std::string_view id) const;
  std::optional<Invitation> findPending(std::string_view emailAddress, Time now) const;
  struct Filter {
    std::optional<InvitationStatus> status;  ///< as it is at `now`
    std::string query;                       ///< part of the address, or the id
    bool ascending = false;                  ///< by the time of making; else newest first
    Time now{};
  };
  Page<Invitation> list(const Filter& filter, const PageRequest& page) const;
  void insert(const Invitation& invitation);
  /// Moves a pending one on; false when it is not pending (any more).
  bool settle(std::string_view id, InvitationStatus status, std::optional<std::string_view> userId, Time now);

 private:
  sql::Connection& sql_;
};

class WaitlistEntries {
 public:
  explicit WaitlistEntries(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<WaitlistEntry> find(std::string_view id) const;
  std::optional<WaitlistEntry> findByEmailAddress(std::string_view emailAddress) const;
  /// Newest first.
  Page<WaitlistEntry> list(std::optional<WaitlistStatus> status, std::string_view query,
                           const PageRequest& page) const;
  void insert(const WaitlistEntry& entry);
  /// False when it was not (any more) in `from`.
  bool advance(std::string_view id, WaitlistStatus from, WaitlistStatus to,
               std::optional<std::string_view> invitationId, Time now);
  bool erase(std::string_view id);

 private:
  sql::Connection& sql_;
};

class RestrictedIdentifiers {
 public:
  explicit RestrictedIdentifiers(sql::Connection& connection) noexcept : sql_(connection) {}

  /// True when the list has the identifier, or its domain as `*@example.com`.
  bool has(RestrictionList list, std::string_view identifier) const;
  bool exists(RestrictionList list, std::string_view identifier) const;
  std::vector<RestrictedIdentifier> list(RestrictionList list) const;
  void insert(const RestrictedIdentifier& identifier);
  bool erase(RestrictionList list, std::string_view id);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
