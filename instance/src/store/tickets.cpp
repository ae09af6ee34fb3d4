#include "store/tickets.hpp"

namespace clerk::instance {

std::optional<SignInToken> SignInTokens::find(std::string_view id) const {
  auto rows = sql_.query(
      "select id, user_id, status, expires_at, created_at, updated_at from sign_in_tokens where id = $1", {id});
  if (!rows.next()) return std::nullopt;
  return SignInToken{
      rows.string(0), rows.string(1), signInTokenStatusOf(rows.text(2)).value_or(SignInTokenStatus::Revoked),
      rows.time(3),   rows.time(4),   rows.time(5)};
}

void SignInTokens::insert(const SignInToken& token) {
  sql_.changes.touch(token.id);
  sql_.execute(
      "insert into sign_in_tokens (id, user_id, status, expires_at, created_at, updated_at) values ($1, $2, $3, $4, "
      "$5, $6)",
      {token.id, token.userId, nameOf(token.status), token.expiresAt, token.createdAt, token.updatedAt});
}

bool SignInTokens::accept(std::string_view id, Time now) {
  return sql_.execute(
             "update sign_in_tokens set status = 'accepted', updated_at = $2 where id = $1 and status = 'pending' and "
             "expires_at > $2",
             {id, now}) > 0;
}

bool SignInTokens::revoke(std::string_view id, Time now) {
  sql_.changes.touch(id);
  return sql_.execute(
             "update sign_in_tokens set status = 'revoked', updated_at = $2 where id = $1 and status = 'pending'",
             {id, now}) > 0;
}

void HandshakeNonces::insert(std::string_view digest, std::string_view payload, Time expiresAt) {
  sql_.execute("insert into handshake_nonces (digest, payload, expires_at) values ($1, $2, $3)",
               {digest, payload, expiresAt});
}

std::optional<std::string> HandshakeNonces::take(std::string_view digest, Time now) {
  auto rows = sql_.query("delete from handshake_nonces where digest = $1 returning payload, expires_at", {digest});
  if (!rows.next()) return std::nullopt;
  auto payload = rows.time(1) > now ? std::optional(rows.string(0)) : std::nullopt;
  while (rows.next()) {
  }
  return payload;
}

std::int64_t HandshakeNonces::eraseExpired(Time now, std::int64_t limit) {
  return sql_.execute(
      "delete from handshake_nonces where digest in (select digest from handshake_nonces where expires_at <= $1 "
      "order by expires_at limit $2)",
      {now, limit});
}

}  // namespace clerk::instance
