#include "store/clients.hpp"

namespace clerk::instance {
namespace {

#define CLERK_CLIENT_COLUMNS                                                                     \
  "c.id, c.sign_in_id, c.sign_up_id, c.last_active_session_id, c.last_authentication_strategy, " \
  "c.cookie_expires_at, c.created_at, c.updated_at"
constexpr int afterClient = 8;

Client readClient(const sql::Rows& row) {
  Client client;
  client.id = row.string(0);
  client.signInId = row.optionalString(1);
  client.signUpId = row.optionalString(2);
  client.lastActiveSessionId = row.optionalString(3);
  client.lastAuthenticationStrategy = row.optionalString(4);
  client.cookieExpiresAt = row.time(5);
  client.createdAt = row.time(6);
  client.updatedAt = row.time(7);
  return client;
}

std::optional<Client> firstClient(sql::Rows rows) {
  return rows.next() ? std::optional(readClient(rows)) : std::nullopt;
}

}  // namespace

std::optional<Client> Clients::find(std::string_view id) const {
  return firstClient(sql_.query("select " CLERK_CLIENT_COLUMNS " from clients c where c.id = $1", {id}));
}

std::optional<Clients::Match> Clients::findByToken(std::string_view id, std::string_view tokenDigest, Time now) const {
  auto rows = sql_.query("select " CLERK_CLIENT_COLUMNS
                         ", c.token_digest = $2 from clients c where c.id = $1 and (c.token_digest = $2 or "
                         "(c.previous_token_digest = $2 and c.previous_valid_until > $3))",
                         {id, tokenDigest, now});
  if (!rows.next()) return std::nullopt;
  return Match{readClient(rows), rows.boolean(afterClient)};
}

Page<Client> Clients::list(const PageRequest& page) const {
  Page<Client> result;
  {
    auto rows = sql_.query("select " CLERK_CLIENT_COLUMNS
                           " from clients c order by c.created_at desc, c.id desc limit $1 offset $2",
                           {page.limit, page.offset});
    while (rows.next()) result.data.push_back(readClient(rows));
  }
  auto rows = sql_.query("select count(*) from clients", {});
  if (rows.next()) result.totalCount = rows.integer(0);
  return result;
}

void Clients::insert(const Client& client, std::string_view tokenDigest) {
  sql_.execute(
      "insert into clients (id, token_digest, sign_in_id, sign_up_id, last_active_session_id, "
      "last_authentication_strategy, cookie_expires_at, created_at, updated_at) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {client.id, tokenDigest, client.signInId, client.signUpId, client.lastActiveSessionId,
       client.lastAuthenticationStrategy, client.cookieExpiresAt, client.createdAt, client.updatedAt});
}

bool Clients::rotate(std::string_view id, std::string_view expectedDigest, std::string_view newDigest,
                     Time overlapUntil) {
  return sql_.execute(
             "update clients set previous_token_digest = token_digest, previous_valid_until = $4, token_digest = $3 "
             "where id = $1 and ($2 = '' or token_digest = $2)",
             {id, expectedDigest, newDigest, overlapUntil}) > 0;
}

void Clients::setSignIn(std::string_view id, std::optional<std::string_view> signInId) {
  sql_.execute("update clients set sign_in_id = $2 where id = $1", {id, signInId});
}

void Clients::setSignUp(std::string_view id, std::optional<std::string_view> signUpId) {
  sql_.execute("update clients set sign_up_id = $2 where id = $1", {id, signUpId});
}

void Clients::setActiveSession(std::string_view id, std::optional<std::string_view> sessionId, Time now) {
  sql_.execute("update clients set last_active_session_id = $2, updated_at = $3 where id = $1", {id, sessionId, now});
}

void Clients::noteAuthentication(std::string_view id, std::string_view strategy) {
  sql_.execute("update clients set last_authentication_strategy = $2 where id = $1", {id, strategy});
}

void Clients::extendCookie(std::string_view id, Time expiresAt) {
  sql_.execute("update clients set cookie_expires_at = $2 where id = $1", {id, expiresAt});
}

bool Clients::erase(std::string_view id) {
  sql_.execute("update dev_browsers set client_id = null where client_id = $1", {id});
  return sql_.execute("delete from clients where id = $1", {id}) > 0;
}

void Clients::insertDevBrowser(std::string_view digest, std::optional<std::string_view> clientId, Time now) {
  sql_.execute("insert into dev_browsers (digest, client_id, created_at) values ($1, $2, $3)", {digest, clientId, now});
}

bool Clients::devBrowserExists(std::string_view digest) const {
  auto rows = sql_.query("select 1 from dev_browsers where digest = $1", {digest});
  return rows.next();
}

std::optional<Client> Clients::findByDevBrowser(std::string_view digest) const {
  return firstClient(sql_.query("select " CLERK_CLIENT_COLUMNS
                                " from dev_browsers d join clients c on c.id = d.client_id where d.digest = $1",
                                {digest}));
}

void Clients::setDevBrowserClient(std::string_view digest, std::optional<std::string_view> clientId) {
  sql_.execute("update dev_browsers set client_id = $2 where digest = $1", {digest, clientId});
}

}  // namespace clerk::instance
