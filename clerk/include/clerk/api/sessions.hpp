#pragma once
// `client.sessions`. See Clerk docs: "Session operations".

#include <clerk/api/resources.hpp>

#include <async/task.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clerk {

namespace api {
struct ClientContext;
}

struct SessionListParams {
  std::optional<std::int64_t> limit;
  std::optional<std::int64_t> offset;
  std::optional<std::string> clientId;
  std::optional<std::string> userId;
  /// `active`, `ended`, `expired`, …
  std::optional<std::string> status;
};

struct CreateSessionParams {
  std::string userId;
};

/// The wire's names, as in Clerk's SDK.
struct RefreshSessionParams {
  std::string expired_token;
  std::string refresh_token;
  std::string request_origin;
  std::optional<std::string> request_originating_ip;
  std::optional<boost::json::object> request_headers;
  std::optional<bool> suffixed_cookies;
  /// `token` or `cookie`.
  std::optional<std::string> format;
};

/// Errors and threads are those of UserAPI.
class SessionAPI {
 public:
  explicit SessionAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  async::Task<PaginatedResourceResponse<Session>> getSessionList(SessionListParams params = {}) const;
  async::Task<Session> getSession(std::string sessionId) const;
  async::Task<Session> createSession(CreateSessionParams params) const;
  async::Task<Session> revokeSession(std::string sessionId) const;
  async::Task<Session> verifySession(std::string sessionId, std::string token) const;
  /// A new token of the session, from a JWT template when one is named.
  async::Task<Token> getToken(std::string sessionId, std::string template_ = {},
                              std::optional<double> expiresInSeconds = {}) const;
  async::Task<RefreshedSession> refreshSession(std::string sessionId, RefreshSessionParams params) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
