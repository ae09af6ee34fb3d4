#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.roleSets`: Role set operations. See Clerk docs: "Backend API".

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

struct GetRoleSetListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::optional<std::string> query = {};
  std::optional<std::string> orderBy = {};
};

struct CreateRoleSetParams {
  std::string name = {};
  Field<std::string> key = {};
  Field<std::string> description = {};
  std::string defaultRoleKey = {};
  std::string creatorRoleKey = {};
  Field<std::string> type = {};
  std::vector<std::string> roles = {};
};

struct UpdateRoleSetParams {
  std::string roleSetKeyOrId = {};
  Field<std::string> name = {};
  Field<std::string> key = {};
  Field<std::string> description = {};
  Field<std::string> type = {};
  Field<std::string> defaultRoleKey = {};
  Field<std::string> creatorRoleKey = {};
};

struct AddRolesToRoleSetParams {
  std::string roleSetKeyOrId = {};
  std::vector<std::string> roleKeys = {};
  Field<std::string> defaultRoleKey = {};
  Field<std::string> creatorRoleKey = {};
};

struct ReplaceRoleInRoleSetParams {
  std::string roleSetKeyOrId = {};
  std::string roleKey = {};
  std::string toRoleKey = {};
};

struct ReplaceRoleSetParams {
  std::string roleSetKeyOrId = {};
  std::string destRoleSetKey = {};
  Field<boost::json::object> reassignmentMappings = {};
};

/// Errors and threads: see BackendApi.
class RoleSetAPI {
 public:
  explicit RoleSetAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/role_sets
  async::Task<PaginatedResourceResponse<RoleSet>> getRoleSetList(
      GetRoleSetListParams params = {}, CallOptions call = {}) const;
  /// GET /v1/role_sets/{roleSetKeyOrId}
  async::Task<RoleSet> getRoleSet(std::string roleSetKeyOrId, CallOptions call = {}) const;
  /// POST /v1/role_sets
  async::Task<RoleSet> createRoleSet(CreateRoleSetParams params, CallOptions call = {}) const;
  /// PATCH /v1/role_sets/{roleSetKeyOrId}
  async::Task<RoleSet> updateRoleSet(UpdateRoleSetParams params, CallOptions call = {}) const;
  /// POST /v1/role_sets/{roleSetKeyOrId}/roles
  async::Task<RoleSet> addRolesToRoleSet(AddRolesToRoleSetParams params, CallOptions call = {}) const;
  /// POST /v1/role_sets/{roleSetKeyOrId}/roles/replace
  async::Task<RoleSet> replaceRoleInRoleSet(ReplaceRoleInRoleSetParams params, CallOptions call = {}) const;
  /// POST /v1/role_sets/{roleSetKeyOrId}/replace
  async::Task<DeletedObject> replaceRoleSet(ReplaceRoleSetParams params, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
