#include "store/backend_verifications.hpp"

namespace clerk::instance {

void BackendVerifications::replace(std::string_view identificationId, std::string_view verificationId, Time expiresAt) {
  sql_.execute(
      "delete from verifications where id in (select verification_id from backend_verifications where "
      "identification_id = $1)",
      {identificationId});
  sql_.execute("delete from backend_verifications where identification_id = $1", {identificationId});
  sql_.execute("insert into backend_verifications (verification_id, identification_id, expires_at) values ($1, $2, $3)",
               {verificationId, identificationId, expiresAt});
}

bool BackendVerifications::belongs(std::string_view verificationId, std::string_view identificationId) const {
  return sql_
      .query("select 1 from backend_verifications where verification_id = $1 and identification_id = $2",
             {verificationId, identificationId})
      .next();
}

std::int64_t BackendVerifications::eraseExpired(Time before, std::int64_t limit) {
  sql_.execute(
      "delete from verifications where id in (select verification_id from backend_verifications where expires_at < $1 "
      "order by expires_at, verification_id limit $2)",
      {before, limit});
  return sql_.execute(
      "delete from backend_verifications where verification_id in (select verification_id from backend_verifications "
      "where expires_at < $1 order by expires_at, verification_id limit $2)",
      {before, limit});
}

}  // namespace clerk::instance
