#include "store/dashboard_sign_outs.hpp"

namespace clerk::instance {

bool DashboardSignOuts::has(std::string_view sessionId) const {
  auto rows = sql_.query("select 1 from dashboard_sign_outs where session_id = $1", {sessionId});
  return rows.next();
}

void DashboardSignOuts::insert(std::string_view sessionId, Time expiresAt) {
  sql_.execute("insert into dashboard_sign_outs (session_id, expires_at) values ($1, $2) on conflict do nothing",
               {sessionId, expiresAt});
}

std::int64_t DashboardSignOuts::eraseExpired(Time now, std::int64_t limit) {
  return sql_.execute(
      "delete from dashboard_sign_outs where session_id in (select session_id from dashboard_sign_outs where "
      "expires_at <= $1 limit $2)",
      {now, limit});
}

}  // namespace clerk::instance
