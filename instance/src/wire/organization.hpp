#pragma once
// Organizations and all that belongs to them, as both APIs show it.

#include "flows/organization/domain.hpp"
#include "flows/organization/enrollment.hpp"
#include "flows/organization/invitation.hpp"
#include "flows/organization/roles.hpp"
#include "flows/organization/settings.hpp"
#include "model/member.hpp"
#include "model/organization.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

// What is not named for one API, both show alike. Private metadata and the links of mails are for backends alone.

JsonObject organization(const View& view, const Organization& organization);
JsonObject backendOrganization(const View& view, const Organization& organization);
/// What people outside see.
JsonObject publicOrganizationData(const View& view, const Organization& organization);

/// In a user's own list: without the user.
JsonObject membership(const View& view, const Membership& membership);
JsonObject membership(const View& view, const Member& member);
JsonObject backendMembership(const View& view, const Member& member);

JsonObject organizationInvitation(const View& view, const OrganizationInvitation& invitation);
/// For the one who is invited: with the organization.
JsonObject ownOrganizationInvitation(const View& view, const ShownInvitation& shown);
JsonObject backendOrganizationInvitation(const View& view, const ShownInvitation& shown);
JsonObject backendOrganizationInvitationOfAny(const View& view, const ShownInvitation& shown);

JsonObject organizationSuggestion(const View& view, const ShownSuggestion& shown);
JsonObject membershipRequest(const View& view, const ShownRequest& shown);
JsonObject organizationDomain(const View& view, const ShownDomain& shown);

JsonObject permission(const Permission& permission);
JsonObject role(const Role& role);
JsonObject roleSet(const ShownRoleSet& shown);
JsonObject organizationSettings(const ShownOrganizationSettings& shown);

}  // namespace clerk::instance::wire
