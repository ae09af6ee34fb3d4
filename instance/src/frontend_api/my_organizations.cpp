#include "frontend_api/resources.hpp"
#include "frontend_api/speaker.hpp"

#include <limits>

namespace clerk::instance::frontend_api {
namespace {

/// Organizations are switched off in this instance (`organization_settings.enabled` is false): everybody's lists are
/// empty.
async::Task<Outcome<wire::Json>> list(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto query = call.query();
  query.integerWithin("limit", 1, 500);
  query.integerWithin("offset", 0, std::numeric_limits<std::int64_t>::max());
  if (auto wrong = query.failure()) co_return *wrong;
  co_return wire::Json(wire::page({}, 0));
}

}  // namespace

void addMyOrganizations(Operations& operations) {
  operations.add("/me/organization_memberships", {"GET", Envelope::Read, list});
  operations.add("/me/organization_invitations", {"GET", Envelope::Read, list});
  operations.add("/me/organization_suggestions", {"GET", Envelope::Read, list});
}

}  // namespace clerk::instance::frontend_api
