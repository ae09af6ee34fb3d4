// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off

#include "typed_calls.hpp"

namespace conformance {

void addTypedMethods3(TypedMethods& methods);

void addTypedMethods3(TypedMethods& methods) {
  methods["allowlistIdentifiers.getAllowlistIdentifierList"] = typed<&clerk::BackendApi::allowlistIdentifiers, &clerk::AllowlistIdentifierAPI::getAllowlistIdentifierList>;
  methods["allowlistIdentifiers.createAllowlistIdentifier"] = typed<&clerk::BackendApi::allowlistIdentifiers, &clerk::AllowlistIdentifierAPI::createAllowlistIdentifier>;
  methods["allowlistIdentifiers.deleteAllowlistIdentifier"] = typed<&clerk::BackendApi::allowlistIdentifiers, &clerk::AllowlistIdentifierAPI::deleteAllowlistIdentifier>;
  methods["blocklistIdentifiers.getBlocklistIdentifierList"] = typed<&clerk::BackendApi::blocklistIdentifiers, &clerk::BlocklistIdentifierAPI::getBlocklistIdentifierList>;
  methods["blocklistIdentifiers.createBlocklistIdentifier"] = typed<&clerk::BackendApi::blocklistIdentifiers, &clerk::BlocklistIdentifierAPI::createBlocklistIdentifier>;
  methods["blocklistIdentifiers.deleteBlocklistIdentifier"] = typed<&clerk::BackendApi::blocklistIdentifiers, &clerk::BlocklistIdentifierAPI::deleteBlocklistIdentifier>;
  methods["instance.get"] = typed<&clerk::BackendApi::instance, &clerk::InstanceAPI::get>;
  methods["instance.update"] = typed<&clerk::BackendApi::instance, &clerk::InstanceAPI::update>;
  methods["instance.updateRestrictions"] = typed<&clerk::BackendApi::instance, &clerk::InstanceAPI::updateRestrictions>;
  methods["instance.getOrganizationSettings"] = typed<&clerk::BackendApi::instance, &clerk::InstanceAPI::getOrganizationSettings>;
  methods["instance.updateOrganizationSettings"] = typed<&clerk::BackendApi::instance, &clerk::InstanceAPI::updateOrganizationSettings>;
  methods["webhooks.createSvixApp"] = typed<&clerk::BackendApi::webhooks, &clerk::WebhookAPI::createSvixApp>;
  methods["webhooks.generateSvixAuthURL"] = typed<&clerk::BackendApi::webhooks, &clerk::WebhookAPI::generateSvixAuthURL>;
  methods["webhooks.deleteSvixApp"] = typed<&clerk::BackendApi::webhooks, &clerk::WebhookAPI::deleteSvixApp>;
  methods["waitlistEntries.list"] = typed<&clerk::BackendApi::waitlistEntries, &clerk::WaitlistEntryAPI::list>;
  methods["waitlistEntries.create"] = typed<&clerk::BackendApi::waitlistEntries, &clerk::WaitlistEntryAPI::create>;
  methods["waitlistEntries.createBulk"] = typed<&clerk::BackendApi::waitlistEntries, &clerk::WaitlistEntryAPI::createBulk>;
  methods["waitlistEntries.invite"] = typed<&clerk::BackendApi::waitlistEntries, &clerk::WaitlistEntryAPI::invite>;
  methods["waitlistEntries.reject"] = typed<&clerk::BackendApi::waitlistEntries, &clerk::WaitlistEntryAPI::reject>;
  methods["waitlistEntries.delete"] = typed<&clerk::BackendApi::waitlistEntries, &clerk::WaitlistEntryAPI::del>;
  methods["organizationRoles.getOrganizationRoleList"] = typed<&clerk::BackendApi::organizationRoles, &clerk::OrganizationRoleAPI::getOrganizationRoleList>;
  methods["organizationRoles.getOrganizationRole"] = typed<&clerk::BackendApi::organizationRoles, &clerk::OrganizationRoleAPI::getOrganizationRole>;
  methods["organizationRoles.createOrganizationRole"] = typed<&clerk::BackendApi::organizationRoles, &clerk::OrganizationRoleAPI::createOrganizationRole>;
  methods["organizationRoles.updateOrganizationRole"] = typed<&clerk::BackendApi::organizationRoles, &clerk::OrganizationRoleAPI::updateOrganizationRole>;
  methods["organizationRoles.deleteOrganizationRole"] = typed<&clerk::BackendApi::organizationRoles, &clerk::OrganizationRoleAPI::deleteOrganizationRole>;
  methods["organizationRoles.assignPermissionToOrganizationRole"] = typed<&clerk::BackendApi::organizationRoles, &clerk::OrganizationRoleAPI::assignPermissionToOrganizationRole>;
  methods["organizationRoles.removePermissionFromOrganizationRole"] = typed<&clerk::BackendApi::organizationRoles, &clerk::OrganizationRoleAPI::removePermissionFromOrganizationRole>;
  methods["organizationPermissions.getOrganizationPermissionList"] = typed<&clerk::BackendApi::organizationPermissions, &clerk::OrganizationPermissionAPI::getOrganizationPermissionList>;
  methods["organizationPermissions.getOrganizationPermission"] = typed<&clerk::BackendApi::organizationPermissions, &clerk::OrganizationPermissionAPI::getOrganizationPermission>;
  methods["organizationPermissions.createOrganizationPermission"] = typed<&clerk::BackendApi::organizationPermissions, &clerk::OrganizationPermissionAPI::createOrganizationPermission>;
  methods["organizationPermissions.updateOrganizationPermission"] = typed<&clerk::BackendApi::organizationPermissions, &clerk::OrganizationPermissionAPI::updateOrganizationPermission>;
  methods["organizationPermissions.deleteOrganizationPermission"] = typed<&clerk::BackendApi::organizationPermissions, &clerk::OrganizationPermissionAPI::deleteOrganizationPermission>;
  methods["roleSets.getRoleSetList"] = typed<&clerk::BackendApi::roleSets, &clerk::RoleSetAPI::getRoleSetList>;
  methods["roleSets.getRoleSet"] = typed<&clerk::BackendApi::roleSets, &clerk::RoleSetAPI::getRoleSet>;
  methods["roleSets.createRoleSet"] = typed<&clerk::BackendApi::roleSets, &clerk::RoleSetAPI::createRoleSet>;
  methods["roleSets.updateRoleSet"] = typed<&clerk::BackendApi::roleSets, &clerk::RoleSetAPI::updateRoleSet>;
  methods["roleSets.addRolesToRoleSet"] = typed<&clerk::BackendApi::roleSets, &clerk::RoleSetAPI::addRolesToRoleSet>;
  methods["roleSets.replaceRoleInRoleSet"] = typed<&clerk::BackendApi::roleSets, &clerk::RoleSetAPI::replaceRoleInRoleSet>;
  methods["roleSets.replaceRoleSet"] = typed<&clerk::BackendApi::roleSets, &clerk::RoleSetAPI::replaceRoleSet>;
  methods["apiKeys.list"] = typed<&clerk::BackendApi::apiKeys, &clerk::APIKeysAPI::list>;
  methods["apiKeys.create"] = typed<&clerk::BackendApi::apiKeys, &clerk::APIKeysAPI::create>;
  methods["apiKeys.get"] = typed<&clerk::BackendApi::apiKeys, &clerk::APIKeysAPI::get>;
  methods["apiKeys.update"] = typed<&clerk::BackendApi::apiKeys, &clerk::APIKeysAPI::update>;
  methods["apiKeys.delete"] = typed<&clerk::BackendApi::apiKeys, &clerk::APIKeysAPI::del>;
  methods["apiKeys.revoke"] = typed<&clerk::BackendApi::apiKeys, &clerk::APIKeysAPI::revoke>;
  methods["apiKeys.getSecret"] = typed<&clerk::BackendApi::apiKeys, &clerk::APIKeysAPI::getSecret>;
  methods["apiKeys.verify"] = typed<&clerk::BackendApi::apiKeys, &clerk::APIKeysAPI::verify>;
}

}  // namespace conformance
