#include "flows/handshake/handshake.hpp"

#include "flows/client/client_draft.hpp"
#include "flows/organization/active_organization.hpp"
#include "flows/session/session_refresh.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace clerk::instance {
namespace {

constexpr std::size_t nonceLength = 32;

std::string nonceDigest(const Core& core, std::string_view nonce) { return core.digestOf("handshake nonce", nonce); }

boost::json::array arrayOf(const std::vector<std::string>& texts) {
  boost::json::array array;
  for (const auto& text : texts) array.emplace_back(text);
  return array;
}

struct Standing {
  std::optional<Session> session;
  std::int64_t clientUat = 0;
};

/// The session that speaks for the client: its active one while that lives, else the newest that does.
Standing standingOf(const Transaction& tx, const std::string& clientId, Time now) {
  const auto client = tx.clients().find(clientId);
  auto sessions = tx.sessions().liveOfClient(clientId, now);
  if (!client || sessions.empty()) return {};
  auto active = std::ranges::find(sessions, client->lastActiveSessionId.value_or(""), &Session::id);
  if (active == sessions.end()) active = std::prev(sessions.end());
  return {std::move(*active), toSeconds(client->updatedAt)};
}

/// A development browser for a visitor that comes without one.
async::Task<std::string> makeDevBrowser(Core& core, const Visitor& visitor) {
  const Time now = core.now();
  auto devBrowser = newId(id::devBrowser, now, core.random());
  co_await core.store().transact([&](Transaction& tx) {
    std::optional<std::string_view> clientId;
    if (visitor.client) clientId = visitor.client->id;
    tx.clients().insertDevBrowser(devBrowserDigest(core, devBrowser), clientId, now);
  });
  co_return devBrowser;
}

/// The app's address names an organization, by id or slug. One that the user is no member of is passed over: the app
/// finds out by the token.
async::Task<> switchOrganization(Core& core, Session& session, std::string idOrSlug) {
  const auto wanted = co_await core.store().read(
      [&](const Transaction& tx) { return findActivatable(core, tx, session.userId, idOrSlug); });
  if (!wanted || *wanted == session.lastActiveOrganizationId) co_return;
  co_await core.store().transact([&](Transaction& tx) {
    const auto still = findActivatable(core, tx, session.userId, idOrSlug);
    if (still) setActiveOrganization(core, tx, session, *still);
  });
}

}  // namespace

async::Task<HandshakeState> shakeHands(Core& core, Visitor& visitor, HandshakeFields fields) {
  HandshakeState state;
  if (core.settings().isDevelopment()) {
    if (visitor.devBrowser.empty()) visitor.devBrowser = co_await makeDevBrowser(core, visitor);
    state.devBrowser = visitor.devBrowser;
  }
  if (!visitor.client) co_return state;
  auto standing =
      co_await core.store().read([&](const Transaction& tx) { return standingOf(tx, visitor.client->id, core.now()); });
  if (!standing.session) co_return state;
  if (fields.organizationId) co_await switchOrganization(core, *standing.session, *std::move(fields.organizationId));
  auto membership =
      co_await core.store().read([&](const Transaction& tx) { return activeMembership(core, tx, *standing.session); });
  state.clientUat = standing.clientUat;
  state.refreshToken = refreshTokenOf(core, standing.session->id);
  state.sessionToken = co_await core.tokens().sessionToken(
      *std::move(standing.session), {std::move(fields.authorizedParty), std::nullopt, std::move(membership)});
  co_return state;
}

async::Task<std::string> keepDirectives(Core& core, std::vector<std::string> directives) {
  auto nonce = core.random().base62(nonceLength);
  const Time expiresAt = core.now() + core.settings().lifetimes.handshakeNonce;
  co_await core.store().transact([&](Transaction& tx) {
    tx.handshakeNonces().insert(nonceDigest(core, nonce), boost::json::serialize(arrayOf(directives)), expiresAt);
  });
  co_return nonce;
}

async::Task<Outcome<std::vector<std::string>>> takeDirectives(Core& core, std::string nonce) {
  auto payload = co_await core.store().transact(
      [&](Transaction& tx) { return tx.handshakeNonces().take(nonceDigest(core, nonce), core.now()); });
  if (!payload) co_return Failure(errors::resourceNotFound());
  const auto texts = boost::json::parse(*payload);
  std::vector<std::string> directives;
  for (const auto& text : texts.as_array()) {
    directives.emplace_back(std::string_view(text.as_string()));
  }
  co_return directives;
}

async::Task<std::string> handshakeToken(Core& core, std::vector<std::string> directives) {
  co_return co_await core.tokens().sign({{"handshake", arrayOf(directives)}}, token_class::session);
}

}  // namespace clerk::instance
