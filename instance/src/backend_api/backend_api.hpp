#pragma once
// Clerk's Backend API: what applications talk to, with the secret key.

#include "backend_api/operation.hpp"

#include <fastify/instance.hpp>

#include <functional>
#include <span>

namespace clerk::instance::backend_api {

/// Who made a request that was let in, for the audit log; it needs to say the door and the id alone.
using Identify = std::function<Actor(fastify::Request& request)>;
using AddResource = void (*)(const AddOperation& add);

/// Operations behind a door of the caller's, whose hook refuses who may not ask. What they change is recorded as done
/// by whom `identify` names.
void addOperations(fastify::Fastify& scope, Core& core, const Identify& identify,
                   std::span<const AddResource> resources);

/// All operations, in a scope whose prefix ends in `/v1`. `core` outlives the app.
void addBackendApi(fastify::Fastify& scope, Core& core);

/// What Clerk's SDK asks for without `/v1` before it: M2M tokens, API keys, access tokens. Some of it takes a machine's
/// secret key as well. For scopes whose prefix ends in `/v1` and for those beside them.
void addMachineApi(fastify::Fastify& scope, Core& core);

/// Bodies of JSON; none where the type is said and nothing is sent.
void addJsonParser(fastify::Fastify& scope);

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
void addActorTokens(const AddOperation& add);
void addApiKeys(const AddOperation& add);
void addMachineTokens(const AddOperation& add);
void addMachines(const AddOperation& add);
void addEnterpriseConnections(const AddOperation& add);
void addDomains(const AddOperation& add);
void addInstanceSettings(const AddOperation& add);
void addJwtTemplates(const AddOperation& add);
void addOAuthApplications(const AddOperation& add);
void addOAuthTokens(const AddOperation& add);
void addRedirectUrls(const AddOperation& add);
void addSignUpRecords(const AddOperation& add);
void addUserBans(const AddOperation& add);
void addWebhooks(const AddOperation& add);

}  // namespace clerk::instance::backend_api
