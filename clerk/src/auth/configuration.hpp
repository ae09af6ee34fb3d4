#pragma once
// The options of authenticateRequest with everything that follows from them alone: made once, used by every request.

#include "auth/auth_context.hpp"
#include "auth/organization_sync.hpp"
#include "auth/verify_session.hpp"
#include "request/backend_request.hpp"

#include <clerk/authenticate_request.hpp>
#include <clerk/keys.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clerk::auth {

struct Configuration {
  explicit Configuration(AuthenticateRequestOptions given);

  AuthenticateRequestOptions options;
  std::shared_ptr<Runtime> runtime;
  /// Absent when the publishable key is missing or malformed: each request then says so.
  std::optional<PublishableKey> publishableKey;
  KeySource keys;
  request::Connection connection;
  /// What session tokens' `iss` may be; empty: anything.
  std::vector<std::string> issuers;
  /// They are the instance's own, not given as an option.
  bool areInstanceIssuers = false;
  OrganizationSync organizationSync;
  /// Vercel gives a production deployment a host without a Frontend API of its own: the app then proxies it.
  bool proxiesByItself = false;

  /// What the auth objects of sessions keep whose token came in the header: the same for all. Refers to this
  /// configuration, without keeping it.
  AuthContext inHeader;

  std::string sessionCookie, clientUatCookie, refreshCookie, devBrowserCookie;  // with the instance's suffix

  bool isDevelopment() const noexcept { return publishableKey->instanceType == InstanceType::Development; }
  /// Throws clerk::Error for what no request can be authenticated with.
  void require(std::string_view origin) const;
  /// True when `require` throws for no origin at all.
  bool isUsable = false;

 private:
  bool isUsableFor(std::string_view origin) const;
};

}  // namespace clerk::auth
