#pragma once
// The files that are made of the tables.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace generator {

/// By their paths below the repository's root.
std::map<std::string, std::string> outputs();

/// What the table of methods has otherwise than an inventory: lines `users.getUser | … | GET /v1/users/{userId} | …`.
std::vector<std::string> differencesFrom(std::string_view inventory);

}  // namespace generator
