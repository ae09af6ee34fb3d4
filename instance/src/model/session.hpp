#pragma once
// A session: one user signed in at one client.

#include "model/time.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

enum class SessionStatus { Active, Pending, Ended, Removed, Replaced, Expired, Abandoned, Revoked };
std::string_view nameOf(SessionStatus status) noexcept;
std::optional<SessionStatus> sessionStatusOf(std::string_view name) noexcept;

/// From where a session was last used.
struct SessionActivity {
  std::string id;  ///< `sess_activity_…`
  std::string deviceType;
  std::string browserName;
  std::string browserVersion;
  std::string ipAddress;
  bool isMobile = false;
  friend bool operator==(const SessionActivity&, const SessionActivity&) = default;
};

struct Session {
  std::string id;  ///< `sess_…`
  std::string clientId;
  std::string userId;
  SessionStatus status = SessionStatus::Active;
  std::vector<std::string> tasks;            ///< keys, such as `choose-organization`; a session with any is Pending
  std::optional<boost::json::object> actor;  ///< who impersonates: becomes the `act` claim
  std::optional<std::string> lastActiveOrganizationId;
  std::optional<Time> firstFactorVerifiedAt;
  std::optional<Time> secondFactorVerifiedAt;
  SessionActivity latestActivity;
  Time lastActiveAt{};
  Time expireAt{};
  Time abandonAt{};
  Time createdAt{};
  Time updatedAt{};

  /// The stored status; Expired or Abandoned once a live session's time is over.
  SessionStatus statusAt(Time now) const noexcept;
  /// Active or Pending: what a client lists and may mint tokens for.
  bool isLive(Time now) const noexcept;

  friend bool operator==(const Session&, const Session&) = default;
};

/// `fva`: whole minutes since each factor, -1 for never.
struct FactorVerificationAge {
  long first = -1;
  long second = -1;
};
FactorVerificationAge factorVerificationAge(const Session& session, Time now) noexcept;

}  // namespace clerk::instance
