#pragma once
// What a session token says about the session's organization (Clerk docs: "Session tokens", version 2).

#include "model/organization.hpp"

#include <boost/json/object.hpp>

namespace clerk::instance {

/// Adds `o` with id, slug and role, and, for permissions that are not Clerk's own, `fea`, `o.per` and `o.fpm`: the n-th
/// number of `fpm` belongs to the n-th feature of `fea`; its bit k, the least first, says that the feature has the k-th
/// permission of `per`.
void addOrganizationClaims(boost::json::object& claims, const Membership& membership);

}  // namespace clerk::instance
