#pragma once
// Test runs of enterprise connections: an administrator walks a connection's sign-in, nobody is signed in by it, and
// what came back is kept for a while.

#include "flows/enterprise/connection.hpp"
#include "flows/oauth/oauth.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

enum class TestRunStatus { Pending, Success, Failed };
std::string_view nameOf(TestRunStatus status) noexcept;
std::optional<TestRunStatus> testRunStatusOf(std::string_view name) noexcept;

struct TestRun {
  RegistryEntry entry;
  /// What the provider sent, as the API's `oauth` or `saml` member; kept sealed.
  boost::json::object payload;

  TestRunStatus status() const noexcept;
};

/// Gives the address that begins the run: good for ten minutes, once. The connection need not be active. Errors:
/// `resource_not_found`.
async::Task<Outcome<std::string>> createTestRun(Core& core, std::string connectionId);
/// Newest first; no statuses: all. Errors: `resource_not_found`.
async::Task<Outcome<Page<TestRun>>> listTestRuns(Core& core, std::string connectionId,
                                                 std::vector<TestRunStatus> statuses, PageRequest page);
/// The id of a connection of the organization, for one of its members who manages it. Errors: those of authorize(),
/// `resource_not_found`.
async::Task<Outcome<std::string>> connectionOfOrganization(Core& core, OrganizationActor actor,
                                                           std::string organizationId, std::string connectionId);

/// The browser comes with the ticket: where it goes on, which is the provider, or the result when that cannot be asked.
/// Errors: `resource_not_found`, `enterprise_connection_test_run_ticket_invalid`.
async::Task<Outcome<std::string>> beginTestRun(Core& core, std::string connectionId, std::string ticket);
/// It comes back from an OpenID Connect provider. Gives the address of the result.
async::Task<Outcome<std::string>> finishOidcTestRun(Core& core, OauthState state, OauthCallback callback);
/// The response of a SAML provider was judged: `error`, or who it is about. Gives the address of the result.
async::Task<Outcome<std::string>> finishSamlTestRun(Core& core, OauthState state, std::optional<Error> error,
                                                    OidcProfile profile, std::string response, std::string relayState);
/// The result, for whoever was sent to its address. Errors: `resource_not_found`,
/// `enterprise_connection_test_run_ticket_invalid`.
async::Task<Outcome<TestRun>> readTestRun(Core& core, std::string connectionId, std::string runId, std::string token);

}  // namespace clerk::instance
