#include "store/detours.hpp"

#include "model/names.hpp"

namespace clerk::instance {
namespace {

constexpr NameTable<DetourOwner, 4> names{{
    {DetourOwner::SignIn, "sign_in"},
    {DetourOwner::SignUp, "sign_up"},
    {DetourOwner::User, "user"},
    {DetourOwner::TestRun, "test_run"},
}};

DetourOwner ownerOf(std::string_view name) { return valueIn(names, name).value_or(DetourOwner::SignIn); }

}  // namespace

std::string_view nameOf(DetourOwner owner) noexcept { return nameIn(names, owner); }

void EmailLinks::insert(std::string_view digest, const EmailLink& link) {
  sql_.execute(
      "insert into email_links (digest, verification_id, owner_kind, owner_id, client_id, redirect_url, expires_at) "
      "values ($1, $2, $3, $4, $5, $6, $7)",
      {digest, link.verificationId, nameOf(link.ownerKind), link.ownerId, link.clientId, link.redirectUrl,
       link.expiresAt});
}

std::optional<EmailLink> EmailLinks::find(std::string_view digest) const {
  auto rows = sql_.query(
      "select verification_id, owner_kind, owner_id, client_id, redirect_url, expires_at from email_links where "
      "digest = $1",
      {digest});
  if (!rows.next()) return std::nullopt;
  return EmailLink{rows.string(0), ownerOf(rows.text(1)), rows.string(2), rows.string(3), rows.string(4), rows.time(5)};
}

bool EmailLinks::take(std::string_view digest) {
  return sql_.execute("delete from email_links where digest = $1", {digest}) > 0;
}

std::int64_t EmailLinks::eraseExpired(Time before, std::int64_t limit) {
  return sql_.execute(
      "delete from email_links where digest in (select digest from email_links where expires_at <= $1 order by "
      "expires_at limit $2)",
      {before, limit});
}

void OauthStates::insert(std::string_view digest, const OauthState& state) {
  sql_.execute(
      "insert into oauth_states (digest, strategy, owner_kind, owner_id, client_id, verification_id, nonce, "
      "code_verifier, redirect_url, complete_url, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      {digest, state.strategy, nameOf(state.ownerKind), state.ownerId, state.clientId, state.verificationId,
       state.nonce, state.codeVerifier, state.redirectUrl, state.completeUrl, state.expiresAt});
}

namespace {

#define CLERK_OAUTH_STATE_COLUMNS                                                                                  \
  "strategy, owner_kind, owner_id, client_id, verification_id, nonce, code_verifier, redirect_url, complete_url, " \
  "expires_at"

std::optional<OauthState> readState(sql::Rows rows, Time now) {
  if (!rows.next()) return std::nullopt;
  OauthState state{rows.string(0), ownerOf(rows.text(1)), rows.string(2), rows.string(3), rows.string(4),
                   rows.string(5), rows.string(6),        rows.string(7), rows.string(8), rows.time(9)};
  while (rows.next()) {
  }
  if (state.expiresAt <= now) return std::nullopt;
  return state;
}

}  // namespace

std::optional<OauthState> OauthStates::find(std::string_view digest, Time now) const {
  return readState(sql_.query("select " CLERK_OAUTH_STATE_COLUMNS " from oauth_states where digest = $1", {digest}),
                   now);
}

std::optional<OauthState> OauthStates::take(std::string_view digest, Time now) {
  return readState(
      sql_.query("delete from oauth_states where digest = $1 returning " CLERK_OAUTH_STATE_COLUMNS, {digest}), now);
}

std::int64_t OauthStates::eraseExpired(Time before, std::int64_t limit) {
  return sql_.execute(
      "delete from oauth_states where digest in (select digest from oauth_states where expires_at <= $1 order by "
      "expires_at limit $2)",
      {before, limit});
}

}  // namespace clerk::instance
