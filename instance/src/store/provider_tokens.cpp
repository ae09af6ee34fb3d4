#include "store/provider_tokens.hpp"

namespace clerk::instance {
namespace {

// The order is that of readTokens().
#define CLERK_PROVIDER_TOKEN_COLUMNS \
  "account_id, user_id, access_token, refresh_token, id_token, scopes, expires_at, updated_at"

ProviderTokens readTokens(const sql::Rows& row) {
  return {.accountId = row.string(0),
          .userId = row.string(1),
          .accessToken = row.string(2),
          .refreshToken = row.string(3),
          .idToken = row.string(4),
          .scopes = row.string(5),
          .expiresAt = row.optionalTime(6),
          .updatedAt = row.time(7)};
}

}  // namespace

void ProviderTokenTable::put(const ProviderTokens& tokens) {
  sql_.execute("insert into provider_tokens (" CLERK_PROVIDER_TOKEN_COLUMNS
               ") values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (account_id) do update set access_token = "
               "excluded.access_token, refresh_token = excluded.refresh_token, id_token = excluded.id_token, scopes = "
               "excluded.scopes, expires_at = excluded.expires_at, updated_at = excluded.updated_at",
               {tokens.accountId, tokens.userId, tokens.accessToken, tokens.refreshToken, tokens.idToken, tokens.scopes,
                tokens.expiresAt, tokens.updatedAt});
}

std::optional<ProviderTokens> ProviderTokenTable::find(std::string_view accountId) const {
  auto rows =
      sql_.query("select " CLERK_PROVIDER_TOKEN_COLUMNS " from provider_tokens where account_id = $1", {accountId});
  return rows.next() ? std::optional(readTokens(rows)) : std::nullopt;
}

bool ProviderTokenTable::erase(std::string_view accountId) {
  return sql_.execute("delete from provider_tokens where account_id = $1", {accountId}) > 0;
}

std::int64_t ProviderTokenTable::eraseUnclaimed(Time before, std::int64_t limit) {
  return sql_.execute(
      "delete from provider_tokens where account_id in (select account_id from provider_tokens where user_id = '' and "
      "updated_at < $1 limit $2)",
      {before, limit});
}

}  // namespace clerk::instance
