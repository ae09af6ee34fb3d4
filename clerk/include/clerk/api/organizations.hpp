#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.organizations`: Organization operations. See Clerk docs: "Backend API".

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

struct GetOrganizationListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::optional<bool> includeMembersCount = {};
  std::optional<std::string> query = {};
  std::optional<std::string> orderBy = {};
  std::vector<std::string> organizationId = {};
};

struct CreateOrganizationParams {
  std::string name = {};
  Field<std::string> slug = {};
  Field<std::string> createdBy = {};
  Field<std::int64_t> maxAllowedMemberships = {};
  Field<boost::json::object> publicMetadata = {};
  Field<boost::json::object> privateMetadata = {};
};

struct GetOrganizationParams {
  std::optional<std::string> organizationId = {};
  std::optional<bool> includeMembersCount = {};
  std::optional<std::string> slug = {};
};

struct UpdateOrganizationParams {
  Field<std::string> name = {};
  Field<std::string> slug = {};
  Field<bool> adminDeleteEnabled = {};
  Field<std::int64_t> maxAllowedMemberships = {};
  Field<boost::json::object> publicMetadata = {};
  Field<boost::json::object> privateMetadata = {};
};

struct UpdateOrganizationLogoParams {
  File file;
  Field<std::string> uploaderUserId = {};
};

struct OrganizationMetadataParams {
  Field<boost::json::object> publicMetadata = {};
  Field<boost::json::object> privateMetadata = {};
};

struct GetOrganizationMembershipListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::string organizationId = {};
  std::optional<std::string> orderBy = {};
  std::vector<std::string> userId = {};
  std::vector<std::string> emailAddress = {};
  std::vector<std::string> phoneNumber = {};
  std::vector<std::string> username = {};
  std::vector<std::string> web3Wallet = {};
  std::vector<std::string> role = {};
  std::optional<std::string> query = {};
  std::optional<std::string> emailAddressQuery = {};
  std::optional<std::string> phoneNumberQuery = {};
  std::optional<std::string> usernameQuery = {};
  std::optional<std::string> nameQuery = {};
  std::optional<Timestamp> lastActiveAtBefore = {};
  std::optional<Timestamp> lastActiveAtAfter = {};
  std::optional<Timestamp> createdAtBefore = {};
  std::optional<Timestamp> createdAtAfter = {};
};

struct GetInstanceOrganizationMembershipListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::optional<std::string> orderBy = {};
};

struct CreateOrganizationMembershipParams {
  std::string organizationId = {};
  std::string userId = {};
  std::string role = {};
};

struct UpdateOrganizationMembershipParams {
  std::string organizationId = {};
  std::string userId = {};
  std::string role = {};
};

struct UpdateOrganizationMembershipMetadataParams {
  std::string organizationId = {};
  std::string userId = {};
  Field<boost::json::object> publicMetadata = {};
  Field<boost::json::object> privateMetadata = {};
};

struct DeleteOrganizationMembershipParams {
  std::string organizationId = {};
  std::string userId = {};
};

struct GetOrganizationInvitationListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::string organizationId = {};
  std::vector<std::string> status = {};
};

struct CreateOrganizationInvitationParams {
  std::string organizationId = {};
  std::string emailAddress = {};
  std::string role = {};
  Field<std::int64_t> expiresInDays = {};
  Field<std::string> inviterUserId = {};
  Field<boost::json::object> privateMetadata = {};
  Field<boost::json::object> publicMetadata = {};
  Field<std::string> redirectUrl = {};
};

struct OrganizationInvitationParams {
  std::string emailAddress = {};
  std::string role = {};
  Field<std::int64_t> expiresInDays = {};
  Field<std::string> inviterUserId = {};
  Field<boost::json::object> privateMetadata = {};
  Field<boost::json::object> publicMetadata = {};
  Field<std::string> redirectUrl = {};
};

struct GetOrganizationInvitationParams {
  std::string organizationId = {};
  std::string invitationId = {};
};

struct RevokeOrganizationInvitationParams {
  std::string organizationId = {};
  std::string invitationId = {};
  Field<std::string> requestingUserId = {};
};

struct GetOrganizationDomainListParams {
  std::string organizationId = {};
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
};

struct CreateOrganizationDomainParams {
  std::string organizationId = {};
  std::string name = {};
  std::string enrollmentMode = {};
  Field<bool> verified = {};
};

struct UpdateOrganizationDomainParams {
  std::string organizationId = {};
  std::string domainId = {};
  Field<std::string> name = {};
  Field<std::string> enrollmentMode = {};
  Field<bool> verified = {};
};

struct DeleteOrganizationDomainParams {
  std::string organizationId = {};
  std::string domainId = {};
};

/// Errors and threads: see BackendApi.
class OrganizationAPI {
 public:
  explicit OrganizationAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/organizations
  async::Task<PaginatedResourceResponse<Organization>> getOrganizationList(
      GetOrganizationListParams params = {}, CallOptions call = {}) const;
  /// POST /v1/organizations
  async::Task<Organization> createOrganization(CreateOrganizationParams params, CallOptions call = {}) const;
  /// GET /v1/organizations/{organizationId}
  /// By `organizationId` or by `slug`.
  async::Task<Organization> getOrganization(GetOrganizationParams params, CallOptions call = {}) const;
  /// PATCH /v1/organizations/{organizationId}
  /// Metadata that is given here replaces all of it: better use updateOrganizationMetadata.
  async::Task<Organization> updateOrganization(
      std::string organizationId, UpdateOrganizationParams params, CallOptions call = {}) const;
  /// PUT /v1/organizations/{organizationId}/logo
  async::Task<Organization> updateOrganizationLogo(
      std::string organizationId, UpdateOrganizationLogoParams params, CallOptions call = {}) const;
  /// DELETE /v1/organizations/{organizationId}/logo
  async::Task<Organization> deleteOrganizationLogo(std::string organizationId, CallOptions call = {}) const;
  /// PATCH /v1/organizations/{organizationId}/metadata
  /// Merges: members that are null are removed.
  async::Task<Organization> updateOrganizationMetadata(
      std::string organizationId, OrganizationMetadataParams params, CallOptions call = {}) const;
  /// PUT /v1/organizations/{organizationId}/metadata
  async::Task<Organization> replaceOrganizationMetadata(
      std::string organizationId, OrganizationMetadataParams params, CallOptions call = {}) const;
  /// DELETE /v1/organizations/{organizationId}
  async::Task<DeletedObject> deleteOrganization(std::string organizationId, CallOptions call = {}) const;
  /// GET /v1/organizations/{organizationId}/memberships
  async::Task<PaginatedResourceResponse<OrganizationMembership>> getOrganizationMembershipList(
      GetOrganizationMembershipListParams params, CallOptions call = {}) const;
  /// GET /v1/organization_memberships
  async::Task<PaginatedResourceResponse<OrganizationMembership>> getInstanceOrganizationMembershipList(
      GetInstanceOrganizationMembershipListParams params, CallOptions call = {}) const;
  /// POST /v1/organizations/{organizationId}/memberships
  async::Task<OrganizationMembership> createOrganizationMembership(
      CreateOrganizationMembershipParams params, CallOptions call = {}) const;
  /// PATCH /v1/organizations/{organizationId}/memberships/{userId}
  async::Task<OrganizationMembership> updateOrganizationMembership(
      UpdateOrganizationMembershipParams params, CallOptions call = {}) const;
  /// PATCH /v1/organizations/{organizationId}/memberships/{userId}/metadata
  async::Task<OrganizationMembership> updateOrganizationMembershipMetadata(
      UpdateOrganizationMembershipMetadataParams params, CallOptions call = {}) const;
  /// DELETE /v1/organizations/{organizationId}/memberships/{userId}
  async::Task<OrganizationMembership> deleteOrganizationMembership(
      DeleteOrganizationMembershipParams params, CallOptions call = {}) const;
  /// GET /v1/organizations/{organizationId}/invitations
  async::Task<PaginatedResourceResponse<OrganizationInvitation>> getOrganizationInvitationList(
      GetOrganizationInvitationListParams params, CallOptions call = {}) const;
  /// POST /v1/organizations/{organizationId}/invitations
  async::Task<OrganizationInvitation> createOrganizationInvitation(
      CreateOrganizationInvitationParams params, CallOptions call = {}) const;
  /// POST /v1/organizations/{organizationId}/invitations/bulk
  async::Task<PaginatedResourceResponse<OrganizationInvitation>> createOrganizationInvitationBulk(
      std::string organizationId, std::vector<OrganizationInvitationParams> params, CallOptions call = {}) const;
  /// GET /v1/organizations/{organizationId}/invitations/{invitationId}
  async::Task<OrganizationInvitation> getOrganizationInvitation(
      GetOrganizationInvitationParams params, CallOptions call = {}) const;
  /// POST /v1/organizations/{organizationId}/invitations/{invitationId}/revoke
  async::Task<OrganizationInvitation> revokeOrganizationInvitation(
      RevokeOrganizationInvitationParams params, CallOptions call = {}) const;
  /// GET /v1/organizations/{organizationId}/domains
  async::Task<PaginatedResourceResponse<OrganizationDomain>> getOrganizationDomainList(
      GetOrganizationDomainListParams params, CallOptions call = {}) const;
  /// POST /v1/organizations/{organizationId}/domains
  /// Verified unless `.verified = false`.
  async::Task<OrganizationDomain> createOrganizationDomain(
      CreateOrganizationDomainParams params, CallOptions call = {}) const;
  /// PATCH /v1/organizations/{organizationId}/domains/{domainId}
  async::Task<OrganizationDomain> updateOrganizationDomain(
      UpdateOrganizationDomainParams params, CallOptions call = {}) const;
  /// DELETE /v1/organizations/{organizationId}/domains/{domainId}
  async::Task<DeletedObject> deleteOrganizationDomain(
      DeleteOrganizationDomainParams params, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
