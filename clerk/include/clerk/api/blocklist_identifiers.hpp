#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.blocklistIdentifiers`: Blocklist operations. See Clerk docs: "Backend API".

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

struct GetBlocklistIdentifierListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
};

struct CreateBlocklistIdentifierParams {
  std::string identifier = {};
};

/// Errors and threads: see BackendApi.
class BlocklistIdentifierAPI {
 public:
  explicit BlocklistIdentifierAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/blocklist_identifiers
  async::Task<PaginatedResourceResponse<BlocklistIdentifier>> getBlocklistIdentifierList(
      GetBlocklistIdentifierListParams params = {}, CallOptions call = {}) const;
  /// POST /v1/blocklist_identifiers
  async::Task<BlocklistIdentifier> createBlocklistIdentifier(
      CreateBlocklistIdentifierParams params, CallOptions call = {}) const;
  /// DELETE /v1/blocklist_identifiers/{blocklistIdentifierId}
  async::Task<DeletedObject> deleteBlocklistIdentifier(std::string blocklistIdentifierId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
