#include "store/second_factors.hpp"

namespace clerk::instance {

std::optional<TotpSecret> TotpSecrets::find(std::string_view userId) const {
  auto rows = sql_.query(
      "select id, secret, verified, last_step, created_at, updated_at from totp_secrets where user_id = $1", {userId});
  if (!rows.next()) return std::nullopt;
  return TotpSecret{rows.string(0), rows.string(1), rows.boolean(2), rows.integer(3), rows.time(4), rows.time(5)};
}

bool TotpSecrets::put(std::string_view userId, const TotpSecret& secret) {
  sql_.execute("delete from totp_secrets where user_id = $1 and verified = 0", {userId});
  return sql_.execute(
             "insert into totp_secrets (user_id, id, secret, verified, last_step, created_at, updated_at) values ($1, "
             "$2, $3, $4, $5, $6, $7) on conflict (user_id) do nothing",
             {userId, secret.id, secret.secret, secret.verified, secret.lastStep, secret.createdAt,
              secret.updatedAt}) > 0;
}

bool TotpSecrets::useStep(std::string_view userId, std::int64_t step, Time now) {
  return sql_.execute(
             "update totp_secrets set last_step = $2, updated_at = $3 where user_id = $1 and verified = 1 and "
             "last_step < $2",
             {userId, step, now}) > 0;
}

bool TotpSecrets::verify(std::string_view userId, std::int64_t step, Time now) {
  return sql_.execute(
             "update totp_secrets set verified = 1, last_step = $2, updated_at = $3 where user_id = $1 and verified = "
             "0 and last_step < $2",
             {userId, step, now}) > 0;
}

bool TotpSecrets::erase(std::string_view userId) {
  return sql_.execute("delete from totp_secrets where user_id = $1", {userId}) > 0;
}

void BackupCodes::replace(std::string_view userId, const std::vector<std::string>& digests) {
  erase(userId);
  for (const auto& digest : digests) {
    sql_.execute("insert into backup_codes (user_id, digest) values ($1, $2)", {userId, digest});
  }
}

bool BackupCodes::use(std::string_view userId, std::string_view digest) {
  return sql_.execute("delete from backup_codes where user_id = $1 and digest = $2", {userId, digest}) > 0;
}

std::int64_t BackupCodes::count(std::string_view userId) const {
  auto rows = sql_.query("select count(*) from backup_codes where user_id = $1", {userId});
  return rows.next() ? rows.integer(0) : 0;
}

void BackupCodes::erase(std::string_view userId) {
  sql_.execute("delete from backup_codes where user_id = $1", {userId});
}

}  // namespace clerk::instance
