#include "store/sessions.hpp"

#include "store/stored_json.hpp"

#include <string>

namespace clerk::instance {
namespace {

#define CLERK_SESSION_COLUMNS                                                                                       \
  "id, client_id, user_id, status, tasks, actor, last_active_organization_id, first_factor_verified_at, "           \
  "second_factor_verified_at, activity_id, activity_device_type, activity_browser_name, activity_browser_version, " \
  "activity_ip_address, activity_is_mobile, last_active_at, expire_at, abandon_at, created_at, updated_at"

// Task keys hold no spaces.
std::string joined(const std::vector<std::string>& tasks) {
  std::string text;
  for (const auto& task : tasks) text.append(text.empty() ? "" : " ").append(task);
  return text;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> tasks;
  while (!text.empty()) {
    const auto end = text.find(' ');
    tasks.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return tasks;
}

Session readSession(const sql::Rows& row) {
  Session session;
  session.id = row.string(0);
  session.clientId = row.string(1);
  session.userId = row.string(2);
  session.status = sessionStatusOf(row.text(3)).value_or(SessionStatus::Ended);
  session.tasks = split(row.text(4));
  if (!row.isNull(5)) session.actor = storedObject(row.text(5));
  session.lastActiveOrganizationId = row.optionalString(6);
  session.firstFactorVerifiedAt = row.optionalTime(7);
  session.secondFactorVerifiedAt = row.optionalTime(8);
  session.latestActivity = {row.string(9),  row.string(10), row.string(11),
                            row.string(12), row.string(13), row.boolean(14)};
  session.lastActiveAt = row.time(15);
  session.expireAt = row.time(16);
  session.abandonAt = row.time(17);
  session.createdAt = row.time(18);
  session.updatedAt = row.time(19);
  return session;
}

std::vector<Session> readAll(sql::Rows rows) {
  std::vector<Session> sessions;
  while (rows.next()) sessions.push_back(readSession(rows));
  return sessions;
}

#define CLERK_SESSION_HAS_TIME "expire_at > $2 and abandon_at > $2"
#define CLERK_SESSION_IS_OPEN "status in ('active', 'pending')"
#define CLERK_SESSION_IS_LIVE CLERK_SESSION_IS_OPEN " and " CLERK_SESSION_HAS_TIME

// One whose time is over is ended all the same: by the clock of another server, or after this one was set back, it
// would be live again. Only those that were live are told of.
#define CLERK_END_SESSIONS "update sessions set status = $3, updated_at = $2 where " CLERK_SESSION_IS_OPEN
#define CLERK_ENDED " returning id, " CLERK_SESSION_HAS_TIME

/// The condition for a status as it is at `time`, which the stored one alone does not tell.
template <class Parameter>
std::string statusCondition(SessionStatus status, Time time, Parameter parameter) {
  const std::string stored = "status = '" + std::string(nameOf(status)) + "'";
  const std::string live = "status in ('active', 'pending')";
  switch (status) {
    case SessionStatus::Active:
    case SessionStatus::Pending: {
      const auto now = parameter(time);
      return stored + " and expire_at > " + now + " and abandon_at > " + now;
    }
    case SessionStatus::Abandoned:
      return "(" + stored + " or (" + live + " and abandon_at <= " + parameter(time) + "))";
    case SessionStatus::Expired: {
      const auto now = parameter(time);
      return "(" + stored + " or (" + live + " and expire_at <= " + now + " and abandon_at > " + now + "))";
    }
    default: return stored;
  }
}

}  // namespace

std::optional<Session> Sessions::find(std::string_view id) const {
  auto rows = sql_.query("select " CLERK_SESSION_COLUMNS " from sessions where id = $1", {id});
  return rows.next() ? std::optional(readSession(rows)) : std::nullopt;
}

std::vector<Session> Sessions::liveOfClient(std::string_view clientId, Time now) const {
  return readAll(sql_.query("select " CLERK_SESSION_COLUMNS
                            " from sessions where client_id = $1 and " CLERK_SESSION_IS_LIVE " order by created_at, id",
                            {clientId, now}));
}

std::vector<Session> Sessions::liveOfUser(std::string_view userId, Time now) const {
  return readAll(sql_.query("select " CLERK_SESSION_COLUMNS
                            " from sessions where user_id = $1 and " CLERK_SESSION_IS_LIVE
                            " order by created_at desc, id desc",
                            {userId, now}));
}

bool Sessions::clientHasLive(std::string_view clientId, Time now) const {
  auto rows =
      sql_.query("select 1 from sessions where client_id = $1 and " CLERK_SESSION_IS_LIVE " limit 1", {clientId, now});
  return rows.next();
}

Page<Session> Sessions::list(const Filter& filter, const PageRequest& page) const {
  std::string where;
  std::vector<sql::Value> values;
  const auto add = [&](const std::string& condition) { where += (where.empty() ? " where " : " and ") + condition; };
  const auto parameter = [&](sql::Value value) {
    values.push_back(value);
    return "$" + std::to_string(values.size());
  };
  if (filter.clientId) add("client_id = " + parameter(*filter.clientId));
  if (filter.userId) add("user_id = " + parameter(*filter.userId));
  if (filter.status) add(statusCondition(*filter.status, filter.now, parameter));

  Page<Session> result;
  {
    auto rows = sql_.queryBuilt("select count(*) from sessions" + where, values);
    if (rows.next()) result.totalCount = rows.integer(0);
  }
  const auto limit = parameter(page.limit);
  const auto offset = parameter(page.offset);
  result.data = readAll(sql_.queryBuilt("select " CLERK_SESSION_COLUMNS " from sessions" + where +
                                            " order by created_at desc, id desc limit " + limit + " offset " + offset,
                                        values));
  return result;
}

void Sessions::insert(const Session& session) {
  const auto& activity = session.latestActivity;
  sql_.execute("insert into sessions (" CLERK_SESSION_COLUMNS
               ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
               {session.id,
                session.clientId,
                session.userId,
                nameOf(session.status),
                joined(session.tasks),
                session.actor ? std::optional(storedText(*session.actor)) : std::nullopt,
                session.lastActiveOrganizationId,
                session.firstFactorVerifiedAt,
                session.secondFactorVerifiedAt,
                activity.id,
                activity.deviceType,
                activity.browserName,
                activity.browserVersion,
                activity.ipAddress,
                activity.isMobile,
                session.lastActiveAt,
                session.expireAt,
                session.abandonAt,
                session.createdAt,
                session.updatedAt});
  sql_.changes.note(session.status == SessionStatus::Pending ? "session.pending" : "session.created", session.id);
}

bool Sessions::end(std::string_view id, SessionStatus status, Time now) {
  return noteEnds(status, sql_.query(CLERK_END_SESSIONS " and id = $1" CLERK_ENDED, {id, now, nameOf(status)})) > 0;
}

std::int64_t Sessions::endAllOfClient(std::string_view clientId, SessionStatus status, Time now) {
  return noteEnds(status,
                  sql_.query(CLERK_END_SESSIONS " and client_id = $1" CLERK_ENDED, {clientId, now, nameOf(status)}));
}

std::int64_t Sessions::endAllOfUser(std::string_view userId, SessionStatus status, std::string_view exceptId,
                                    Time now) {
  return noteEnds(status, sql_.query(CLERK_END_SESSIONS " and user_id = $1 and id <> $4" CLERK_ENDED,
                                     {userId, now, nameOf(status), exceptId}));
}

/// Clerk tells of these three ways alone.
void Sessions::noteEnd(std::string_view id, SessionStatus status) {
  if (status == SessionStatus::Ended) sql_.changes.note("session.ended", id);
  if (status == SessionStatus::Removed) sql_.changes.note("session.removed", id);
  if (status == SessionStatus::Revoked) sql_.changes.note("session.revoked", id);
}

std::int64_t Sessions::noteEnds(SessionStatus status, sql::Rows rows) {
  std::int64_t count = 0;
  while (rows.next()) {
    if (!rows.boolean(1)) continue;
    noteEnd(rows.text(0), status);
    ++count;
  }
  return count;
}

void Sessions::noteFactors(std::string_view id, std::optional<Time> first, std::optional<Time> second) {
  sql_.execute(
      "update sessions set first_factor_verified_at = coalesce($2, first_factor_verified_at), "
      "second_factor_verified_at = coalesce($3, second_factor_verified_at) where id = $1",
      {id, first, second});
}

void Sessions::noteActivity(std::string_view id, const SessionActivity& activity, Time now) {
  sql_.execute(
      "update sessions set last_active_at = $2, activity_device_type = $3, activity_browser_name = $4, "
      "activity_browser_version = $5, activity_ip_address = $6, activity_is_mobile = $7 where id = $1 and "
      "last_active_at <= $2",
      {id, now, activity.deviceType, activity.browserName, activity.browserVersion, activity.ipAddress,
       activity.isMobile});
}

void Sessions::setOrganization(const Session& session, Time now) {
  sql_.execute(
      "update sessions set last_active_organization_id = $2, tasks = $3, status = $4, updated_at = $5 where id = $1 "
      "and status in ('active', 'pending')",
      {session.id, session.lastActiveOrganizationId, joined(session.tasks), nameOf(session.status), now});
}

std::int64_t Sessions::eraseEnded(Time before, std::int64_t limit) {
  return sql_.execute(
      "delete from sessions where id in (select id from sessions where abandon_at < $1 order by abandon_at limit $2)",
      {before, limit});
}

}  // namespace clerk::instance
