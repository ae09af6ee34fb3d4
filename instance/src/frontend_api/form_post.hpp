#pragma once
// An answer for an application that the browser posts to it by itself (OAuth 2.0 Form Post Response Mode).

#include "flows/oauth/authorization.hpp"
#include "wire/json.hpp"

namespace fastify {
class Reply;
}

namespace clerk::instance::frontend_api {

/// The response as an operation gives it: the address, or `{"action", "fields": [[name, value], …]}`.
wire::Json departure(const AuthorizationResponse& response);

/// A page whose form is sent at once. `form` is what departure() made.
void sendFormPost(fastify::Reply& reply, const wire::Json& form);

}  // namespace clerk::instance::frontend_api
