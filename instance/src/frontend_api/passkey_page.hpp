#pragma once
// Which page asks for a passkey.

#include "flows/passkeys/passkeys.hpp"
#include "frontend_api/operation.hpp"

namespace clerk::instance::frontend_api {

/// The page that the request comes from, when it is on this machine, at the portal or at an allowed origin: passkeys
/// belong to its host.
PasskeyPage passkeyPage(const Call& call);

}  // namespace clerk::instance::frontend_api
