#pragma once
// An expired session is renewed with its refresh token, without the browser.

#include "auth/request_context.hpp"
#include "auth/request_state.hpp"

#include <async/task.hpp>

#include <string>
#include <variant>

namespace clerk::auth {

/// Why it was not renewed: `fetch-error`, an API error's code, …
struct NotRefreshed {
  std::string why;
};
struct Refreshed {
  SessionClaims claims;
  std::string token;
  Headers headers;
};

async::Task<std::variant<Refreshed, NotRefreshed>> refreshSession(const RequestContext& context,
                                                                  std::string expiredToken);

}  // namespace clerk::auth
