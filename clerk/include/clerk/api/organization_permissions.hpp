#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.organizationPermissions`: Permission operations. See Clerk docs: "Backend API".

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

struct GetOrganizationPermissionListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::optional<std::string> query = {};
  std::optional<std::string> orderBy = {};
};

struct CreateOrganizationPermissionParams {
  std::string name = {};
  std::string key = {};
  Field<std::string> description = {};
};

struct UpdateOrganizationPermissionParams {
  std::string permissionId = {};
  Field<std::string> name = {};
  Field<std::string> key = {};
  Field<std::string> description = {};
};

/// Errors and threads: see BackendApi.
class OrganizationPermissionAPI {
 public:
  explicit OrganizationPermissionAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/organization_permissions
  async::Task<PaginatedResourceResponse<Permission>> getOrganizationPermissionList(
      GetOrganizationPermissionListParams params = {}, CallOptions call = {}) const;
  /// GET /v1/organization_permissions/{permissionId}
  async::Task<Permission> getOrganizationPermission(std::string permissionId, CallOptions call = {}) const;
  /// POST /v1/organization_permissions
  async::Task<Permission> createOrganizationPermission(
      CreateOrganizationPermissionParams params, CallOptions call = {}) const;
  /// PATCH /v1/organization_permissions/{permissionId}
  async::Task<Permission> updateOrganizationPermission(
      UpdateOrganizationPermissionParams params, CallOptions call = {}) const;
  /// DELETE /v1/organization_permissions/{permissionId}
  async::Task<DeletedObject> deleteOrganizationPermission(std::string permissionId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
