#pragma once
// What a request says that matters for authentication, read when it is first asked for.

#include "auth/configuration.hpp"
#include "jwt/verify_jwt.hpp"
#include "url/url.hpp"

#include <clerk/authenticate_request.hpp>

#include <forward_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk::auth {

/// The request's URL at the host that the browser asked for.
url::Url effectiveUrlOf(const RequestView& request, bool trustForwardedHeaders);

/// The token of an Authorization header: what follows `Bearer`, or a lone piece without a scheme.
std::optional<std::string_view> tokenOf(std::string_view authorization);

/// JavaScript's parseInt, with 0 for what is no number.
double integerOf(std::string_view text);

/// One request on its way to a decision.
class RequestContext {
 public:
  RequestContext(const RequestView& request, std::shared_ptr<const Configuration> configuration);

  const Configuration& configuration() const noexcept { return *configuration_; }
  const std::shared_ptr<const Configuration>& sharedConfiguration() const noexcept { return configuration_; }
  const AuthenticateRequestOptions& options() const noexcept { return configuration_->options; }
  const RequestView& request() const noexcept { return request_; }
  const Runtime& runtime() const noexcept { return *configuration_->runtime; }

  bool isGet() const noexcept { return request_.method == "GET"; }
  /// The value, or empty.
  std::string_view header(std::string_view lowerCaseName) const;
  std::optional<std::string_view> headerToken() const noexcept { return headerToken_; }

  const url::Url& url() const;
  const url::SearchParams& query() const;
  /// The proxy's URL for this request, absolute; empty when there is none.
  const std::string& proxyUrl() const;
  /// Where browsers reach the Frontend API: the proxy, or the key's host.
  std::string frontendApi() const;

  /// What session tokens of this request are checked against.
  SessionChecks sessionChecks() const;

  // Cookies; absent when missing or empty.
  std::optional<std::string_view> cookie(std::string_view name) const;
  /// Whether the cookies with the instance's suffix are the ones in use (the table of section 3.2).
  bool usesSuffixedCookies() const;
  std::optional<std::string_view> sessionCookie() const;
  double clientUat() const;
  std::optional<std::string_view> refreshCookie() const;
  /// From the query, else from the cookie.
  std::optional<std::string_view> devBrowserToken() const;
  std::optional<std::string_view> handshakeNonce() const { return queryOrCookie("__clerk_handshake_nonce"); }
  std::optional<std::string_view> handshakeToken() const { return queryOrCookie("__clerk_handshake"); }
  /// How often the browser was sent to a handshake lately.
  double redirectCount() const;

  /// A token of this request, read once however often it is asked for. `token` must live as long as the request.
  const BegunVerification& begin(std::string_view token) const;

  /// What an auth object keeps. `token` is that of a machine.
  std::shared_ptr<const AuthContext> authContext(std::string token, std::string reason) const;
  /// The same for a session with this token, which its claims know.
  std::shared_ptr<const AuthContext> authContextOfSession(std::string_view token) const;

 private:
  /// Names and values as they came; only those that can be Clerk's.
  using Cookies = std::vector<std::pair<std::string_view, std::string_view>>;
  const Cookies& cookies() const;
  std::optional<std::string_view> queryOrCookie(std::string_view name) const;
  bool decideSuffixed() const;
  bool mayHaveQuery(std::string_view name) const;

  const RequestView& request_;
  std::shared_ptr<const Configuration> configuration_;
  std::optional<std::string_view> headerToken_;
  mutable std::optional<url::Url> url_;
  mutable std::optional<url::SearchParams> query_;
  mutable std::optional<std::string> proxyUrl_;
  mutable std::vector<std::string> issuers_;
  mutable std::optional<Cookies> cookies_;
  mutable std::forward_list<std::string> decoded_;
  mutable std::optional<bool> suffixed_;
  mutable std::forward_list<std::pair<std::string_view, BegunVerification>> begun_;
};

}  // namespace clerk::auth
