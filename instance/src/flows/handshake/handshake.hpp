#pragma once
// The handshake: a backend that cannot tell who its visitor is sends the browser here, and gets cookies to set.

#include "flows/client/client.hpp"

namespace clerk::instance {

struct HandshakeFields {
  /// `azp` of the token: the origin of the URL that the browser goes back to. Whether that URL may be gone back to is
  /// the caller's to check, since a JWT in its query would hand the session over.
  std::string authorizedParty;
  /// Absent: keep. Empty: the personal account. One that is unknown or not the user's changes nothing.
  std::optional<std::string> organizationId;
};

/// What the backend's cookies must say.
struct HandshakeState {
  std::int64_t clientUat = 0;  ///< `__client_uat`, seconds
  std::string sessionToken;    ///< `__session`; empty: signed out
  std::string refreshToken;    ///< of the session; empty when there is none
  std::string devBrowser;      ///< `__clerk_db_jwt`, made here when there was none; empty in production
};
async::Task<HandshakeState> shakeHands(Core& core, Visitor& visitor, HandshakeFields fields);

/// Keeps Set-Cookie texts under a nonce that can be exchanged once, within a minute.
async::Task<std::string> keepDirectives(Core& core, std::vector<std::string> directives);
/// What was kept, once (`GET /v1/clients/handshake_payload`). Errors: `resource_not_found`.
async::Task<Outcome<std::vector<std::string>>> takeDirectives(Core& core, std::string nonce);
/// The older form: the texts as a signed token (`{"handshake": […]}`).
async::Task<std::string> handshakeToken(Core& core, std::vector<std::string> directives);

}  // namespace clerk::instance
