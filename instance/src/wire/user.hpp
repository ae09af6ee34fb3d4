#pragma once
// Users, and what others see of them.

#include "model/organization.hpp"
#include "model/user.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

/// The Frontend API's User: what people see of themselves.
JsonObject user(const View& view, const User& user, const std::vector<Membership>& memberships);
/// The Backend API's User: with private metadata, without memberships.
JsonObject backendUser(const View& view, const User& user);
/// The text of the same at the end of `out`, for answers with nothing around it.
void appendBackendUser(std::string& out, const View& view, const User& user);
/// What other people see.
JsonObject publicUserData(const View& view, const User& user);

/// Where the picture is: the user's own, else one for everybody.
std::string imageUrl(const View& view, const User& user);

}  // namespace clerk::instance::wire
