#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// All resources of the Backend API.

#include <clerk/api/accountless_applications.hpp>
#include <clerk/api/actor_tokens.hpp>
#include <clerk/api/agent_tasks.hpp>
#include <clerk/api/allowlist_identifiers.hpp>
#include <clerk/api/api_keys.hpp>
#include <clerk/api/beta_features.hpp>
#include <clerk/api/billing.hpp>
#include <clerk/api/blocklist_identifiers.hpp>
#include <clerk/api/clients.hpp>
#include <clerk/api/domains.hpp>
#include <clerk/api/email_addresses.hpp>
#include <clerk/api/emails.hpp>
#include <clerk/api/enterprise_connections.hpp>
#include <clerk/api/id_poauth_access_token.hpp>
#include <clerk/api/instance.hpp>
#include <clerk/api/invitations.hpp>
#include <clerk/api/jwks.hpp>
#include <clerk/api/jwt_templates.hpp>
#include <clerk/api/m2m.hpp>
#include <clerk/api/machines.hpp>
#include <clerk/api/oauth_applications.hpp>
#include <clerk/api/organization_permissions.hpp>
#include <clerk/api/organization_roles.hpp>
#include <clerk/api/organizations.hpp>
#include <clerk/api/phone_numbers.hpp>
#include <clerk/api/proxy_checks.hpp>
#include <clerk/api/redirect_urls.hpp>
#include <clerk/api/role_sets.hpp>
#include <clerk/api/saml_connections.hpp>
#include <clerk/api/sessions.hpp>
#include <clerk/api/sign_in_tokens.hpp>
#include <clerk/api/sign_ups.hpp>
#include <clerk/api/testing_tokens.hpp>
#include <clerk/api/users.hpp>
#include <clerk/api/waitlist_entries.hpp>
#include <clerk/api/webhooks.hpp>

#include <memory>

namespace clerk {

/// The resources of a client: `client.users`, `client.organizations`, …
/// Every method throws ClerkAPIResponseError when the API refuses or cannot be reached, and clerk::Error before anything
/// is sent (no secret key, an empty id). Its last argument is for this call alone: deadline, repetitions, cancellation.
/// To be called on a thread with a running EventLoop; see clerk::blockOn for programs without one. Safe from any thread:
/// each call runs on its caller's loop, and does not need the client any more once it has begun.
class BackendApi {
 public:
  explicit BackendApi(const std::shared_ptr<const api::ClientContext>& context);

  const UserAPI users;
  const SessionAPI sessions;
  const OrganizationAPI organizations;
  const InvitationAPI invitations;
  const EmailAddressAPI emailAddresses;
  const PhoneNumberAPI phoneNumbers;
  const ClientAPI clients;
  const SignInTokenAPI signInTokens;
  const ActorTokenAPI actorTokens;
  const TestingTokenAPI testingTokens;
  const JwksAPI jwks;
  const JwtTemplateAPI jwtTemplates;
  const DomainAPI domains;
  const RedirectUrlAPI redirectUrls;
  const AllowlistIdentifierAPI allowlistIdentifiers;
  const BlocklistIdentifierAPI blocklistIdentifiers;
  const InstanceAPI instance;
  const WebhookAPI webhooks;
  const WaitlistEntryAPI waitlistEntries;
  const OrganizationRoleAPI organizationRoles;
  const OrganizationPermissionAPI organizationPermissions;
  const RoleSetAPI roleSets;
  const APIKeysAPI apiKeys;
  const M2MTokenAPI m2m;
  const MachineAPI machines;
  const IdPOAuthAccessTokenAPI idPOAuthAccessToken;
  const OAuthApplicationAPI oauthApplications;
  const EnterpriseConnectionAPI enterpriseConnections;
  const SamlConnectionAPI samlConnections;
  const SignUpAPI signUps;
  const BillingAPI billing;
  const AgentTaskAPI agentTasks;
  const EmailAPI emails;
  const BetaFeaturesAPI betaFeatures;
  const ProxyCheckAPI proxyChecks;
  const AccountlessApplicationAPI accountlessApplications;
};

}  // namespace clerk
