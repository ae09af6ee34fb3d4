#pragma once
// A port that nobody uses.

#include <cstdint>

namespace clerkd {

/// A TCP port of the loopback interface that was free a moment ago, so that addresses can be written down before
/// listening; 0 when there is none.
std::uint16_t findFreePort();

}  // namespace clerkd
