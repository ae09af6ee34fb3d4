#pragma once
// The syntax tree of a JavaScript expression as RE2's text.

#include "schema/regex/syntax.hpp"

#include <optional>
#include <string>

namespace fastify::schema::regex {

/// nullopt when the expression has something that RE2 has not.
std::optional<std::string> toRe2(const Expression& expression);
/// One set of characters as RE2's text.
std::string toRe2(const CharacterSet& set);

}  // namespace fastify::schema::regex
