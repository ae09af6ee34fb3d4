// Enterprise connections with their test runs, and those of SAML by their older name.

#include "wire/enterprise.hpp"

#include "api/list_fields.hpp"
#include "backend_api/backend_api.hpp"
#include "flows/enterprise/connection.hpp"
#include "flows/enterprise/sign_in_connection.hpp"
#include "flows/enterprise/test_run.hpp"
#include "wire/error.hpp"

namespace clerk::instance::backend_api {
namespace {

constexpr std::size_t mostDomains = 100;
constexpr std::size_t mostAttributes = 50;

using Show = async::Task<wire::JsonObject> (*)(Call& call, const EnterpriseConnection& connection);

async::Task<wire::JsonObject> asConnection(Call& call, const EnterpriseConnection& connection) {
  co_return wire::enterpriseConnection(call.view(), connection);
}

async::Task<wire::JsonObject> asSamlConnection(Call& call, const EnterpriseConnection& connection) {
  const auto people = co_await countPeopleOf(call.core, connection);
  co_return wire::samlConnection(call.view(), connection, people);
}

async::Task<Outcome<wire::Json>> shown(Call& call, Outcome<EnterpriseConnection> connection, Show show) {
  if (!connection) co_return connection.error();
  co_return wire::Json(co_await show(call, *connection));
}

async::Task<Outcome<wire::Json>> answerList(Call& call, EnterpriseConnectionFilter filter, PageRequest page,
                                            Show show) {
  const auto connections = co_await listEnterpriseConnections(call.core, std::move(filter), page);
  wire::JsonArray list;
  for (const auto& connection : connections.data) list.push_back(co_await show(call, connection));
  co_return wire::Json(wire::page(std::move(list), connections.totalCount));
}

Outcome<wire::Json> deleted(std::string_view object, const Outcome<std::string>& id) {
  if (!id) return id.error();
  return wire::Json(wire::deletedObject(object, *id));
}

/// What both ways of creating and changing take.
EnterpriseConnectionFields readCommon(JsonFields& body) {
  EnterpriseConnectionFields fields{
      .name = body.text("name"),
      .domains = body.listChange("domains", mostDomains).value_or(std::vector<std::string>()),
      .active = body.boolean("active"),
      .allowOrganizationAccountLinking = body.boolean("allow_organization_account_linking")};
  const auto organization = body.textChange("organization_id");
  if (organization) fields.organizationId = *organization;
  fields.forgetsOrganization = organization && !*organization;
  return fields;
}

void readChanges(JsonFields& body, EnterpriseConnectionFields& fields) {
  fields.syncUserAttributes = body.boolean("sync_user_attributes");
  fields.disableAdditionalIdentifications = body.boolean("disable_additional_identifications");
}

// ---- enterprise connections

void readParts(JsonFields& body, EnterpriseConnectionFields& fields) {
  fields.saml = body.object("saml").value_or(boost::json::object());
  fields.oidc = body.object("oidc").value_or(boost::json::object());
  const auto attributes = body.json("custom_attributes");
  if (attributes.is_null()) return;
  if (!attributes.is_array() || attributes.get_array().size() > mostAttributes) {
    return body.refuse(wire::wrong::paramType("custom_attributes", "array"));
  }
  for (const auto& each : attributes.get_array()) {
    if (!each.is_object()) return body.refuse(wire::wrong::paramType("custom_attributes", "array of objects"));
  }
  fields.customAttributes = attributes.get_array();
}

async::Task<Outcome<wire::Json>> list(Call& call) {
  auto query = call.query();
  const auto page = api::readPage(query);
  EnterpriseConnectionFilter filter{.organizationId = query.text("organization_id"), .active = query.boolean("active")};
  if (auto wrong = query.failure()) co_return *wrong;
  co_return co_await answerList(call, std::move(filter), page, asConnection);
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  auto name = body.requiredText("name");
  auto provider = body.requiredText("provider");
  auto fields = readCommon(body);
  fields.name = std::move(name);
  fields.provider = std::move(provider);
  readParts(body, fields);
  if (auto wrong = body.failure()) co_return *wrong;
  call.status = 201;
  co_return co_await shown(call, co_await createEnterpriseConnection(call.core, std::move(fields)), asConnection);
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  co_return co_await shown(call, co_await getEnterpriseConnection(call.core, call.param("enterprise_connection_id")),
                           asConnection);
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  auto body = call.body();
  auto fields = readCommon(body);
  readChanges(body, fields);
  readParts(body, fields);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return co_await shown(
      call, co_await updateEnterpriseConnection(call.core, call.param("enterprise_connection_id"), std::move(fields)),
      asConnection);
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  co_return deleted("enterprise_connection",
                    co_await deleteEnterpriseConnection(call.core, call.param("enterprise_connection_id")));
}

// ---- test runs

async::Task<Outcome<wire::Json>> listRuns(Call& call) {
  auto query = call.query();
  auto statuses = api::readWords(query, "status", testRunStatusOf);
  const auto page = api::readPage(query);
  if (auto wrong = query.failure()) co_return *wrong;
  const auto runs = co_await listTestRuns(call.core, call.param("enterprise_connection_id"), std::move(statuses), page);
  if (!runs) co_return runs.error();
  wire::JsonArray list;
  for (const auto& run : runs->data) list.push_back(wire::testRun(run));
  co_return wire::Json(wire::page(std::move(list), runs->totalCount));
}

async::Task<Outcome<wire::Json>> createRun(Call& call) {
  const auto url = co_await createTestRun(call.core, call.param("enterprise_connection_id"));
  if (!url) co_return url.error();
  co_return wire::Json(wire::JsonObject{{"url", *url}});
}

// ---- by the older name

/// The members that stand in `saml` elsewhere.
void readSamlMembers(JsonFields& body, EnterpriseConnectionFields& fields) {
  for (const auto* name :
       {"idp_entity_id", "idp_sso_url", "idp_certificate", "idp_metadata_url", "idp_metadata", "attribute_mapping",
        "login_hint", "allow_subdomains", "allow_idp_initiated", "force_authn"}) {
    if (auto value = body.jsonChange(name)) fields.saml[name] = *std::move(value);
  }
  // One domain, as it was before there could be several.
  const auto domain = body.text("domain");
  if (domain && !domain->empty() && fields.domains.empty()) fields.domains = {*domain};
}

async::Task<Outcome<wire::Json>> listSaml(Call& call) {
  auto query = call.query();
  const auto page = api::readPage(query);
  const auto order = query.text("order_by").value_or("-created_at");
  EnterpriseConnectionFilter filter{.organizationId = query.text("organization_id"),
                                    .protocol = EnterpriseProtocol::Saml,
                                    .query = query.text("query").value_or(""),
                                    .oldestFirst = !order.starts_with('-')};
  if (auto wrong = query.failure()) co_return *wrong;
  co_return co_await answerList(call, std::move(filter), page, asSamlConnection);
}

async::Task<Outcome<wire::Json>> createSaml(Call& call) {
  auto body = call.body();
  auto name = body.requiredText("name");
  auto provider = body.requiredText("provider");
  if (!provider.empty() && protocolOf(provider) != EnterpriseProtocol::Saml) {
    body.refuse(wire::wrong::paramValue("provider", "saml_custom, saml_okta, saml_google, saml_microsoft"));
  }
  auto fields = readCommon(body);
  fields.name = std::move(name);
  fields.provider = std::move(provider);
  readSamlMembers(body, fields);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return co_await shown(call, co_await createEnterpriseConnection(call.core, std::move(fields)), asSamlConnection);
}

std::string samlId(const Call& call) { return call.param("saml_connection_id"); }

/// An id of the other kind of names is no SAML connection's.
Outcome<> checkSamlId(const Call& call) {
  if (samlId(call).starts_with("samlc_")) return {};
  return wire::wrong::notFound();
}

async::Task<Outcome<wire::Json>> readSaml(Call& call) {
  if (auto checked = checkSamlId(call); !checked) co_return checked.error();
  co_return co_await shown(call, co_await getEnterpriseConnection(call.core, samlId(call)), asSamlConnection);
}

async::Task<Outcome<wire::Json>> updateSaml(Call& call) {
  if (auto checked = checkSamlId(call); !checked) co_return checked.error();
  auto body = call.body();
  auto fields = readCommon(body);
  readChanges(body, fields);
  readSamlMembers(body, fields);
  body.boolean("consent_verified_domains_deletion");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return co_await shown(call, co_await updateEnterpriseConnection(call.core, samlId(call), std::move(fields)),
                           asSamlConnection);
}

async::Task<Outcome<wire::Json>> removeSaml(Call& call) {
  if (auto checked = checkSamlId(call); !checked) co_return checked.error();
  co_return deleted("saml_connection", co_await deleteEnterpriseConnection(call.core, samlId(call)));
}

}  // namespace

void addEnterpriseConnections(const AddOperation& add) {
  add("GET", "/enterprise_connections", list);
  add("POST", "/enterprise_connections", create);
  add("GET", "/enterprise_connections/:enterprise_connection_id", read);
  add("PATCH", "/enterprise_connections/:enterprise_connection_id", update);
  add("DELETE", "/enterprise_connections/:enterprise_connection_id", remove);
  add("GET", "/enterprise_connections/:enterprise_connection_id/test_runs", listRuns);
  add("POST", "/enterprise_connections/:enterprise_connection_id/test_runs", createRun);
  add("GET", "/saml_connections", listSaml);
  add("POST", "/saml_connections", createSaml);
  add("GET", "/saml_connections/:saml_connection_id", readSaml);
  add("PATCH", "/saml_connections/:saml_connection_id", updateSaml);
  add("DELETE", "/saml_connections/:saml_connection_id", removeSaml);
}

}  // namespace clerk::instance::backend_api
