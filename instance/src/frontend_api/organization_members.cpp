// Members of an organization, and those who ask to be.

#include "flows/organization/membership.hpp"

#include "api/list_fields.hpp"
#include "flows/organization/enrollment.hpp"
#include "frontend_api/organization_call.hpp"
#include "frontend_api/resources.hpp"
#include "wire/organization.hpp"

namespace clerk::instance::frontend_api {
namespace {

constexpr auto render = [](const wire::View& view, const Member& member) { return wire::membership(view, member); };

async::Task<Outcome<wire::Json>> list(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto query = call.query();
  MembershipListRequest request{.organizationId = organizationId(call),
                                .users = {.query = query.text("query").value_or("")},
                                .roleKeys = api::readBracketed(query, "role"),
                                .page = api::readPage(query)};
  query.boolean("paginated");
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(call, co_await listMembers(call.core, *actor, std::move(request)), render);
}

async::Task<Outcome<wire::Json>> add(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto form = call.form();
  NewMember fields{.userId = form.requiredText("user_id"), .roleKey = form.requiredText("role")};
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await addMember(call.core, *actor, organizationId(call), std::move(fields)), render);
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto form = call.form();
  auto role = form.requiredText("role");
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(
      call, co_await changeMemberRole(call.core, *actor, organizationId(call), call.param("user_id"), std::move(role)),
      render);
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  co_return shown(call, co_await removeMember(call.core, *actor, organizationId(call), call.param("user_id")), render);
}

constexpr auto renderRequest = [](const wire::View& view, const ShownRequest& request) {
  return wire::membershipRequest(view, request);
};

async::Task<Outcome<wire::Json>> listRequests(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto query = call.query();
  auto statuses = api::readWords(query, "status", organizationRequestStatusOf);
  const auto page = api::readPage(query);
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(
      call, co_await listMembershipRequests(call.core, *actor, organizationId(call), std::move(statuses), page),
      renderRequest);
}

template <RequestVerdict verdict>
async::Task<Outcome<wire::Json>> settle(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  co_return shown(
      call,
      co_await settleMembershipRequest(call.core, *actor, organizationId(call), call.param("request_id"), verdict),
      renderRequest);
}

}  // namespace

void addOrganizationMembers(Operations& operations) {
  const std::string organization = "/organizations/:organization_id";
  operations.add(organization + "/memberships", {"GET", Envelope::Read, list});
  operations.add(organization + "/memberships", {"POST", Envelope::Mutation, add});
  operations.add(organization + "/memberships/:user_id", {"PATCH", Envelope::Mutation, update});
  operations.add(organization + "/memberships/:user_id", {"DELETE", Envelope::Mutation, remove});
  const std::string requests = organization + "/membership_requests";
  operations.add(requests, {"GET", Envelope::Read, listRequests});
  operations.add(requests + "/:request_id/accept", {"POST", Envelope::Mutation, settle<RequestVerdict::Accept>});
  operations.add(requests + "/:request_id/reject", {"POST", Envelope::Mutation, settle<RequestVerdict::Reject>});
}

}  // namespace clerk::instance::frontend_api
