#pragma once
// What operators and the Backend API changed: who, with what, when, and which objects. No values, and so no secrets.

#include "model/time.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

/// Through which door somebody came.
enum class AuditSource {
  BackendApi,  ///< an application, with the secret key
  Dashboard,   ///< an operator, on the instance's own page
  Command,     ///< `clerkd …` on the machine itself
};
std::string_view nameOf(AuditSource source) noexcept;
std::optional<AuditSource> auditSourceOf(std::string_view name) noexcept;

/// Who changes something.
struct Actor {
  AuditSource source = AuditSource::BackendApi;
  std::string id;         ///< fingerprint of the key, id of the dashboard's session, or who ran the command
  std::string operation;  ///< `POST /users/:user_id/ban`, `clerkd users ban`
  std::string requestId;
  std::string ipAddress;
  std::vector<std::string> objects{};  ///< ids that the request names
};

/// What one unit of work changed.
struct AuditEntry {
  std::string id;  ///< `audit_…`
  Actor actor;     ///< its `objects` are all that were made, changed, removed or named
  Time createdAt{};
};

/// More objects than that are not told: one operation may change thousands.
inline constexpr std::size_t mostAuditedObjects = 100;

struct AuditFilter {
  std::optional<AuditSource> source;
  std::string object;         ///< only what was done to this id; empty: all
  std::string startingAfter;  ///< id of the last entry of the page before; empty: from the newest on
};

}  // namespace clerk::instance
