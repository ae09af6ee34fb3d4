#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.allowlistIdentifiers`: Allowlist operations. See Clerk docs: "Backend API".

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

struct GetAllowlistIdentifierListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
};

struct CreateAllowlistIdentifierParams {
  std::string identifier = {};
  bool notify = false;
};

/// Errors and threads: see BackendApi.
class AllowlistIdentifierAPI {
 public:
  explicit AllowlistIdentifierAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/allowlist_identifiers?paginated=true
  async::Task<PaginatedResourceResponse<AllowlistIdentifier>> getAllowlistIdentifierList(
      GetAllowlistIdentifierListParams params = {}, CallOptions call = {}) const;
  /// POST /v1/allowlist_identifiers
  async::Task<AllowlistIdentifier> createAllowlistIdentifier(
      CreateAllowlistIdentifierParams params, CallOptions call = {}) const;
  /// DELETE /v1/allowlist_identifiers/{allowlistIdentifierId}
  async::Task<DeletedObject> deleteAllowlistIdentifier(std::string allowlistIdentifierId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
