#pragma once
// Passwords that every attacker tries first.

#include <string_view>

namespace clerk::instance {

/// True for one of the passwords of eight characters or more that lead all lists of breached ones, whatever its case.
bool isCommonPassword(std::string_view password);

}  // namespace clerk::instance
