#include "backend_api/backend_api.hpp"

#include "api/answer.hpp"
#include "api/upload.hpp"

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

/// Pictures are sent as they are, all else as JSON.
bool takesUpload(std::string_view method, std::string_view path) {
  return method != "DELETE" && (path.ends_with("/profile_image") || path.ends_with("/logo"));
}

fastify::Task<> answer(Core& core, Endpoint endpoint, bool upload, bool bulk, Request& request, Reply& reply) {
  const auto& body = request.body();
  const bool json = body.isJson() && (body.json().is_object() || (bulk && body.json().is_array()));
  const bool readable = !body || (upload ? body.isBuffer() : json);
  if (!readable) co_return api::sendFailure(reply, wrong::bodyMalformed());
  Call call{core, request};
  const auto outcome = co_await endpoint(call);
  if (!outcome) co_return api::sendFailure(reply, outcome.error());
  api::sendJson(reply, 200, *outcome);
}

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

}  // namespace

void addBackendApi(fastify::Fastify& scope, Core& core) {
  addJsonParser(scope);
  api::addUploadParsers(scope);
  scope.addHook(fastify::onRequest, [&core](Request& request, Reply& reply) {
    api::beginAnswer(reply);
    authenticate(core, request, reply);
  });
  scope.setErrorHandler([](FastifyError& error, Request& request, Reply& reply) {
    api::sendFailure(reply, api::failureOf(error, request));
  });
  scope.setNotFoundHandler([](Request&, Reply& reply) { api::sendFailure(reply, wrong::notFound()); });
  const AddOperation add = [&](std::string_view method, std::string_view path, Endpoint endpoint) {
    const bool upload = takesUpload(method, path);
    const bool bulk = path.ends_with("/bulk");
    scope.route({.method = std::string(method),
                 .url = std::string(path),
                 .bodyLimit = upload ? std::optional(api::uploadLimit) : std::nullopt,
                 .handler = [&core, endpoint, upload, bulk](Request& request, Reply& reply) -> fastify::Task<> {
                   return answer(core, endpoint, upload, bulk, request, reply);
                 }});
  };
  for (auto* addResource : {addKeySet, addUsers, addUserList, addUserFactors, addIdentifiers, addInvitations,
                            addSessions, addClients, addSignInTokens, addTestingTokens}) {
    addResource(add);
  }
}

}  // namespace clerk::instance::backend_api
