#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.oauthApplications`: OAuth application operations. See Clerk docs: "Backend API".

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

struct GetOAuthApplicationListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::optional<std::string> nameQuery = {};
  std::optional<std::string> orderBy = {};
};

struct CreateOAuthApplicationParams {
  std::string name = {};
  Field<std::vector<std::string>> redirectUris = {};
  Field<std::string> scopes = {};
  Field<bool> public_ = {};
};

struct UpdateOAuthApplicationParams {
  Field<std::string> name = {};
  Field<std::vector<std::string>> redirectUris = {};
  Field<std::string> scopes = {};
  Field<bool> public_ = {};
  std::string oauthApplicationId = {};
};

struct RevokeOAuthTokenParams {
  std::string oauthApplicationId = {};
  std::string token = {};
};

/// Errors and threads: see BackendApi.
class OAuthApplicationAPI {
 public:
  explicit OAuthApplicationAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/oauth_applications
  async::Task<PaginatedResourceResponse<OAuthApplication>> list(
      GetOAuthApplicationListParams params = {}, CallOptions call = {}) const;
  /// GET /v1/oauth_applications/{oauthApplicationId}
  async::Task<OAuthApplication> get(std::string oauthApplicationId, CallOptions call = {}) const;
  /// POST /v1/oauth_applications
  async::Task<OAuthApplication> create(CreateOAuthApplicationParams params, CallOptions call = {}) const;
  /// PATCH /v1/oauth_applications/{oauthApplicationId}
  async::Task<OAuthApplication> update(UpdateOAuthApplicationParams params, CallOptions call = {}) const;
  /// DELETE /v1/oauth_applications/{oauthApplicationId}
  async::Task<DeletedObject> del(std::string oauthApplicationId, CallOptions call = {}) const;
  /// POST /v1/oauth_applications/{oauthApplicationId}/rotate_secret
  async::Task<OAuthApplication> rotateSecret(std::string oauthApplicationId, CallOptions call = {}) const;
  /// POST /v1/oauth_applications/{oauthApplicationId}/revoke_token
  async::Task<void> revokeToken(RevokeOAuthTokenParams params, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
