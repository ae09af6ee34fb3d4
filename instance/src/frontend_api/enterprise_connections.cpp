// Enterprise connections as an organization's people see them, their test runs, and what a SAML identity provider asks
// for.

#include "flows/enterprise/connection.hpp"

#include "api/list_fields.hpp"
#include "flows/enterprise/saml_connection.hpp"
#include "flows/enterprise/saml_consumer.hpp"
#include "flows/enterprise/test_run.hpp"
#include "frontend_api/organization_call.hpp"
#include "frontend_api/resources.hpp"
#include "frontend_api/test_run_page.hpp"
#include "model/enterprise_errors.hpp"
#include "model/organization_errors.hpp"
#include "saml/document_size.hpp"
#include "wire/enterprise.hpp"

namespace clerk::instance::frontend_api {
namespace {

async::Task<Outcome<wire::Json>> list(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  const auto connections = co_await listConnectionsOfOrganization(call.core, *actor, organizationId(call));
  if (!connections) co_return connections.error();
  co_return wire::Json(shownAll(call, *connections, wire::enterpriseConnection));
}

/// Organizations set up none by themselves here: self-serve SSO is not there, as Clerk says it where it is off.
async::Task<Outcome<wire::Json>> refuseSelfServe(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  const auto connections = co_await listConnectionsOfOrganization(call.core, *actor, organizationId(call));
  if (!connections) co_return connections.error();
  co_return Failure(errors::selfServeSsoDisabled());
}

// ---- test runs

async::Task<Outcome<std::string>> connectionOfMember(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  co_return co_await connectionOfOrganization(call.core, *actor, organizationId(call),
                                              call.param("enterprise_connection_id"));
}

constexpr auto renderTestRun = [](const wire::View&, const TestRun& run) { return wire::testRun(run); };

async::Task<Outcome<wire::Json>> listRuns(Call& call) {
  auto query = call.query();
  auto statuses = api::readWords(query, "status", testRunStatusOf);
  const auto page = api::readPage(query);
  if (auto wrong = query.failure()) co_return *wrong;
  const auto connection = co_await connectionOfMember(call);
  if (!connection) co_return connection.error();
  co_return shownPage(call, co_await listTestRuns(call.core, *connection, std::move(statuses), page), renderTestRun);
}

async::Task<Outcome<wire::Json>> createRun(Call& call) {
  const auto connection = co_await connectionOfMember(call);
  if (!connection) co_return connection.error();
  const auto url = co_await createTestRun(call.core, *connection);
  if (!url) co_return url.error();
  co_return wire::Json(wire::JsonObject{{"url", *url}});
}

async::Task<Outcome<wire::Json>> beginRun(Call& call) {
  auto query = call.query();
  auto ticket = query.requiredText("ticket");
  if (auto wrong = query.failure()) co_return *wrong;
  const auto url = co_await beginTestRun(call.core, call.param("enterprise_connection_id"), std::move(ticket));
  if (!url) co_return url.error();
  call.headers.emplace_back("referrer-policy", "no-referrer");
  co_return wire::Json(*url);
}

async::Task<Outcome<wire::Json>> showRun(Call& call) {
  auto query = call.query();
  auto token = query.requiredText("token");
  if (auto wrong = query.failure()) co_return *wrong;
  const auto run = co_await readTestRun(call.core, call.param("enterprise_connection_id"), call.param("test_run_id"),
                                        std::move(token));
  if (!run) co_return run.error();
  // The address is a secret, and what the provider sent is shown as text alone.
  call.headers.emplace_back("referrer-policy", "no-referrer");
  call.headers.emplace_back("content-security-policy",
                            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  co_return wire::Json(testRunPage(*run));
}

// ---- SAML

constexpr std::size_t longestRelayState = 2048;
constexpr std::string_view ending = ".xml";

async::Task<Outcome<wire::Json>> metadata(Call& call) {
  auto id = call.param("saml_connection_file");
  if (!id.ends_with(ending)) co_return wire::wrong::notFound();
  id.resize(id.size() - ending.size());
  const auto connection = co_await getEnterpriseConnection(call.core, id);
  if (!connection || connection->protocol() != EnterpriseProtocol::Saml) co_return wire::wrong::notFound();
  const auto& settings = call.core.settings();
  const auto samlId = samlIdOf(connection->entry.id);
  co_return wire::Json(saml::serviceMetadata(samlEntityId(settings, samlId), samlConsumerUrl(settings, samlId)));
}

/// Another site posts here: cookies are SameSite=Lax and do not come along, so the browser comes once more by itself.
async::Task<Outcome<wire::Json>> consume(Call& call) {
  auto form = call.form();
  SamlPost post{.connectionId = call.param("saml_connection_id"),
                .response = form.textWithin("SAMLResponse", saml::longestEncoded).value_or(""),
                .relayState = form.textWithin("RelayState", longestRelayState).value_or("")};
  if (post.response.empty()) form.refuse(wire::wrong::paramMissing("SAMLResponse"));
  if (auto wrong = form.failure()) co_return *wrong;
  const auto url = co_await consumeSamlResponse(call.core, std::move(post));
  if (!url) co_return url.error();
  co_return wire::Json(*url);
}

}  // namespace

void addEnterpriseConnections(Operations& operations) {
  const std::string connections = "/organizations/:organization_id/enterprise_connections";
  const auto one = connections + "/:enterprise_connection_id";
  operations.add(connections, {"GET", Envelope::Read, list});
  operations.add(connections, {"POST", Envelope::Mutation, refuseSelfServe});
  operations.add(one, {"PATCH", Envelope::Mutation, refuseSelfServe});
  operations.add(one, {"DELETE", Envelope::Mutation, refuseSelfServe});
  operations.add(one + "/test_runs", {"GET", Envelope::Read, listRuns});
  operations.add(one + "/test_runs", {"POST", Envelope::Mutation, createRun});
  const std::string run = "/enterprise_connections/:enterprise_connection_id";
  operations.add(run + "/init_test_run", {"GET", Envelope::Redirect301, beginRun, Asker::Ignored});
  operations.add(run + "/test_runs/:test_run_id", {"GET", Envelope::Html, showRun, Asker::Ignored});
  operations.add("/saml/metadata/:saml_connection_file", {"GET", Envelope::Xml, metadata, Asker::Ignored});
  operations.add("/saml/acs/:saml_connection_id", {"POST", Envelope::Redirect303, consume, Asker::Ignored});
}

}  // namespace clerk::instance::frontend_api
