#pragma once
// Proving again, within a session, that one is who signed in.

#include "model/verification.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

enum class ReverificationLevel { FirstFactor, SecondFactor, MultiFactor };
std::string_view nameOf(ReverificationLevel level) noexcept;
std::optional<ReverificationLevel> reverificationLevelOf(std::string_view name) noexcept;

enum class ReverificationStatus { NeedsFirstFactor, NeedsSecondFactor, Complete };
std::string_view nameOf(ReverificationStatus status) noexcept;
std::optional<ReverificationStatus> reverificationStatusOf(std::string_view name) noexcept;

struct Reverification {
  std::string id;
  std::string sessionId;
  ReverificationStatus status = ReverificationStatus::NeedsFirstFactor;
  ReverificationLevel level = ReverificationLevel::FirstFactor;
  std::optional<Verification> firstFactorVerification;
  std::optional<Verification> secondFactorVerification;
  Time createdAt{};
  Time updatedAt{};
  friend bool operator==(const Reverification&, const Reverification&) = default;
};

}  // namespace clerk::instance
