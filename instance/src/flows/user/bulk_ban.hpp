#pragma once
// Banning several users at once (Backend API: `POST /users/ban`).

#include "flows/user/user.hpp"

namespace clerk::instance {

enum class Banning { Ban, Unban };

/// Nobody is banned when one of them is not there. Errors: `resource_not_found`.
async::Task<Outcome<std::vector<User>>> banUsers(Core& core, std::vector<std::string> userIds, Banning banning);

}  // namespace clerk::instance
