#include "backend_api/backend_api.hpp"

#include "api/answer.hpp"
#include "api/field_rules.hpp"
#include "api/upload.hpp"
#include "backend_api/acting.hpp"
#include "settings/keys.hpp"

#include <ecmascript/json_text.hpp>

#include <algorithm>

namespace clerk::instance::backend_api {
namespace {

namespace wrong = wire::wrong;
using fastify::FastifyError;
using fastify::Reply;
using fastify::Request;

/// Refuses who has not the secret key; compares in constant time.
void authenticate(const Core& core, Request& request, Reply& reply) {
  const auto header = request.headers()["authorization"].value_or("");
  constexpr std::string_view scheme = "Bearer ";
  if (!header.starts_with(scheme) || header.size() == scheme.size()) {
    return api::sendFailure(reply, wrong::authorizationFormat());
  }
  if (!core.isSecretKey(header.substr(scheme.size()))) return api::sendFailure(reply, wrong::secretKey());
}

/// What an operation's body is.
enum class BodyForm {
  Members,
  List,   ///< many things at once
  Bytes,  ///< a picture as it is
};

BodyForm bodyFormOf(std::string_view method, std::string_view path) {
  if (method != "DELETE" && (path.ends_with("/profile_image") || path.ends_with("/logo"))) return BodyForm::Bytes;
  return path.ends_with("/bulk") ? BodyForm::List : BodyForm::Members;
}

bool isWellFormed(const fastify::RequestBody& body, BodyForm form) {
  if (!body) return true;
  if (form == BodyForm::Bytes) return body.isBuffer();
  if (!body.isJson()) return false;
  // A few operations for many things take one alone, too.
  if (body.json().is_object()) return true;
  const auto* list = form == BodyForm::List ? body.json().if_array() : nullptr;
  return list && std::ranges::all_of(*list, [](const auto& each) { return each.is_object(); });
}

/// One declared operation; lives as long as its scope.
struct Operation {
  Core& core;
  Endpoint endpoint;
  BodyForm form;
  Identify identify;
  OperationName name;
};

fastify::Task<> answer(const Operation& operation, Request& request, Reply& reply) {
  if (!api::isPlainPath(request.url())) co_return api::sendFailure(reply, wrong::notFound());
  if (!isWellFormed(request.body(), operation.form)) co_return api::sendFailure(reply, wrong::bodyMalformed());
  std::optional<Core> acting;
  if (operation.name.changes()) {
    co_await operation.core.refreshSettings();
    acting.emplace(operation.core, actorOf(operation.identify(request), operation.name, request));
  }
  Call call{acting ? *acting : operation.core, request};
  const auto outcome = co_await operation.endpoint(call);
  if (!outcome) co_return api::sendFailure(reply, outcome.error());
  if (call.status == 204) {
    reply.code(204).send();
  } else {
    api::sendJsonText(reply, call.status, call.text.empty() ? ecmascript::stringify(*outcome) : std::move(call.text));
  }
}

}  // namespace

/// Clerk's SDK says `application/json` also where it sends no body, which Fastify's own parser refuses.
void addJsonParser(fastify::Fastify& scope) {
  scope.removeContentTypeParser("application/json");
  scope.addContentTypeParser(
      "application/json", {.parseAs = fastify::ParseAs::String},
      [parse = scope.getDefaultJsonParser(fastify::Poisoning::Ignore, fastify::Poisoning::Ignore)](
          Request& request, std::string_view text) {
        return text.empty() ? fastify::RequestBody() : parse(request, text);
      });
}

void addOperations(fastify::Fastify& scope, Core& core, const Identify& identify,
                   std::span<const AddResource> resources) {
  addJsonParser(scope);
  api::addUploadParsers(scope);
  scope.setErrorHandler([](FastifyError& error, Request& request, Reply& reply) {
    api::sendFailure(reply, api::failureOf(error, request));
  });
  scope.setNotFoundHandler([](Request&, Reply& reply) { api::sendFailure(reply, wrong::notFound()); });
  const AddOperation add = [&](std::string_view method, std::string_view path, Endpoint endpoint) {
    const auto form = bodyFormOf(method, path);
    const auto operation =
        std::make_shared<const Operation>(core, endpoint, form, identify, OperationName(method, path));
    scope.route({.method = std::string(method),
                 .url = std::string(path),
                 .bodyLimit = form == BodyForm::Bytes ? std::optional(api::uploadLimit) : std::nullopt,
                 .handler = [operation](Request& request, Reply& reply) -> fastify::Task<> {
                   return answer(*operation, request, reply);
                 }});
  };
  for (const auto addResource : resources) addResource(add);
}

void addBackendApi(fastify::Fastify& scope, Core& core) {
  static constexpr AddResource resources[] = {addKeySet,
                                              addUsers,
                                              addUserList,
                                              addUserFactors,
                                              addIdentifiers,
                                              addInvitations,
                                              addSessions,
                                              addClients,
                                              addSignInTokens,
                                              addTestingTokens,
                                              addOrganizations,
                                              addOrganizationMemberships,
                                              addOrganizationInvitations,
                                              addOrganizationDomains,
                                              addOrganizationRoles,
                                              addActorTokens,
                                              addDomains,
                                              addEnterpriseConnections,
                                              addInstanceSettings,
                                              addJwtTemplates,
                                              addMachines,
                                              addOAuthApplications,
                                              addRedirectUrls,
                                              addSignUpRecords,
                                              addUserBans,
                                              addWebhooks};
  scope.addHook(fastify::onRequest, [&core](Request& request, Reply& reply) {
    api::beginAnswer(reply);
    authenticate(core, request, reply);
  });
  const Actor backend{.source = AuditSource::BackendApi, .id = fingerprintOf(core.secretKey())};
  addOperations(scope, core, [backend](Request&) { return backend; }, resources);
}

}  // namespace clerk::instance::backend_api
