#pragma once
// What a browser is given to be known by: `__client` and `__client_uat`. Contract §2.

#include "frontend_api/operation.hpp"

namespace clerk::instance::frontend_api {

/// Adds the client's cookies to the answer: those of the client that the visitor has now, or their removal when it has
/// none. `clientUat`: seconds, 0 when signed out. For a native app: the token alone, for `Authorization`.
async::Task<> addClientCookies(Call& call, std::int64_t clientUat);

/// Adds `__session` and its suffixed twin; an empty token removes both.
void addSessionCookies(Call& call, std::string_view token);

}  // namespace clerk::instance::frontend_api
