#pragma once
// Dates in the messages of refused tokens.

#include <chrono>
#include <string>

namespace clerk::jwt {

/// JavaScript's toUTCString: `Sun, 15 Jun 2025 15:06:40 GMT`. Seconds are truncated toward zero; beyond what a Date
/// holds it is `Invalid Date`.
std::string utcText(double seconds);
std::string utcText(std::chrono::system_clock::time_point time);

}  // namespace clerk::jwt
