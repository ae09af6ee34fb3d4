// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off

#include <clerk/api/backend_api.hpp>

namespace clerk {

BackendApi::BackendApi(const std::shared_ptr<const api::ClientContext>& context)
    : users(context),
      sessions(context),
      organizations(context),
      invitations(context),
      emailAddresses(context),
      phoneNumbers(context),
      clients(context),
      signInTokens(context),
      actorTokens(context),
      testingTokens(context),
      jwks(context),
      jwtTemplates(context),
      domains(context),
      redirectUrls(context),
      allowlistIdentifiers(context),
      blocklistIdentifiers(context),
      instance(context),
      webhooks(context),
      waitlistEntries(context),
      organizationRoles(context),
      organizationPermissions(context),
      roleSets(context),
      apiKeys(context),
      m2m(context),
      machines(context),
      idPOAuthAccessToken(context),
      oauthApplications(context),
      enterpriseConnections(context),
      samlConnections(context),
      signUps(context),
      billing(context),
      agentTasks(context),
      emails(context),
      betaFeatures(context),
      proxyChecks(context),
      accountlessApplications(context) {}

}  // namespace clerk
