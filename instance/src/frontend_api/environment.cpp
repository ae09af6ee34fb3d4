#include "wire/environment.hpp"

#include "flows/enterprise/connection.hpp"
#include "frontend_api/resources.hpp"

namespace clerk::instance::frontend_api {
namespace {

async::Task<Outcome<wire::Json>> readEnvironment(Call& call) {
  auto environment = wire::environment(call.core.settings());
  const auto active = co_await listEnterpriseConnections(call.core, {.active = true}, {.limit = 1});
  environment["user_settings"].at("enterprise_sso").as_object()["enabled"] = active.totalCount > 0;
  co_return wire::Json(std::move(environment));
}

}  // namespace

void addEnvironment(Operations& operations) {
  operations.add("/environment", {"GET", Envelope::Bare, readEnvironment, Asker::Ignored});
  // With a development key Clerk's client asks by PATCH.
  operations.add("/environment", {"PATCH", Envelope::Bare, readEnvironment, Asker::Ignored});
}

}  // namespace clerk::instance::frontend_api
