#pragma once
// The outcomes of authenticateRequest and their headers.

#include "auth/request_context.hpp"

#include <clerk/authenticate_request.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk::auth {

using Headers = std::vector<std::pair<std::string, std::string>>;

RequestState signedIn(const RequestContext& context, SessionClaims claims, std::string token, Headers headers = {});
RequestState signedInMachine(const RequestContext& context, std::shared_ptr<const MachineToken> token);
RequestState signedOut(const RequestContext& context, std::string_view reason, std::string message = {},
                       Headers headers = {}, TokenType type = TokenType::SessionToken);
/// The token's type is not among several that are accepted.
RequestState invalidTokenType(const RequestContext& context);
/// The browser is sent to where `headers` say; without a location, to the Frontend API.
RequestState handshake(const RequestContext& context, std::string_view reason, std::string message, Headers headers);

/// Whether a text may be the value of a header: Latin-1 without line breaks and NUL.
bool isHeaderValue(std::string_view text);

}  // namespace clerk::auth
