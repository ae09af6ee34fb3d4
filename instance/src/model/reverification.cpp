#include "model/reverification.hpp"

#include "model/names.hpp"

namespace clerk::instance {
namespace {

constexpr NameTable<ReverificationLevel, 3> levels{{
    {ReverificationLevel::FirstFactor, "first_factor"},
    {ReverificationLevel::SecondFactor, "second_factor"},
    {ReverificationLevel::MultiFactor, "multi_factor"},
}};

constexpr NameTable<ReverificationStatus, 3> statuses{{
    {ReverificationStatus::NeedsFirstFactor, "needs_first_factor"},
    {ReverificationStatus::NeedsSecondFactor, "needs_second_factor"},
    {ReverificationStatus::Complete, "complete"},
}};

}  // namespace

std::string_view nameOf(ReverificationLevel level) noexcept { return nameIn(levels, level); }
std::optional<ReverificationLevel> reverificationLevelOf(std::string_view name) noexcept {
  return valueIn(levels, name);
}
std::string_view nameOf(ReverificationStatus status) noexcept { return nameIn(statuses, status); }
std::optional<ReverificationStatus> reverificationStatusOf(std::string_view name) noexcept {
  return valueIn(statuses, name);
}

}  // namespace clerk::instance
