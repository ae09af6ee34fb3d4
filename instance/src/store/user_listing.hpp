#pragma once
// Which users match, in which order: the one question whose SQL is put together.

#include "model/user_list.hpp"
#include "store/sql.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace clerk::instance {

/// Ids of one page, in its order.
std::vector<std::string> listUserIds(sql::Connection& sql, const UserListRequest& request);

std::int64_t countUsersMatching(sql::Connection& sql, const UserFilter& filter);

}  // namespace clerk::instance
