#include "store/verifications.hpp"

#include "store/store_error.hpp"
#include "store/verification_row.hpp"

namespace clerk::instance {

std::optional<Verification> readVerification(const sql::Rows& row, int first) {
  if (row.isNull(first)) return std::nullopt;
  Verification verification;
  verification.id = row.string(first);
  verification.strategy = row.string(first + 1);
  verification.status = verificationStatusOf(row.text(first + 2)).value_or(VerificationStatus::Failed);
  if (auto attempts = row.optionalInteger(first + 3)) verification.attempts = static_cast<int>(*attempts);
  verification.expireAt = row.optionalTime(first + 4);
  verification.identificationId = row.string(first + 5);
  verification.verifiedAtClient = row.string(first + 6);
  verification.nonce = row.string(first + 7);
  verification.externalRedirectUrl = row.string(first + 8);
  verification.errorCode = row.string(first + 9);
  verification.errorMessage = row.string(first + 10);
  verification.errorLongMessage = row.string(first + 11);
  verification.createdAt = row.time(first + 12);
  return verification;
}

std::optional<Verification> Verifications::find(std::string_view id) const {
  auto rows = sql_.query("select " CLERK_VERIFICATION_COLUMNS " from verifications v where v.id = $1", {id});
  return rows.next() ? readVerification(rows, 0) : std::nullopt;
}

void Verifications::insert(const Verification& verification, std::string_view codeDigest) {
  sql_.execute(
      "insert into verifications (id, strategy, status, attempts, expire_at, identification_id, code_digest, "
      "verified_at_client, nonce, external_redirect_url, error_code, error_message, error_long_message, created_at) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
      {verification.id, verification.strategy, nameOf(verification.status), verification.attempts,
       verification.expireAt, verification.identificationId,
       codeDigest.empty() ? sql::Value(nullptr) : sql::Value(codeDigest), verification.verifiedAtClient,
       verification.nonce, verification.externalRedirectUrl, verification.errorCode, verification.errorMessage,
       verification.errorLongMessage, verification.createdAt});
}

void Verifications::update(const Verification& verification) {
  sql_.execute(
      "update verifications set status = $2, attempts = $3, verified_at_client = $4, error_code = $5, "
      "error_message = $6, error_long_message = $7 where id = $1",
      {verification.id, nameOf(verification.status), verification.attempts, verification.verifiedAtClient,
       verification.errorCode, verification.errorMessage, verification.errorLongMessage});
}

Verifications::Attempt Verifications::attemptCode(std::string_view id, std::string_view codeDigest, int maxAttempts,
                                                  std::string_view clientId, Time now) {
  auto rows = sql_.query(
      "update verifications set attempts = attempts + 1, "
      "status = case when code_digest = $2 then 'verified' else status end, "
      "verified_at_client = case when code_digest = $2 then $3 else verified_at_client end "
      "where id = $1 and status = 'unverified' and attempts < $4 and expire_at > $5 returning status",
      {id, codeDigest, clientId, maxAttempts, now});
  if (!rows.next()) return Attempt::Refused;
  const auto attempt = rows.text(0) == "verified" ? Attempt::Right : Attempt::Wrong;
  while (rows.next()) {
  }
  return attempt;
}

void Verifications::countAttempt(std::string_view id) {
  sql_.execute("update verifications set attempts = coalesce(attempts, 0) + 1 where id = $1", {id});
}

void Verifications::erase(std::string_view id) { sql_.execute("delete from verifications where id = $1", {id}); }

}  // namespace clerk::instance
