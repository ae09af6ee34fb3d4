#include "api/answer.hpp"
#include "api/field_rules.hpp"
#include "backend_api/acting.hpp"
#include "backend_api/backend_api.hpp"
#include "flows/machine/machine.hpp"
#include "settings/keys.hpp"

namespace clerk::instance::backend_api {
namespace {

namespace wrong = wire::wrong;
using fastify::FastifyError;
using fastify::Reply;
using fastify::Request;

/// Who may ask.
enum class Access {
  SecretKey,  ///< the backend alone
  Machine,    ///< a machine with its own secret key, too
};

/// These operations answer 400 where the others answer 422.
Failure asBadRequest(Failure failure) {
  for (auto& error : failure.errors) {
    if (error.trouble == Trouble::Unprocessable) error.trouble = Trouble::BadRequest;
  }
  return failure;
}

/// The machine that asks; nothing when it is the backend. Errors: `authorization_header_format_invalid`,
/// `clerk_key_invalid`.
async::Task<Outcome<std::optional<RegistryEntry>>> identify(Core& core, Access access, std::string header) {
  constexpr std::string_view scheme = "Bearer ";
  if (!header.starts_with(scheme) || header.size() == scheme.size()) co_return wrong::authorizationFormat();
  auto key = header.substr(scheme.size());
  if (core.isSecretKey(key)) co_return std::optional<RegistryEntry>();
  if (access != Access::Machine || !key.starts_with("ak_")) co_return wrong::secretKey();
  auto machine = co_await authenticateMachine(core, std::move(key));
  if (!machine) co_return machine.error();
  co_return std::optional(*std::move(machine));
}

fastify::Task<> answer(Core& core, Access access, Endpoint endpoint, const OperationName& name, Request& request,
                       Reply& reply) {
  if (!api::isPlainPath(request.url())) co_return api::sendFailure(reply, wrong::notFound());
  auto machine = co_await identify(core, access, std::string(request.headers()["authorization"].value_or("")));
  if (!machine) co_return api::sendFailure(reply, machine.error());
  if (const auto& body = request.body(); body && !(body.isJson() && body.json().is_object())) {
    co_return api::sendFailure(reply, wrong::bodyMalformed());
  }
  std::optional<Core> acting;
  // What machines do by themselves is traffic; what is done with the secret key is recorded.
  if (!*machine && name.changes()) {
    const Actor backend{.source = AuditSource::BackendApi, .id = fingerprintOf(core.secretKey())};
    acting.emplace(core, actorOf(backend, name, request));
  }
  Call call{.core = acting ? *acting : core, .request = request, .machine = *std::move(machine)};
  const auto outcome = co_await endpoint(call);
  if (!outcome) co_return api::sendFailure(reply, asBadRequest(outcome.error()));
  api::sendJson(reply, call.status, *outcome);
}

}  // namespace

void addMachineApi(fastify::Fastify& scope, Core& core) {
  addJsonParser(scope);
  scope.addHook(fastify::onRequest, [](Request&, Reply& reply) { api::beginAnswer(reply); });
  scope.setErrorHandler([](FastifyError& error, Request& request, Reply& reply) {
    api::sendFailure(reply, api::failureOf(error, request));
  });
  auto access = Access::SecretKey;
  const AddOperation add = [&](std::string_view method, std::string_view path, Endpoint endpoint) {
    scope.route({.method = std::string(method),
                 .url = std::string(path),
                 .handler = [&core, access, endpoint, name = OperationName(method, path)](
                                Request& request, Reply& reply) -> fastify::Task<> {
                   return answer(core, access, endpoint, name, request, reply);
                 }});
  };
  addApiKeys(add);
  addOAuthTokens(add);
  access = Access::Machine;
  addMachineTokens(add);
}

}  // namespace clerk::instance::backend_api
