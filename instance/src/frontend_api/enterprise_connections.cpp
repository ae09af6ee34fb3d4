// Enterprise connections as an organization's people see them, and what a SAML identity provider asks for.

#include "flows/enterprise/connection.hpp"

#include "frontend_api/organization_call.hpp"
#include "frontend_api/resources.hpp"
#include "model/enterprise_errors.hpp"
#include "model/organization_errors.hpp"
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

constexpr std::string_view ending = ".xml";

async::Task<Outcome<wire::Json>> metadata(Call& call) {
  auto id = call.param("saml_connection_file");
  if (!id.ends_with(ending)) co_return wire::wrong::notFound();
  id.resize(id.size() - ending.size());
  const auto connection = co_await getEnterpriseConnection(call.core, id);
  if (!connection || connection->protocol() != EnterpriseProtocol::Saml) co_return wire::wrong::notFound();
  co_return wire::Json(wire::samlMetadata(call.core.settings(), samlIdOf(connection->entry.id)));
}

/// Assertions are not taken: to check their signatures needs a library that this instance does not have.
async::Task<Outcome<wire::Json>> consume(Call& call) {
  const auto id = call.param("saml_connection_id");
  const auto connection = co_await getEnterpriseConnection(call.core, id);
  const bool there = connection && connection->protocol() == EnterpriseProtocol::Saml && connection->active();
  co_return Failure(there ? errors::enterpriseConnectionInvalidType() : errors::samlConnectionActiveNotFound(id));
}

}  // namespace

void addEnterpriseConnections(Operations& operations) {
  const std::string connections = "/organizations/:organization_id/enterprise_connections";
  const auto one = connections + "/:enterprise_connection_id";
  operations.add(connections, {"GET", Envelope::Read, list});
  operations.add(connections, {"POST", Envelope::Mutation, refuseSelfServe});
  operations.add(one, {"PATCH", Envelope::Mutation, refuseSelfServe});
  operations.add(one, {"DELETE", Envelope::Mutation, refuseSelfServe});
  operations.add(one + "/test_runs", {"GET", Envelope::Read, refuseSelfServe});
  operations.add(one + "/test_runs", {"POST", Envelope::Mutation, refuseSelfServe});
  operations.add("/saml/metadata/:saml_connection_file", {"GET", Envelope::Xml, metadata, Asker::Ignored});
  operations.add("/saml/acs/:saml_connection_id", {"POST", Envelope::Redirect303, consume, Asker::Ignored});
}

}  // namespace clerk::instance::frontend_api
