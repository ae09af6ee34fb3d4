// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off

#include "api/typed_call.hpp"

#include <clerk/api/described_parameters.hpp>

namespace clerk {

// --- client.allowlistIdentifiers

async::Task<PaginatedResourceResponse<AllowlistIdentifier>> AllowlistIdentifierAPI::getAllowlistIdentifierList(
      GetAllowlistIdentifierListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<AllowlistIdentifier>>(context_, "allowlistIdentifiers.getAllowlistIdentifierList", std::move(call), params);
}
async::Task<AllowlistIdentifier> AllowlistIdentifierAPI::createAllowlistIdentifier(
      CreateAllowlistIdentifierParams params, CallOptions call) const {
  return api::call<AllowlistIdentifier>(context_, "allowlistIdentifiers.createAllowlistIdentifier", std::move(call), params);
}
async::Task<DeletedObject> AllowlistIdentifierAPI::deleteAllowlistIdentifier(
      std::string allowlistIdentifierId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "allowlistIdentifiers.deleteAllowlistIdentifier", std::move(call), allowlistIdentifierId);
}

// --- client.blocklistIdentifiers

async::Task<PaginatedResourceResponse<BlocklistIdentifier>> BlocklistIdentifierAPI::getBlocklistIdentifierList(
      GetBlocklistIdentifierListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<BlocklistIdentifier>>(context_, "blocklistIdentifiers.getBlocklistIdentifierList", std::move(call), params);
}
async::Task<BlocklistIdentifier> BlocklistIdentifierAPI::createBlocklistIdentifier(
      CreateBlocklistIdentifierParams params, CallOptions call) const {
  return api::call<BlocklistIdentifier>(context_, "blocklistIdentifiers.createBlocklistIdentifier", std::move(call), params);
}
async::Task<DeletedObject> BlocklistIdentifierAPI::deleteBlocklistIdentifier(
      std::string blocklistIdentifierId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "blocklistIdentifiers.deleteBlocklistIdentifier", std::move(call), blocklistIdentifierId);
}

// --- client.instance

async::Task<Instance> InstanceAPI::get(CallOptions call) const {
  return api::call<Instance>(context_, "instance.get", std::move(call));
}
async::Task<void> InstanceAPI::update(UpdateInstanceParams params, CallOptions call) const {
  return api::call<void>(context_, "instance.update", std::move(call), params);
}
async::Task<InstanceRestrictions> InstanceAPI::updateRestrictions(
      UpdateRestrictionsParams params, CallOptions call) const {
  return api::call<InstanceRestrictions>(context_, "instance.updateRestrictions", std::move(call), params);
}
async::Task<OrganizationSettings> InstanceAPI::getOrganizationSettings(CallOptions call) const {
  return api::call<OrganizationSettings>(context_, "instance.getOrganizationSettings", std::move(call));
}
async::Task<OrganizationSettings> InstanceAPI::updateOrganizationSettings(
      UpdateOrganizationSettingsParams params, CallOptions call) const {
  return api::call<OrganizationSettings>(context_, "instance.updateOrganizationSettings", std::move(call), params);
}

// --- client.webhooks

async::Task<WebhooksSvixJSON> WebhookAPI::createSvixApp(CallOptions call) const {
  return api::call<WebhooksSvixJSON>(context_, "webhooks.createSvixApp", std::move(call));
}
async::Task<WebhooksSvixJSON> WebhookAPI::generateSvixAuthURL(CallOptions call) const {
  return api::call<WebhooksSvixJSON>(context_, "webhooks.generateSvixAuthURL", std::move(call));
}
async::Task<void> WebhookAPI::deleteSvixApp(CallOptions call) const {
  return api::call<void>(context_, "webhooks.deleteSvixApp", std::move(call));
}

// --- client.waitlistEntries

async::Task<PaginatedResourceResponse<WaitlistEntry>> WaitlistEntryAPI::list(
      GetWaitlistEntryListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<WaitlistEntry>>(context_, "waitlistEntries.list", std::move(call), params);
}
async::Task<WaitlistEntry> WaitlistEntryAPI::create(CreateWaitlistEntryParams params, CallOptions call) const {
  return api::call<WaitlistEntry>(context_, "waitlistEntries.create", std::move(call), params);
}
async::Task<std::vector<WaitlistEntry>> WaitlistEntryAPI::createBulk(
      std::vector<CreateWaitlistEntryParams> params, CallOptions call) const {
  return api::call<std::vector<WaitlistEntry>>(context_, "waitlistEntries.createBulk", std::move(call), params);
}
async::Task<WaitlistEntry> WaitlistEntryAPI::invite(
      std::string id, InviteWaitlistEntryParams params, CallOptions call) const {
  return api::call<WaitlistEntry>(context_, "waitlistEntries.invite", std::move(call), id, params);
}
async::Task<WaitlistEntry> WaitlistEntryAPI::reject(std::string id, CallOptions call) const {
  return api::call<WaitlistEntry>(context_, "waitlistEntries.reject", std::move(call), id);
}
async::Task<DeletedObject> WaitlistEntryAPI::del(std::string id, CallOptions call) const {
  return api::call<DeletedObject>(context_, "waitlistEntries.delete", std::move(call), id);
}

// --- client.organizationRoles

async::Task<PaginatedResourceResponse<Role>> OrganizationRoleAPI::getOrganizationRoleList(
      GetOrganizationRoleListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<Role>>(context_, "organizationRoles.getOrganizationRoleList", std::move(call), params);
}
async::Task<Role> OrganizationRoleAPI::getOrganizationRole(std::string organizationRoleId, CallOptions call) const {
  return api::call<Role>(context_, "organizationRoles.getOrganizationRole", std::move(call), organizationRoleId);
}
async::Task<Role> OrganizationRoleAPI::createOrganizationRole(
      CreateOrganizationRoleParams params, CallOptions call) const {
  return api::call<Role>(context_, "organizationRoles.createOrganizationRole", std::move(call), params);
}
async::Task<Role> OrganizationRoleAPI::updateOrganizationRole(
      UpdateOrganizationRoleParams params, CallOptions call) const {
  return api::call<Role>(context_, "organizationRoles.updateOrganizationRole", std::move(call), params);
}
async::Task<DeletedObject> OrganizationRoleAPI::deleteOrganizationRole(
      std::string organizationRoleId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "organizationRoles.deleteOrganizationRole", std::move(call), organizationRoleId);
}
async::Task<Role> OrganizationRoleAPI::assignPermissionToOrganizationRole(
      AssignPermissionToOrganizationRoleParams params, CallOptions call) const {
  return api::call<Role>(context_, "organizationRoles.assignPermissionToOrganizationRole", std::move(call), params);
}
async::Task<Role> OrganizationRoleAPI::removePermissionFromOrganizationRole(
      RemovePermissionFromOrganizationRoleParams params, CallOptions call) const {
  return api::call<Role>(context_, "organizationRoles.removePermissionFromOrganizationRole", std::move(call), params);
}

// --- client.organizationPermissions

async::Task<PaginatedResourceResponse<Permission>> OrganizationPermissionAPI::getOrganizationPermissionList(
      GetOrganizationPermissionListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<Permission>>(context_, "organizationPermissions.getOrganizationPermissionList", std::move(call), params);
}
async::Task<Permission> OrganizationPermissionAPI::getOrganizationPermission(
      std::string permissionId, CallOptions call) const {
  return api::call<Permission>(context_, "organizationPermissions.getOrganizationPermission", std::move(call), permissionId);
}
async::Task<Permission> OrganizationPermissionAPI::createOrganizationPermission(
      CreateOrganizationPermissionParams params, CallOptions call) const {
  return api::call<Permission>(context_, "organizationPermissions.createOrganizationPermission", std::move(call), params);
}
async::Task<Permission> OrganizationPermissionAPI::updateOrganizationPermission(
      UpdateOrganizationPermissionParams params, CallOptions call) const {
  return api::call<Permission>(context_, "organizationPermissions.updateOrganizationPermission", std::move(call), params);
}
async::Task<DeletedObject> OrganizationPermissionAPI::deleteOrganizationPermission(
      std::string permissionId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "organizationPermissions.deleteOrganizationPermission", std::move(call), permissionId);
}

// --- client.roleSets

async::Task<PaginatedResourceResponse<RoleSet>> RoleSetAPI::getRoleSetList(
      GetRoleSetListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<RoleSet>>(context_, "roleSets.getRoleSetList", std::move(call), params);
}
async::Task<RoleSet> RoleSetAPI::getRoleSet(std::string roleSetKeyOrId, CallOptions call) const {
  return api::call<RoleSet>(context_, "roleSets.getRoleSet", std::move(call), roleSetKeyOrId);
}
async::Task<RoleSet> RoleSetAPI::createRoleSet(CreateRoleSetParams params, CallOptions call) const {
  return api::call<RoleSet>(context_, "roleSets.createRoleSet", std::move(call), params);
}
async::Task<RoleSet> RoleSetAPI::updateRoleSet(UpdateRoleSetParams params, CallOptions call) const {
  return api::call<RoleSet>(context_, "roleSets.updateRoleSet", std::move(call), params);
}
async::Task<RoleSet> RoleSetAPI::addRolesToRoleSet(AddRolesToRoleSetParams params, CallOptions call) const {
  return api::call<RoleSet>(context_, "roleSets.addRolesToRoleSet", std::move(call), params);
}
async::Task<RoleSet> RoleSetAPI::replaceRoleInRoleSet(ReplaceRoleInRoleSetParams params, CallOptions call) const {
  return api::call<RoleSet>(context_, "roleSets.replaceRoleInRoleSet", std::move(call), params);
}
async::Task<DeletedObject> RoleSetAPI::replaceRoleSet(ReplaceRoleSetParams params, CallOptions call) const {
  return api::call<DeletedObject>(context_, "roleSets.replaceRoleSet", std::move(call), params);
}

// --- client.apiKeys

async::Task<PaginatedResourceResponse<APIKey>> APIKeysAPI::list(GetAPIKeyListParams params, CallOptions call) const {
  return api::call<PaginatedResourceResponse<APIKey>>(context_, "apiKeys.list", std::move(call), params);
}
async::Task<APIKey> APIKeysAPI::create(CreateAPIKeyParams params, CallOptions call) const {
  return api::call<APIKey>(context_, "apiKeys.create", std::move(call), params);
}
async::Task<APIKey> APIKeysAPI::get(std::string apiKeyId, CallOptions call) const {
  return api::call<APIKey>(context_, "apiKeys.get", std::move(call), apiKeyId);
}
async::Task<APIKey> APIKeysAPI::update(UpdateAPIKeyParams params, CallOptions call) const {
  return api::call<APIKey>(context_, "apiKeys.update", std::move(call), params);
}
async::Task<DeletedObject> APIKeysAPI::del(std::string apiKeyId, CallOptions call) const {
  return api::call<DeletedObject>(context_, "apiKeys.delete", std::move(call), apiKeyId);
}
async::Task<APIKey> APIKeysAPI::revoke(RevokeAPIKeyParams params, CallOptions call) const {
  return api::call<APIKey>(context_, "apiKeys.revoke", std::move(call), params);
}
async::Task<APIKeySecret> APIKeysAPI::getSecret(std::string apiKeyId, CallOptions call) const {
  return api::call<APIKeySecret>(context_, "apiKeys.getSecret", std::move(call), apiKeyId);
}
async::Task<APIKey> APIKeysAPI::verify(std::string secret, CallOptions call) const {
  return api::call<APIKey>(context_, "apiKeys.verify", std::move(call), secret);
}

}  // namespace clerk
