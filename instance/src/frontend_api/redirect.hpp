#pragma once
// Where a browser may be sent back to.

#include "api/web_address.hpp"
#include "frontend_api/operation.hpp"

namespace clerk::instance::frontend_api {

/// The `redirect_url` of the query. Errors: `missing_query_parameter`, `invalid_redirect_url`, `invalid_handshake` for
/// one that is neither on this machine nor at the portal nor at an allowed origin: with a development key the address
/// gets a secret in its query, and with any key it would make the instance a redirector for everybody.
Outcome<api::WebAddress> redirectTarget(const Call& call);

/// The same for an address of a form, to which a mail's link or a provider leads back; an empty one is none. Errors:
/// `invalid_redirect_url`, `redirect_url_mismatch`.
Outcome<> checkReturnAddress(const Call& call, std::string_view url);

}  // namespace clerk::instance::frontend_api
