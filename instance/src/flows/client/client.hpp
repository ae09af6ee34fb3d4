#pragma once
// The client of a browser: recognising it, reading its state, ending it.

#include "flows/core.hpp"
#include "model/organization.hpp"
#include "model/page.hpp"
#include "model/sign_in.hpp"
#include "model/sign_up.hpp"
#include "model/user.hpp"

#include <async/task.hpp>

#include <optional>
#include <string>
#include <vector>

namespace clerk::instance {

/// Finds out who sends a request. Never fails for garbage: that is no client. In development a development browser that
/// nobody made is `dev_browser_unauthenticated`.
async::Task<Outcome<Visitor>> identifyVisitor(Core& core, Credentials credentials);

/// Makes a development browser (`POST /v1/dev_browser`): an id that stands for a browser that cannot keep our cookies.
async::Task<std::string> createDevBrowser(Core& core);

/// Makes the visitor a client if it has none.
async::Task<> ensureClient(Core& core, Visitor& visitor);

/// The value of the `__client` cookie for the visitor. Signs only if the value that was presented is no longer right.
/// Empty when it has no client (then a cookie that it may have is to go), and when a parallel request has just replaced
/// the token
/// (`visitor.client` is set then): that one's answer brings the new cookie, so this one must leave the cookie alone.
async::Task<std::string> clientTokenFor(Core& core, Visitor& visitor);

/// A session with what a client shows of it.
struct SessionState {
  Session session;
  User user;
  /// A fresh session token; empty for a session that is not live.
  std::string token{};
  std::vector<Membership> memberships{};

  /// In the organization that is active; absent in the personal account.
  std::optional<Membership> activeMembership() const;
};

/// A sign-in with what can be tried next.
struct SignInState {
  SignIn signIn;
  /// Whose account it is; absent before identification and for unknown identifiers under enumeration protection.
  /// Clients are shown `user_data` of it, and only where `showsUserData`.
  std::optional<User> user;
  bool showsUserData = false;
  std::vector<Factor> firstFactors;
  std::vector<Factor> secondFactors;
};

/// All that Clerk's Client object tells.
struct ClientState {
  Client client;
  std::vector<SessionState> sessions;  ///< Active and Pending only, oldest first
  std::optional<SignInState> signIn;
  std::optional<SignUp> signUp;
};

/// The visitor's client, complete, with a fresh token for each session; absent when it has none. `__client_uat` is
/// `clientUat` of it.
async::Task<std::optional<ClientState>> readClient(Core& core, const Visitor& visitor);

/// Whole seconds for `__client_uat`: 0 when nobody is signed in.
std::int64_t clientUat(const ClientState& state) noexcept;
/// The same for a visitor, without reading sessions' users; for answers that do not carry the client.
async::Task<std::int64_t> clientUat(Core& core, const Visitor& visitor);

/// Signs everybody out and keeps the client (`DELETE /v1/client/sessions`).
/// Errors: `client_not_found`.
async::Task<Outcome<Client>> removeClientSessions(Core& core, Visitor& visitor);

/// Signs everybody out and forgets the client (`DELETE /v1/client`); the visitor has none afterwards.
async::Task<Outcome<Client>> destroyClient(Core& core, Visitor& visitor);

// ---- Backend API

/// What the Backend API shows of a client.
struct ClientSummary {
  Client client;
  std::vector<Session> sessions;
};
/// Errors: `resource_not_found`.
async::Task<Outcome<ClientSummary>> getClient(Core& core, std::string clientId);
async::Task<Page<ClientSummary>> listClients(Core& core, PageRequest page);
/// The client whose `__client` token this is (`POST /v1/clients/verify`). Errors: `resource_not_found`.
async::Task<Outcome<ClientSummary>> verifyClient(Core& core, std::string clientToken);

}  // namespace clerk::instance
