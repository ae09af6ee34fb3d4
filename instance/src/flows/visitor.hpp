#pragma once
// Who is on the other side of a Frontend API request.

#include "model/client.hpp"
#include "model/session.hpp"

#include <optional>
#include <string>

namespace clerk::instance {

/// What a browser presented.
struct Credentials {
  /// The client token: from the `__client` cookie, or from `Authorization` in native apps. Empty when there was none.
  std::string clientToken;
  /// `__clerk_db_jwt` from the query, else from the cookie. Empty when there was none; only development instances ask.
  std::string devBrowser;
  /// The `Origin` header: becomes `azp` of session tokens. Empty when there was none.
  std::string origin;
  /// From where and with what: address, and the browser as its User-Agent tells.
  SessionActivity activity;
};

/// One request's visitor. Flows take it by reference and keep it in step: after a flow it tells which client the
/// browser has now and which token it must be given. Lives as long as the request.
struct Visitor {
  std::optional<Client> client;
  /// Set when the development browser is known.
  std::string devBrowser;
  /// The client token as presented, if it was the client's current one then.
  std::string clientToken;
  /// The secret half of a client token that was made in this request: the browser must be given it.
  std::string newRotatingToken;
  /// The token that was presented has been replaced a moment ago, by a request whose answer carries the new one.
  bool superseded = false;
  std::string origin;
  SessionActivity activity;
};

}  // namespace clerk::instance
