#pragma once
// The round trip of a document request through the Frontend API, which brings the browser's session up to date.

#include "auth/request_context.hpp"
#include "auth/request_state.hpp"

#include <async/task.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::auth {

/// A page load: only those may be redirected.
bool isHandshakeEligible(const RequestContext& context);

/// Sends the browser to the Frontend API if the request is eligible and does not go round in a loop; else signed out
/// with the same reason. With `headers` it is sent where they say.
RequestState handshakeOrSignedOut(const RequestContext& context, std::string_view reason, std::string message = {},
                                  Headers headers = {});

/// Whether the browser comes back from the Frontend API.
inline bool bringsHandshake(const RequestContext& context) {
  return context.handshakeNonce() || context.handshakeToken();
}

/// What comes back from the Frontend API: Set-Cookie directives with a session token among them. Absent when there is
/// none, or it is of no use (which is logged): the request is then looked at without it. Throws clerk::Error when, in
/// development, the token that carries them does not verify.
async::Task<std::optional<RequestState>> resolveHandshake(const RequestContext& context);

/// The value of the last `__session…` directive; empty when there is none.
std::string sessionTokenOf(const std::vector<std::string>& directives);

}  // namespace clerk::auth
