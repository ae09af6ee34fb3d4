#include "wire/environment.hpp"

#include "frontend_api/resources.hpp"

namespace clerk::instance::frontend_api {
namespace {

async::Task<Outcome<wire::Json>> readEnvironment(Call& call) {
  const auto runtime =
      co_await call.core.store().read([&](const Transaction& tx) { return call.core.runtimeSettings(tx); });
  co_return wire::environment(call.core.settings(), runtime);
}

}  // namespace

void addEnvironment(Operations& operations) {
  operations.add("/environment", {"GET", Envelope::Bare, readEnvironment, Asker::Ignored});
  // With a development key Clerk's client asks by PATCH.
  operations.add("/environment", {"PATCH", Envelope::Bare, readEnvironment, Asker::Ignored});
}

}  // namespace clerk::instance::frontend_api
