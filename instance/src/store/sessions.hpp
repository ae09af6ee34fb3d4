#pragma once
// The table of sessions.

#include "model/page.hpp"
#include "model/session.hpp"
#include "store/sql.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

class Sessions {
 public:
  explicit Sessions(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<Session> find(std::string_view id) const;
  /// Active and Pending ones whose time is not over, oldest first.
  std::vector<Session> liveOfClient(std::string_view clientId, Time now) const;
  /// The same, newest first.
  std::vector<Session> liveOfUser(std::string_view userId, Time now) const;
  bool clientHasLive(std::string_view clientId, Time now) const;

  struct Filter {
    std::optional<std::string> clientId;
    std::optional<std::string> userId;
    std::optional<SessionStatus> status;  ///< as it is at `now`
    Time now{};
  };
  /// Newest first.
  Page<Session> list(const Filter& filter, const PageRequest& page) const;

  void insert(const Session& session);
  /// Ends a live session; false when it was not live (any more).
  bool end(std::string_view id, SessionStatus status, Time now);
  /// How many were ended.
  std::int64_t endAllOfClient(std::string_view clientId, SessionStatus status, Time now);
  /// `exceptId` stays; empty: all.
  std::int64_t endAllOfUser(std::string_view userId, SessionStatus status, std::string_view exceptId, Time now);
  /// A factor was proved again.
  void noteFactors(std::string_view id, std::optional<Time> first, std::optional<Time> second);
  void noteActivity(std::string_view id, const SessionActivity& activity, Time now);
  /// Writes a live session's organization and what it has to do because of it: tasks and status.
  void setOrganization(const Session& session, Time now);
  /// Ended ones of before `before`, at most `limit`.
  std::int64_t eraseEnded(Time before, std::int64_t limit);

 private:
  void noteEnd(std::string_view id, SessionStatus status);
  std::int64_t noteEnds(SessionStatus status, sql::Rows rows);

  sql::Connection& sql_;
};

}  // namespace clerk::instance
