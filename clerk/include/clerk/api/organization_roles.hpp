#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.organizationRoles`: Role operations. See Clerk docs: "Backend API".

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

struct GetOrganizationRoleListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::optional<std::string> query = {};
  std::optional<std::string> orderBy = {};
};

struct CreateOrganizationRoleParams {
  std::string name = {};
  std::string key = {};
  Field<std::string> description = {};
  Field<std::vector<std::string>> permissions = {};
  Field<bool> includeInInitialRoleSet = {};
};

struct UpdateOrganizationRoleParams {
  std::string organizationRoleId = {};
  Field<std::string> name = {};
  Field<std::string> key = {};
  Field<std::string> description = {};
  Field<std::vector<std::string>> permissions = {};
};

struct AssignPermissionToOrganizationRoleParams {
  std::string organizationRoleId = {};
  std::string permissionId = {};
};

struct RemovePermissionFromOrganizationRoleParams {
  std::string organizationRoleId = {};
  std::string permissionId = {};
};

/// Errors and threads: see BackendApi.
class OrganizationRoleAPI {
 public:
  explicit OrganizationRoleAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/organization_roles
  async::Task<PaginatedResourceResponse<Role>> getOrganizationRoleList(
      GetOrganizationRoleListParams params = {}, CallOptions call = {}) const;
  /// GET /v1/organization_roles/{organizationRoleId}
  async::Task<Role> getOrganizationRole(std::string organizationRoleId, CallOptions call = {}) const;
  /// POST /v1/organization_roles
  async::Task<Role> createOrganizationRole(CreateOrganizationRoleParams params, CallOptions call = {}) const;
  /// PATCH /v1/organization_roles/{organizationRoleId}
  async::Task<Role> updateOrganizationRole(UpdateOrganizationRoleParams params, CallOptions call = {}) const;
  /// DELETE /v1/organization_roles/{organizationRoleId}
  async::Task<DeletedObject> deleteOrganizationRole(std::string organizationRoleId, CallOptions call = {}) const;
  /// POST /v1/organization_roles/{organizationRoleId}/permissions/{permissionId}
  async::Task<Role> assignPermissionToOrganizationRole(
      AssignPermissionToOrganizationRoleParams params, CallOptions call = {}) const;
  /// DELETE /v1/organization_roles/{organizationRoleId}/permissions/{permissionId}
  async::Task<Role> removePermissionFromOrganizationRole(
      RemovePermissionFromOrganizationRoleParams params, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
