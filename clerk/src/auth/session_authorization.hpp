#pragma once
// The organization and the permissions that a session token's claims give.

#include "jwt/decoded_jwt.hpp"

#include <clerk/auth.hpp>

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::auth {

/// The active organization as JSON values, absent where JavaScript has undefined.
struct ActiveOrganization {
  std::optional<boost::json::value> id, role, slug, permissions;
};

/// Version 2 tokens have it packed in `o`, `fea`; others in `org_id`, `org_role`, `org_slug`, `org_permissions`.
ActiveOrganization organizationOf(const boost::json::value& claims);

/// The same as texts, where they are texts. Worked out once for the copies of a token's claims.
struct OrganizationTexts {
  std::optional<std::string> id, role, slug;
  std::vector<std::string> permissions;
};
const OrganizationTexts& organizationTextsOf(const jwt::Payload& claims);

/// `org:<feature>:<permission>` for each bit of `fpm`: item i belongs to the i-th feature of the organization, and its
/// lowest bit to the first permission.
std::vector<std::string> permissionsOf(std::string_view features, std::string_view permissions, std::string_view map);

/// Which features or plans a claim such as `o:docs,u:chat,uo:both` names. Absent when an item has no colon.
struct ScopedItems {
  std::vector<std::string> organization;
  std::vector<std::string> user;
};
std::optional<ScopedItems> scopedItemsOf(std::string_view claim);

/// Whether a question of has() about features or plans holds.
bool hasScopedItem(const boost::json::value* claim, std::string_view asked);
/// The same about roles: both sides have one `org:` in front.
bool isSameRole(std::string_view role, std::string_view asked);
bool hasPermission(const std::vector<std::string>& permissions, std::string_view asked);
bool isReverified(const boost::json::value* factorAges, const Reverification& asked);

}  // namespace clerk::auth
