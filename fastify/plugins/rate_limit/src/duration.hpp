#pragma once
// Lengths of time as people write them.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fastify::detail {

/// "1 minute", "90s", "1.5 h", "250": a number (milliseconds when no unit follows) and a unit: ms, s, m, h, d, w, y or
/// a longer name of these. nullopt for anything else, and for less than nothing.
std::optional<std::chrono::milliseconds> parseDuration(std::string_view text);

/// "500 ms", "1 second", "2 minutes", …: the largest unit, rounded.
std::string durationText(std::int64_t milliseconds);

}  // namespace fastify::detail
