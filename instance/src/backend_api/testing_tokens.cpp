#include "backend_api/backend_api.hpp"
#include "wire/sign_in_token.hpp"

namespace clerk::instance::backend_api {
namespace {

async::Task<Outcome<wire::Json>> create(Call& call) {
  co_return wire::Json(wire::testingToken(createTestingToken(call.core)));
}

}  // namespace

void addTestingTokens(const AddOperation& add) { add("POST", "/testing_tokens", create); }

}  // namespace clerk::instance::backend_api
