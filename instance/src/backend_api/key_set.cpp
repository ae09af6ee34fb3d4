#include "wire/key_set.hpp"

#include "backend_api/backend_api.hpp"

namespace clerk::instance::backend_api {
namespace {

async::Task<Outcome<wire::Json>> read(Call& call) { co_return wire::Json(wire::keySet(call.core.tokens())); }

}  // namespace

void addKeySet(const AddOperation& add) { add("GET", "/jwks", read); }

}  // namespace clerk::instance::backend_api
