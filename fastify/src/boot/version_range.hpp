#pragma once
// The ranges in which plugins say which versions of the framework they were made for.

#include <string_view>

namespace fastify::boot {

/// True when `version` ("5.12.8") lies in `range`: "5.x", "5", "^5.1.0", "~5.1", ">=5.0.0 <6", "4.x || 5.x", "*". npm's
/// rules for versions without pre-release tags. False for a range that cannot be read.
bool satisfies(std::string_view version, std::string_view range);

}  // namespace fastify::boot
