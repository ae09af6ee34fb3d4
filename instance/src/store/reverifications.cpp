#include "store/reverifications.hpp"

#include "store/verifications.hpp"

namespace clerk::instance {

std::optional<Reverification> Reverifications::find(std::string_view sessionId) const {
  Reverification found;
  std::optional<std::string> first;
  std::optional<std::string> second;
  {
    auto rows = sql_.query(
        "select id, session_id, status, level, first_factor_verification_id, second_factor_verification_id, "
        "created_at, updated_at from session_reverifications where session_id = $1",
        {sessionId});
    if (!rows.next()) return std::nullopt;
    found.id = rows.string(0);
    found.sessionId = rows.string(1);
    found.status = reverificationStatusOf(rows.text(2)).value_or(ReverificationStatus::NeedsFirstFactor);
    found.level = reverificationLevelOf(rows.text(3)).value_or(ReverificationLevel::FirstFactor);
    first = rows.optionalString(4);
    second = rows.optionalString(5);
    found.createdAt = rows.time(6);
    found.updatedAt = rows.time(7);
  }
  const Verifications verifications(sql_);
  if (first) found.firstFactorVerification = verifications.find(*first);
  if (second) found.secondFactorVerification = verifications.find(*second);
  return found;
}

void Reverifications::start(const Reverification& it) {
  sql_.execute(
      "delete from verifications where id in (select first_factor_verification_id from session_reverifications where "
      "session_id = $1) or id in (select second_factor_verification_id from session_reverifications where session_id "
      "= $1)",
      {it.sessionId});
  sql_.execute("delete from session_reverifications where session_id = $1", {it.sessionId});
  sql_.execute(
      "insert into session_reverifications (session_id, id, status, level, created_at, updated_at) values ($1, $2, $3, "
      "$4, $5, $6)",
      {it.sessionId, it.id, nameOf(it.status), nameOf(it.level), it.createdAt, it.updatedAt});
}

void Reverifications::setFirstFactor(std::string_view sessionId, std::string_view verificationId, Time now) {
  sql_.execute(
      "update session_reverifications set first_factor_verification_id = $2, updated_at = $3 where session_id = $1",
      {sessionId, verificationId, now});
}

void Reverifications::setSecondFactor(std::string_view sessionId, std::string_view verificationId, Time now) {
  sql_.execute(
      "update session_reverifications set second_factor_verification_id = $2, updated_at = $3 where session_id = $1",
      {sessionId, verificationId, now});
}

bool Reverifications::advance(std::string_view sessionId, ReverificationStatus from, ReverificationStatus to,
                              Time now) {
  return sql_.execute(
             "update session_reverifications set status = $3, updated_at = $4 where session_id = $1 and status = $2",
             {sessionId, nameOf(from), nameOf(to), now}) > 0;
}

}  // namespace clerk::instance
