#pragma once
// Errors of organizations: Clerk's codes and texts, beside those of model/errors.hpp.

#include "model/outcome.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance::errors {

// Of the instance.
Error organizationsNotEnabled();
Error organizationSlugsDisabled();
Error organizationDomainsNotEnabled();
Error enrollmentModeNotEnabled(std::string_view mode);
Error selfServeSsoDisabled();
Error createOrganizationNotEnabled();
Error organizationCreationLimitExceeded();
Error membershipQuotaExceeded(int limit);
Error organizationDomainQuotaExceeded(std::int64_t limit);
Error organizationRolesQuotaExceeded(std::int64_t limit);
Error roleSetsQuotaExceeded(std::int64_t limit);

// Who may do what.
Error missingOrganizationPermission(std::string_view permission);
Error organizationAdminDeleteNotEnabled();
Error minimumPermissionsNeeded();
Error notAMember();

// What is not there. (Members of nothing are told organizationNotFoundOrUnauthorized() instead.)
Error organizationNotFound();
Error organizationCreatorNotFound(std::string_view userId);
Error organizationRoleNotFound(std::string_view param = {});
Error organizationPermissionNotFound();
Error organizationInvitationNotFound(std::string_view id);
Error invitationNotFound(std::string_view id);

// Fields.
Error organizationNameInvalid(std::string_view name, std::string_view reason);
Error organizationDomainExists(std::string_view param);
Error organizationDomainExistsInOrganization(std::string_view param);
Error organizationDomainCommon(std::string_view param);
Error organizationDomainMismatch(std::string_view param);

// The state of things.
Error alreadyAMember(std::string_view who);
Error invitationsPending(std::span<const std::string> emailAddresses);
Error organizationInvitationNotPending();
Error organizationInvitationAccepted();
Error organizationInvitationRevoked();
Error organizationInvitationForOthers();
Error organizationInvitationAccountExists();
Error organizationSuggestionAccepted();
Error membershipRequestNotPending();

// Roles.
Error systemPermissionNotModifiable();
Error roleAssignedToMembers();
Error roleIsCreatorRole();
Error roleIsDomainDefaultRole();
Error roleIsInvitedTo();
Error creatorRoleLacksPermissions();
Error rolePermissionExists();
Error rolePermissionNotFound();
Error reassignmentMissing(std::span<const std::string> roleKeys);
Error reassignmentInvalid(std::string_view roleKey);

}  // namespace clerk::instance::errors
