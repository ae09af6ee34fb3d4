#pragma once
// Clerk's Backend API: what applications talk to, with the secret key.

#include "backend_api/operation.hpp"

#include <fastify/instance.hpp>

namespace clerk::instance::backend_api {

/// All operations, in a scope whose prefix ends in `/v1`. `core` outlives the app.
void addBackendApi(fastify::Fastify& scope, Core& core);

// The resources: a file each.
void addKeySet(const AddOperation& add);
void addUsers(const AddOperation& add);
void addUserFactors(const AddOperation& add);
void addIdentifiers(const AddOperation& add);
void addInvitations(const AddOperation& add);
void addUserList(const AddOperation& add);
void addSessions(const AddOperation& add);
void addClients(const AddOperation& add);
void addSignInTokens(const AddOperation& add);
void addTestingTokens(const AddOperation& add);
void addOrganizations(const AddOperation& add);
void addOrganizationMemberships(const AddOperation& add);
void addOrganizationInvitations(const AddOperation& add);
void addOrganizationDomains(const AddOperation& add);
void addOrganizationRoles(const AddOperation& add);

}  // namespace clerk::instance::backend_api
