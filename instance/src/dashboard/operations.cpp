#include "dashboard/operations.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <vector>

namespace clerk::instance::dashboard {
namespace {

constexpr std::array<std::string_view, 51> offered{
    "GET /users",
    "POST /users",
    "GET /users/:user_id",
    "PATCH /users/:user_id",
    "DELETE /users/:user_id",
    "PUT /users/:user_id/metadata",
    "POST /users/:user_id/ban",
    "POST /users/:user_id/unban",
    "POST /users/:user_id/lock",
    "POST /users/:user_id/unlock",
    "DELETE /users/:user_id/mfa",
    "DELETE /users/:user_id/profile_image",
    "GET /users/:user_id/organization_memberships",
    "POST /email_addresses",
    "PATCH /email_addresses/:email_address_id",
    "DELETE /email_addresses/:email_address_id",
    "POST /phone_numbers",
    "PATCH /phone_numbers/:phone_number_id",
    "DELETE /phone_numbers/:phone_number_id",
    "POST /sessions/:session_id/revoke",
    "POST /organizations",
    "GET /organizations/:organization_id",
    "PATCH /organizations/:organization_id",
    "DELETE /organizations/:organization_id",
    "PUT /organizations/:organization_id/metadata",
    "GET /organizations/:organization_id/memberships",
    "POST /organizations/:organization_id/memberships",
    "PATCH /organizations/:organization_id/memberships/:user_id",
    "DELETE /organizations/:organization_id/memberships/:user_id",
    "GET /organizations/:organization_id/invitations",
    "POST /organizations/:organization_id/invitations",
    "POST /organizations/:organization_id/invitations/:invitation_id/revoke",
    "GET /organizations/:organization_id/domains",
    "POST /organizations/:organization_id/domains",
    "PATCH /organizations/:organization_id/domains/:domain_id",
    "DELETE /organizations/:organization_id/domains/:domain_id",
    "GET /organization_roles",
    "GET /instance/organization_settings",
    "PATCH /instance/organization_settings",
    "PATCH /instance",
    "PATCH /instance/restrictions",
    "GET /instance/sign_in_settings",
    "PATCH /instance/sign_in_settings",
    "PATCH /instance/communication",
    "PATCH /instance/oauth_application_settings",
    "GET /allowlist_identifiers",
    "POST /allowlist_identifiers",
    "DELETE /allowlist_identifiers/:identifier_id",
    "GET /blocklist_identifiers",
    "POST /blocklist_identifiers",
    "DELETE /blocklist_identifiers/:identifier_id",
};

/// The resources that they belong to.
constexpr backend_api::AddResource sources[] = {
    backend_api::addUsers,
    backend_api::addUserList,
    backend_api::addUserFactors,
    backend_api::addIdentifiers,
    backend_api::addSessions,
    backend_api::addOrganizations,
    backend_api::addOrganizationMemberships,
    backend_api::addOrganizationInvitations,
    backend_api::addOrganizationDomains,
    backend_api::addOrganizationRoles,
    backend_api::addInstanceSettings,
    backend_api::addInvitations,
};

/// The dashboard's own.
constexpr backend_api::AddResource own[] = {addOverview, addLists, addOutbox, addConfiguration, addAuditLog};

void addOffered(const backend_api::AddOperation& add) {
  std::size_t found = 0;
  const backend_api::AddOperation addWanted = [&](std::string_view method, std::string_view path,
                                                  backend_api::Endpoint endpoint) {
    if (std::ranges::find(offered, std::string(method) + " " + std::string(path)) == offered.end()) return;
    add(method, path, endpoint);
    ++found;
  };
  for (const auto addResource : sources) addResource(addWanted);
  if (found != offered.size()) throw std::logic_error("the dashboard offers an operation that does not exist");
}

}  // namespace

std::span<const std::string_view> offeredOperations() noexcept { return offered; }

void addOperations(fastify::Fastify& scope, Core& core, const backend_api::Identify& identify) {
  std::vector<backend_api::AddResource> resources(std::begin(own), std::end(own));
  resources.push_back(addOffered);
  backend_api::addOperations(scope, core, identify, resources);
}

}  // namespace clerk::instance::dashboard
