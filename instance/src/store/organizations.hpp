#pragma once
// The tables of organizations and of who is in them.

#include "model/member.hpp"
#include "model/organization.hpp"
#include "model/organization_list.hpp"
#include "model/user.hpp"
#include "store/sql.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

/// What becomes of sessions whose organization is gone.
enum class Leaving {
  ToPersonalAccount,
  ToChoice,  ///< they wait for their user to choose another one
};

/// Readers are given the time: outstanding invitations that have expired do not count.
class Organizations {
 public:
  explicit Organizations(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<Organization> find(std::string_view id, Time now) const;
  /// By id or slug: an id begins with `org_`.
  std::optional<Organization> findByIdOrSlug(std::string_view idOrSlug, Time now) const;
  bool isSlugTaken(std::string_view slug) const;
  Page<Organization> list(const OrganizationListRequest& request, Time now) const;
  /// How many of those that exist this user made.
  std::int64_t countCreatedBy(std::string_view userId) const;

  /// Without members. False when the slug is taken.
  [[nodiscard]] bool insert(const Organization& organization);
  /// All but the counts. False when the slug is another's.
  [[nodiscard]] bool update(const Organization& organization);
  /// With its memberships, invitations and domains; sessions leave it.
  bool erase(std::string_view id, Leaving leaving);

 private:
  sql::Connection& sql_;
};

class Memberships {
 public:
  explicit Memberships(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<Membership> find(std::string_view organizationId, std::string_view userId, Time now) const;
  bool exists(std::string_view organizationId, std::string_view userId) const;
  /// Of one user, oldest first, at most `limit`.
  std::vector<Membership> ofUser(std::string_view userId, std::int64_t limit, Time now) const;
  std::int64_t countOfUser(std::string_view userId) const;
  /// The one that was made last.
  std::optional<std::string> newestOrganizationOf(std::string_view userId) const;
  Page<Member> list(const MembershipListRequest& request, Time now) const;
  /// How many other members than `exceptUserId` hold all of `permission::minimum`.
  bool hasOtherManager(std::string_view organizationId, std::string_view exceptUserId) const;
  bool hasManager(std::string_view organizationId) const { return hasOtherManager(organizationId, ""); }

  /// False when the user is a member already.
  [[nodiscard]] bool insert(const NewMembership& membership);
  bool setRole(std::string_view organizationId, std::string_view userId, std::string_view roleKey, Time now);
  void setMetadata(const Membership& membership);
  /// Sessions of the user leave the organization.
  bool erase(std::string_view organizationId, std::string_view userId, Leaving leaving);

  /// Which organization the user's next session begins with.
  std::optional<std::string> rememberedOrganization(std::string_view userId) const;
  /// Absent: the personal account.
  void rememberOrganization(std::string_view userId, std::optional<std::string_view> organizationId);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
