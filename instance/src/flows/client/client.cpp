#include "flows/client/client.hpp"

#include "flows/client/client_draft.hpp"
#include "flows/organization/active_organization.hpp"
#include "flows/sign_in/factors.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "settings/keys.hpp"

#include <algorithm>
#include <utility>

namespace clerk::instance {
namespace {

/// Longer ones are nobody's.
constexpr std::size_t maxDevBrowserLength = 128;

/// What one look-up tells about a visitor.
struct Recognised {
  bool devBrowserKnown = false;
  std::optional<Client> devBrowserClient;
  std::optional<Clients::Match> byToken;
};

Recognised recognise(const Core& core, const Transaction& tx, const Credentials& credentials,
                     const std::optional<ClientSecret>& secret) {
  Recognised recognised;
  const auto clients = tx.clients();
  if (!credentials.devBrowser.empty() && credentials.devBrowser.size() <= maxDevBrowserLength) {
    const auto digest = devBrowserDigest(core, credentials.devBrowser);
    recognised.devBrowserKnown = clients.devBrowserExists(digest);
    if (recognised.devBrowserKnown) recognised.devBrowserClient = clients.findByDevBrowser(digest);
  }
  if (secret) {
    recognised.byToken =
        clients.findByToken(secret->clientId, rotatingTokenDigest(core, secret->rotatingToken), core.now());
  }
  return recognised;
}

void takeToken(Visitor& visitor, const Clients::Match& match, std::string token) {
  if (match.current) {
    visitor.clientToken = std::move(token);
  } else {
    visitor.superseded = true;
  }
}

/// In a development browser, that one decides who it is: its cookies may be another site's (Clerk docs: "Development
/// browser"). A token is then only good for not having to make a new one.
void recogniseByDevBrowser(Visitor& visitor, Recognised recognised, Credentials& credentials) {
  visitor.devBrowser = std::move(credentials.devBrowser);
  visitor.client = std::move(recognised.devBrowserClient);
  if (visitor.client && recognised.byToken && recognised.byToken->client.id == visitor.client->id) {
    takeToken(visitor, *recognised.byToken, std::move(credentials.clientToken));
  }
}

/// What a client shows, but for the tokens.
ClientState readState(const Core& core, const Transaction& tx, Client client) {
  ClientState state;
  const Time now = core.now();
  for (auto& session : tx.sessions().liveOfClient(client.id, now)) {
    auto user = tx.users().find(session.userId);
    if (!user) continue;
    auto memberships = membershipsOf(core, tx, session);
    state.sessions.push_back({std::move(session), *std::move(user), "", std::move(memberships)});
  }
  if (client.signInId) {
    if (auto signIn = tx.signIns().find(*client.signInId); signIn && signIn->statusAt(now) != SignInStatus::Abandoned) {
      auto user = signIn->userId ? tx.users().find(*signIn->userId) : std::nullopt;
      state.signIn = signInStateOf(core, *std::move(signIn), std::move(user));
      offerConnection(tx, *state.signIn);
    }
  }
  if (client.signUpId) {
    auto signUp = tx.signUps().find(*client.signUpId);
    if (signUp && signUp->statusAt(now) != SignUpStatus::Abandoned) state.signUp = std::move(signUp);
  }
  state.client = std::move(client);
  return state;
}

async::Task<> mintTokens(Core& core, std::vector<SessionState>& sessions, std::string authorizedParty) {
  std::vector<async::Task<std::string>> mints;
  for (const auto& state : sessions) {
    mints.push_back(
        core.tokens().sessionToken(state.session, {authorizedParty, std::nullopt, state.activeMembership()}));
  }
  for (std::size_t i = 0; i < sessions.size(); ++i) sessions[i].token = co_await mints[i];
}

ClientSummary summaryOf(const Transaction& tx, Client client) {
  auto sessions = tx.sessions().list({.clientId = client.id}, {.limit = 100}).data;
  std::ranges::reverse(sessions);
  return {std::move(client), std::move(sessions)};
}

/// A cookie that is used does not run out; written once a day.
void extendCookie(Core& core, Client& client) {
  const Time full = core.now() + core.settings().lifetimes.clientCookie;
  if (full - client.cookieExpiresAt < std::chrono::days(1)) return;
  client.cookieExpiresAt = full;
  core.store().writeLater([id = client.id, full](Transaction& tx) { tx.clients().extendCookie(id, full); });
}

void forget(Visitor& visitor) {
  visitor.client.reset();
  visitor.clientToken.clear();
  visitor.newRotatingToken.clear();
  visitor.superseded = false;
}

}  // namespace

std::optional<Membership> SessionState::activeMembership() const {
  const auto active = std::ranges::find_if(memberships, [&](const Membership& membership) {
    return membership.organization.id == session.lastActiveOrganizationId;
  });
  return active == memberships.end() ? std::nullopt : std::optional(*active);
}

async::Task<Outcome<Visitor>> identifyVisitor(Core& core, Credentials credentials) {
  Visitor visitor;
  visitor.origin = std::move(credentials.origin);
  visitor.activity = std::move(credentials.activity);
  if (!core.settings().isDevelopment()) credentials.devBrowser.clear();
  const auto secret = readClientToken(credentials.clientToken);
  if (!secret && credentials.devBrowser.empty()) co_return visitor;

  auto recognised =
      co_await core.store().read([&](const Transaction& tx) { return recognise(core, tx, credentials, secret); });
  if (recognised.devBrowserKnown) {
    recogniseByDevBrowser(visitor, std::move(recognised), credentials);
    co_return visitor;
  }
  // Clients ask for a new one by themselves only if the host makes them ask for one at all.
  if (!credentials.devBrowser.empty() && hasDevelopmentSuffix(core.settings().frontendApiHost)) {
    co_return Failure(errors::devBrowserUnauthenticated());
  }
  if (recognised.byToken) {
    takeToken(visitor, *recognised.byToken, std::move(credentials.clientToken));
    visitor.client = std::move(recognised.byToken->client);
  }
  co_return visitor;
}

async::Task<std::string> createDevBrowser(Core& core) {
  const Time now = core.now();
  auto devBrowser = newId(id::devBrowser, now, core.random());
  co_await core.store().transact([digest = devBrowserDigest(core, devBrowser), now](Transaction& tx) {
    tx.clients().insertDevBrowser(digest, std::nullopt, now);
  });
  co_return devBrowser;
}

async::Task<> ensureClient(Core& core, Visitor& visitor) {
  if (visitor.client) co_return;
  const ClientDraft draft(core, visitor);
  co_await core.store().transact([&](Transaction& tx) { draft.insert(tx); });
  draft.give(visitor);
}

async::Task<std::string> clientTokenFor(Core& core, Visitor& visitor) {
  if (!visitor.client || visitor.superseded) co_return "";
  extendCookie(core, *visitor.client);
  const std::string clientId = visitor.client->id;
  if (!visitor.clientToken.empty()) {
    // A parallel request may have changed the secret since: then its answer brings the new token, and ours must not
    // overwrite that one.
    const auto secret = readClientToken(visitor.clientToken);
    const auto match = co_await core.store().read([&](const Transaction& tx) {
      return tx.clients().findByToken(clientId, rotatingTokenDigest(core, secret ? secret->rotatingToken : ""),
                                      core.now());
    });
    co_return match && match->current ? visitor.clientToken : "";
  }
  if (visitor.newRotatingToken.empty()) {
    // Known by its development browser alone.
    auto rotatingToken = newRotatingToken(core);
    co_await core.store().transact(
        [&](Transaction& tx) { rotateClientToken(core, tx, clientId, rotatingToken, core.now()); });
    visitor.newRotatingToken = std::move(rotatingToken);
  }
  boost::json::object claims{{"id", clientId}, {"rotating_token", visitor.newRotatingToken}};
  visitor.clientToken = co_await core.tokens().sign(std::move(claims), token_class::session);
  co_return visitor.clientToken;
}

async::Task<std::optional<ClientState>> readClient(Core& core, const Visitor& visitor) {
  if (!visitor.client) co_return std::nullopt;
  auto state = co_await core.store().read([&](const Transaction& tx) -> std::optional<ClientState> {
    auto client = tx.clients().find(visitor.client->id);
    if (!client) return std::nullopt;
    return readState(core, tx, *std::move(client));
  });
  if (state) co_await mintTokens(core, state->sessions, visitor.origin);
  co_return state;
}

std::int64_t clientUat(const ClientState& state) noexcept {
  return state.sessions.empty() ? 0 : toSeconds(state.client.updatedAt);
}

async::Task<std::int64_t> clientUat(Core& core, const Visitor& visitor) {
  if (!visitor.client) co_return 0;
  co_return co_await core.store().read([&](const Transaction& tx) -> std::int64_t {
    const auto client = tx.clients().find(visitor.client->id);
    if (!client || !tx.sessions().clientHasLive(client->id, core.now())) return 0;
    return toSeconds(client->updatedAt);
  });
}

async::Task<Outcome<Client>> removeClientSessions(Core& core, Visitor& visitor) {
  if (!visitor.client) co_return Failure(errors::clientNotFound());
  const Time now = core.now();
  auto rotatingToken = newRotatingToken(core);
  auto client = co_await core.store().transact([&](Transaction& tx) {
    tx.sessions().endAllOfClient(visitor.client->id, SessionStatus::Removed, now);
    tx.clients().setActiveSession(visitor.client->id, std::nullopt, now);
    rotateClientToken(core, tx, visitor.client->id, rotatingToken, now);
    return tx.clients().find(visitor.client->id);
  });
  if (!client) co_return Failure(errors::clientNotFound());
  giveRotated(visitor, *client, std::move(rotatingToken));
  co_return *std::move(client);
}

async::Task<Outcome<Client>> destroyClient(Core& core, Visitor& visitor) {
  if (!visitor.client) co_return Failure(errors::clientNotFound());
  Client client = *visitor.client;
  co_await core.store().transact([&](Transaction& tx) {
    tx.sessions().endAllOfClient(client.id, SessionStatus::Ended, core.now());
    tx.clients().erase(client.id);
  });
  forget(visitor);
  co_return client;
}

async::Task<Outcome<ClientSummary>> getClient(Core& core, std::string clientId) {
  auto summary = co_await core.store().read([&](const Transaction& tx) -> std::optional<ClientSummary> {
    auto client = tx.clients().find(clientId);
    if (!client) return std::nullopt;
    return summaryOf(tx, *std::move(client));
  });
  if (!summary) co_return Failure(errors::clientNotFoundById(clientId));
  co_return *std::move(summary);
}

async::Task<Page<ClientSummary>> listClients(Core& core, PageRequest page) {
  co_return co_await core.store().scan([page](const Transaction& tx) {
    auto clients = tx.clients().list(page);
    Page<ClientSummary> summaries;
    summaries.totalCount = clients.totalCount;
    for (auto& client : clients.data) summaries.data.push_back(summaryOf(tx, std::move(client)));
    return summaries;
  });
}

async::Task<Outcome<ClientSummary>> verifyClient(Core& core, std::string clientToken) {
  const auto secret = readClientToken(clientToken);
  if (!secret) co_return Failure(errors::resourceNotFound());
  auto summary = co_await core.store().read([&](const Transaction& tx) -> std::optional<ClientSummary> {
    auto match =
        tx.clients().findByToken(secret->clientId, rotatingTokenDigest(core, secret->rotatingToken), core.now());
    if (!match) return std::nullopt;
    return summaryOf(tx, std::move(match->client));
  });
  if (!summary) co_return Failure(errors::resourceNotFound());
  co_return *std::move(summary);
}

}  // namespace clerk::instance
