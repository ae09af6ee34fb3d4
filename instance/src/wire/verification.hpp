#pragma once
// Verifications as both APIs show them.

#include "model/verification.hpp"
#include "wire/members.hpp"

namespace clerk::instance::wire {

/// Which API's form of a verification is shown.
enum class Side { Frontend, Backend };

/// Puts it into what is described; null for none.
void describeVerification(Members& members, std::string_view name, const std::optional<Verification>& verification,
                          Time now, Side side);

/// The Frontend API's form; null for none.
Json verification(const std::optional<Verification>& verification, Time now);
/// The Backend API's form; null for none.
Json backendVerification(const std::optional<Verification>& verification, Time now);
/// What a sign-up shows for an address: the verification (or an empty one while nothing was prepared), what the client
/// is to do next, and what it may do.
JsonObject signUpVerification(const std::optional<Verification>& verification, Time now,
                              const std::vector<std::string>& supportedStrategies);

/// What a backend is told of a verification that it asked for itself: with the id by which it goes on.
JsonObject backendsOwnVerification(const Verification& verification, Time now);

}  // namespace clerk::instance::wire
