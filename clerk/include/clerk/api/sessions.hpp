#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.sessions`: Session operations. See Clerk docs: "Backend API".

#include <clerk/api/call_options.hpp>
#include <clerk/api/field.hpp>
#include <clerk/api/resources.hpp>

#include <async/task.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace clerk {

namespace api {
struct ClientContext;
}

struct GetSessionListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::optional<std::string> clientId = {};
  std::optional<std::string> userId = {};
  std::optional<std::string> status = {};
};

struct CreateSessionParams {
  std::string userId = {};
};

struct RefreshSessionParams {
  std::string expired_token = {};
  std::string refresh_token = {};
  std::string request_origin = {};
  Field<std::string> request_originating_ip = {};
  Field<boost::json::object> request_headers = {};
  Field<bool> suffixed_cookies = {};
  Field<std::string> format = {};
};

/// Errors and threads: see BackendApi.
class SessionAPI {
 public:
  explicit SessionAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/sessions?paginated=true
  async::Task<PaginatedResourceResponse<Session>> getSessionList(
      GetSessionListParams params = {}, CallOptions call = {}) const;
  /// GET /v1/sessions/{sessionId}
  async::Task<Session> getSession(std::string sessionId, CallOptions call = {}) const;
  /// POST /v1/sessions
  async::Task<Session> createSession(CreateSessionParams params, CallOptions call = {}) const;
  /// POST /v1/sessions/{sessionId}/revoke
  async::Task<Session> revokeSession(std::string sessionId, CallOptions call = {}) const;
  /// POST /v1/sessions/{sessionId}/verify
  async::Task<Session> verifySession(std::string sessionId, std::string token, CallOptions call = {}) const;
  /// POST /v1/sessions/{sessionId}/tokens/{template}
  /// A new token of the session, from a JWT template when one is named.
  async::Task<Token> getToken(
      std::string sessionId, std::string template_ = {}, std::optional<double> expiresInSeconds = {}, CallOptions call = {}) const;
  /// POST /v1/sessions/{sessionId}/refresh
  /// With `.format = "cookie"` it gives Set-Cookie directives instead of a token.
  async::Task<RefreshedSession> refreshSession(
      std::string sessionId, RefreshSessionParams params, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
