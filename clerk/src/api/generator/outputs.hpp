#pragma once
// The files that are made of the tables.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace generator {

/// By their paths below the repository's root.
std::map<std::string, std::string> outputs();

/// What the table of methods has otherwise than an inventory: lines
/// `users.getUser | userId; params?: {…} | GET /v1/users/{userId} | User`.
std::vector<std::string> methodDifferences(std::string_view inventory);
/// The same of the classes: lines `Token | token | jwt`.
std::vector<std::string> classDifferences(std::string_view inventory);

}  // namespace generator
