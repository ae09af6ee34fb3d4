#pragma once
// Somebody in an organization, as lists of members show it.

#include "model/organization.hpp"
#include "model/user.hpp"

namespace clerk::instance {

/// A member with its user.
struct Member {
  Membership membership;
  User user;
  friend bool operator==(const Member&, const Member&) = default;
};

}  // namespace clerk::instance
