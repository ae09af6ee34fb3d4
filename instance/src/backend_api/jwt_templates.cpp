#include "flows/jwt_template/jwt_template.hpp"

#include "backend_api/backend_api.hpp"
#include "backend_api/registered.hpp"
#include "flows/session/session.hpp"
#include "wire/registry.hpp"
#include "wire/session.hpp"

namespace clerk::instance::backend_api {
namespace {

constexpr std::int64_t shortestLifetime = 30;
constexpr std::int64_t longestLifetime = 315360000;
constexpr std::int64_t greatestClockSkew = 300;

JwtTemplateFields readFields(JsonFields& body) {
  JwtTemplateFields fields;
  fields.name = body.requiredText("name", 255);
  fields.claims = body.requiredObject("claims");
  fields.lifetime = body.integerWithin("lifetime", shortestLifetime, longestLifetime);
  fields.allowedClockSkew = body.integerWithin("allowed_clock_skew", 0, greatestClockSkew);
  fields.customSigningKey = body.flag("custom_signing_key");
  fields.signingAlgorithm = body.text("signing_algorithm");
  fields.signingKey = body.text("signing_key");
  return fields;
}

async::Task<Outcome<wire::Json>> list(Call& call) {
  co_return co_await listRegistered(call, registry::jwtTemplate, {.oldestFirst = true}, wire::jwtTemplate);
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  auto fields = readFields(body);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await createJwtTemplate(call.core, std::move(fields)), wire::jwtTemplate);
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  co_return shown(call, co_await getJwtTemplate(call.core, call.param("template_id")), wire::jwtTemplate);
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  auto body = call.body();
  auto fields = readFields(body);
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call, co_await updateJwtTemplate(call.core, call.param("template_id"), std::move(fields)),
                  wire::jwtTemplate);
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  co_return deleted("jwt_template", co_await deleteJwtTemplate(call.core, call.param("template_id")));
}

async::Task<Outcome<wire::Json>> createToken(Call& call) {
  auto body = call.body();
  const auto lifetime = body.integerWithin("expires_in_seconds", shortestLifetime, longestLifetime);
  if (auto wrong = body.failure()) co_return *wrong;
  auto session = co_await getSession(call.core, call.param("session_id"));
  if (!session) co_return session.error();
  const auto token =
      co_await createTemplateToken(call.core, *std::move(session), call.param("template_name"), "",
                                   lifetime ? std::optional(std::chrono::seconds(*lifetime)) : std::nullopt);
  if (!token) co_return token.error();
  co_return wire::Json(wire::token(*token));
}

}  // namespace

void addJwtTemplates(const AddOperation& add) {
  add("GET", "/jwt_templates", list);
  add("POST", "/jwt_templates", create);
  add("GET", "/jwt_templates/:template_id", read);
  add("PATCH", "/jwt_templates/:template_id", update);
  add("DELETE", "/jwt_templates/:template_id", remove);
  add("POST", "/sessions/:session_id/tokens/:template_name", createToken);
}

}  // namespace clerk::instance::backend_api
