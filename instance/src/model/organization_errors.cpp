#include "model/organization_errors.hpp"

#include "model/error_text.hpp"
#include "model/organization.hpp"

#include <boost/json/array.hpp>

namespace clerk::instance::errors {
namespace {

using enum Trouble;

std::string quota(std::int64_t limit, std::string_view what) {
  return "You have reached your limit of " + std::to_string(limit) + " " + std::string(what) + ".";
}

boost::json::array arrayOf(std::span<const std::string> texts) {
  boost::json::array list;
  for (const auto& text : texts) list.emplace_back(text);
  return list;
}

std::string joined(std::span<const std::string> texts) {
  std::string all;
  for (const auto& text : texts) all.append(all.empty() ? "" : ", ").append(text);
  return all;
}

}  // namespace

Error organizationsNotEnabled() {
  return make(Forbidden, "organization_not_enabled_in_instance", "access denied",
              "The organizations feature is not enabled for this instance.");
}
Error organizationSlugsDisabled() {
  return make(Forbidden, "organization_slugs_disabled", "organization slugs not enabled",
              "This instance does not have slugs enabled for organizations.");
}
Error organizationDomainsNotEnabled() {
  return make(Forbidden, "organization_domains_not_enabled", "organization domains not enabled",
              "This instance does not have domains enabled for organizations.");
}
Error enrollmentModeNotEnabled(std::string_view mode) {
  return make(Forbidden, "organization_domain_enrollment_mode_not_enabled", "organization enrollment mode not enabled",
              "Enrollment mode " + std::string(mode) + " is not enabled for this instances's organizations.");
}
Error selfServeSsoDisabled() {
  return make(Forbidden, "self_serve_sso_disabled", "self-serve SSO not enabled",
              "The self-serve SSO feature is not enabled for this instance.");
}
Error createOrganizationNotEnabled() {
  return make(Forbidden, "user_create_organization_not_enabled", "create organization not enabled",
              "Organization creation is not enabled for this user");
}
Error organizationCreationLimitExceeded() {
  return make(Forbidden, "org_creation_limit_exceeded", "Organization Creation Limit Exceeded",
              "You have exceeded the maximum number of organizations you can create.");
}
Error membershipQuotaExceeded(int limit) {
  return make(Forbidden, "organization_membership_quota_exceeded", "organization membership quota exceeded",
              quota(limit, "organization memberships, including outstanding invitations"));
}
Error organizationDomainQuotaExceeded(std::int64_t limit) {
  return make(Forbidden, "organization_domain_quota_exceeded", "organization domains quota exceeded",
              quota(limit, "domains per organization"));
}
Error organizationRolesQuotaExceeded(std::int64_t limit) {
  return make(Forbidden, "organization_instance_roles_quota_exceeded", "organization roles for instance quota exceeded",
              quota(limit, "organization roles per instance"));
}
Error roleSetsQuotaExceeded(std::int64_t limit) {
  return make(Forbidden, "organization_instance_role_sets_quota_exceeded",
              "organization role sets for instance quota exceeded",
              quota(limit, "organization role sets per instance"));
}

Error missingOrganizationPermission(std::string_view permission) {
  auto error = make(Forbidden, "missing_organization_permission", "missing permission",
                    "Current user is missing an organization permission.");
  error.meta["permissions"] = boost::json::array{permission};
  return error;
}
Error organizationAdminDeleteNotEnabled() {
  return make(Forbidden, "organization_admin_delete_not_enabled", "admin delete not enabled",
              "Deletion by admin is not enabled for this organization.");
}
Error minimumPermissionsNeeded() {
  return make(BadRequest, "organization_minimum_permissions_needed", "minimum organization permissions needed",
              "There has to be at least one organization member with the minimum required permissions");
}
Error notAMember() {
  return make(Forbidden, "not_a_member_in_organization", "not a member",
              "Current user is not a member of the organization. Only organization members can perform this action.");
}

Error organizationNotFound() {
  return make(NotFound, "resource_not_found", "not found", "Given organization not found.");
}
Error organizationCreatorNotFound(std::string_view userId) {
  return make(BadRequest, "organization_creator_not_found", "creator not found",
              "No users found with id " + std::string(beginning(userId, 128)) + ".");
}
Error organizationRoleNotFound(std::string_view param) {
  return make(NotFound, "resource_not_found", "not found", "Organization role not found", param);
}
Error organizationPermissionNotFound() {
  return make(NotFound, "resource_not_found", "not found", "Organization permission not found");
}
Error organizationInvitationNotFound(std::string_view id) {
  return make(NotFound, "organization_invitation_not_found", "not found",
              "No invitation found with id " + std::string(beginning(id, 128)) + ".");
}
Error invitationNotFound(std::string_view id) {
  return make(NotFound, "resource_not_found", "not found",
              "No invitation was found with id " + std::string(beginning(id, 128)) + ".");
}

Error organizationNameInvalid(std::string_view name, std::string_view reason) {
  return make(Unprocessable, "form_param_value_invalid", "invalid organization name",
              "The organization name \"" + std::string(beginning(name, 64)) + "\" is invalid: " + std::string(reason),
              "name");
}
Error organizationDomainExists(std::string_view param) {
  return make(Unprocessable, "organization_domain_already_exists", "organizaton domain already exists",
              "This domain is already used by another organization.", param);
}
Error organizationDomainExistsInOrganization(std::string_view param) {
  return make(Unprocessable, "organization_domain_already_exists_same_organization",
              "organization domain already exists", "This domain is already used by your organization.", param);
}
Error organizationDomainCommon(std::string_view param) {
  return make(Unprocessable, "organization_domain_common", "common email domain",
              "This is a common email provider domain. Please use a different one.", param);
}
Error organizationDomainMismatch(std::string_view param) {
  return make(Unprocessable, "organization_domain_mismatch", "Organization domain mismatch",
              "The provided email address doesn't match the organization domain name.", param);
}

Error alreadyAMember(std::string_view who) {
  return make(BadRequest, "already_a_member_in_organization", "already a member",
              std::string(who) + " is already a member of the organization.");
}
Error invitationsPending(std::span<const std::string> emailAddresses) {
  auto text = "There are already pending invitations for the following email addresses: " + joined(emailAddresses);
  auto error = make(BadRequest, "duplicate_record", text, text);
  error.meta["email_addresses"] = arrayOf(emailAddresses);
  return error;
}
Error organizationInvitationNotPending() {
  return make(NotFound, "organization_invitation_not_pending", "not pending",
              "The organization invitation is not in the 'pending' status.");
}
Error organizationInvitationAccepted() {
  return make(BadRequest, "organization_invitation_already_accepted", "invitation has already been accepted",
              "This invitation has already been accepted. Sign in instead.");
}
Error organizationInvitationRevoked() {
  return make(BadRequest, "organization_invitation_revoked_code", "invitation has been revoked",
              "This invitation has been revoked and cannot be used anymore.");
}
Error organizationInvitationForOthers() {
  return make(BadRequest, "organization_invitation_identification_not_exist", "identification not found",
              "User not found. If you don't have an account, sign up first to accept this invitation.");
}
Error organizationInvitationAccountExists() {
  return make(BadRequest, "organization_invitation_identification_already_exists", "email address already exists",
              "The email address in this invitation already exists. If it belongs to you, try signing in instead.");
}
Error organizationSuggestionAccepted() {
  return make(BadRequest, "organization_suggestion_already_accepted", "suggestion has already been accepted",
              "This organization suggestion has already been accepted.");
}
Error membershipRequestNotPending() { return make(NotFound, "resource_not_found", "not found", "Resource not found"); }

Error systemPermissionNotModifiable() {
  return make(Forbidden, "organization_system_permission_not_modifiable",
              "organization system permission cannot be modified",
              "This organization permission cannot be modified because it is a system permission.");
}
Error roleAssignedToMembers() {
  return make(Unprocessable, "organization_role_assigned_members", "role is assigned to organization members",
              "The organization role is currently assigned to one or more organization members.");
}
Error roleIsCreatorRole() {
  return make(Unprocessable, "organization_role_default_creator_role", "role is used as the creator role",
              "The organization role cannot be deleted as it is currently used as the creator role.");
}
Error roleIsDomainDefaultRole() {
  return make(Unprocessable, "organization_role_domain_default_role", "role is used as the domain default role",
              "The organization role cannot be deleted as it is currently used as the default domain role.");
}
Error roleIsInvitedTo() {
  return make(Unprocessable, "organization_role_exists_in_invitations",
              "role exists in pending organization invitations",
              "The organization role exists in one or more pending organization invitations. Please revoke these "
              "invitations to proceed.");
}
Error creatorRoleLacksPermissions() {
  std::string keys;
  for (const auto key : permission::minimum) keys.append(keys.empty() ? "" : ", ").append(key);
  return make(Unprocessable, "organization_missing_creator_role_permissions", "missing permissions for creator role",
              "The creator role must contain the following permissions: " + keys);
}
Error rolePermissionExists() {
  return make(Conflict, "organization_role_permission_association_exists", "permission already assigned to role",
              "This organization permission is already associated to this organization role.");
}
Error rolePermissionNotFound() {
  return make(NotFound, "organization_role_permission_association_not_found", "permission not assigned to role",
              "This organization permission is not associated with the organization role.");
}
Error reassignmentMissing(std::span<const std::string> roleKeys) {
  auto error =
      make(Unprocessable, "organization_role_set_reassignment_mappings_missing", "reassignment mappings missing",
           "The following roles are missing from the reassignment mappings: " + joined(roleKeys));
  error.meta["role_keys"] = arrayOf(roleKeys);
  return error;
}
Error reassignmentInvalid(std::string_view roleKey) {
  auto error =
      make(Unprocessable, "organization_role_set_reassignment_mappings_invalid", "reassignment mappings invalid",
           "The role " + std::string(roleKey) +
               " is invalid in the reassignment mappings. It must be present in the new role set.");
  error.meta["role_key"] = roleKey;
  return error;
}

}  // namespace clerk::instance::errors
