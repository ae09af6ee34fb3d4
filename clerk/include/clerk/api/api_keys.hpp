#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.apiKeys`: API key operations. See Clerk docs: "Backend API".

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

struct GetAPIKeyListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::string subject = {};
  std::optional<bool> includeInvalid = {};
};

struct CreateAPIKeyParams {
  std::string name = {};
  std::string subject = {};
  Field<std::string> description = {};
  Field<boost::json::value> claims = {};
  Field<std::vector<std::string>> scopes = {};
  Field<std::string> createdBy = {};
  Field<std::int64_t> secondsUntilExpiration = {};
};

struct UpdateAPIKeyParams {
  std::string apiKeyId = {};
  Field<std::string> subject = {};
  Field<std::string> description = {};
  Field<boost::json::value> claims = {};
  Field<std::vector<std::string>> scopes = {};
  Field<std::int64_t> secondsUntilExpiration = {};
};

struct RevokeAPIKeyParams {
  std::string apiKeyId = {};
  Field<std::string> revocationReason = {};
};

/// Errors and threads: see BackendApi.
class APIKeysAPI {
 public:
  explicit APIKeysAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /api_keys
  async::Task<PaginatedResourceResponse<APIKey>> list(GetAPIKeyListParams params, CallOptions call = {}) const;
  /// POST /api_keys
  async::Task<APIKey> create(CreateAPIKeyParams params, CallOptions call = {}) const;
  /// GET /api_keys/{apiKeyId}
  async::Task<APIKey> get(std::string apiKeyId, CallOptions call = {}) const;
  /// PATCH /api_keys/{apiKeyId}
  async::Task<APIKey> update(UpdateAPIKeyParams params, CallOptions call = {}) const;
  /// DELETE /api_keys/{apiKeyId}
  async::Task<DeletedObject> del(std::string apiKeyId, CallOptions call = {}) const;
  /// POST /api_keys/{apiKeyId}/revoke
  async::Task<APIKey> revoke(RevokeAPIKeyParams params, CallOptions call = {}) const;
  /// GET /api_keys/{apiKeyId}/secret
  async::Task<APIKeySecret> getSecret(std::string apiKeyId, CallOptions call = {}) const;
  /// POST /api_keys/verify
  async::Task<APIKey> verify(std::string secret, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
