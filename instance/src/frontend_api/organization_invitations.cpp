// Who is invited to an organization, as its members see it.

#include "flows/organization/invitation.hpp"

#include "api/list_fields.hpp"
#include "frontend_api/organization_call.hpp"
#include "frontend_api/resources.hpp"
#include "wire/organization.hpp"

namespace clerk::instance::frontend_api {
namespace {

constexpr auto render = [](const wire::View& view, const OrganizationInvitation& invitation) {
  return wire::organizationInvitation(view, invitation);
};
constexpr auto renderShown = [](const wire::View& view, const ShownInvitation& shown) {
  return wire::organizationInvitation(view, shown.invitation);
};

/// Many at once, from a form with many addresses and one role.
constexpr std::size_t maxInvitations = 10;

std::vector<NewOrganizationInvitation> readInvitations(api::TextFields& form, std::vector<std::string> addresses) {
  const auto role = form.requiredText("role");
  const bool notify = form.boolean("notify").value_or(true);
  if (addresses.size() > maxInvitations) {
    form.refuse(wire::wrong::paramArraySize("email_address", maxInvitations));
    addresses.clear();
  }
  std::vector<NewOrganizationInvitation> invitations;
  for (auto& address : addresses) {
    invitations.push_back({.emailAddress = std::move(address), .roleKey = role, .notify = notify});
  }
  return invitations;
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto form = call.form();
  auto invitations = readInvitations(form, {form.requiredText("email_address")});
  if (auto wrong = form.failure()) co_return *wrong;
  const auto made = co_await inviteToOrganization(call.core, *actor, organizationId(call), std::move(invitations));
  if (!made) co_return made.error();
  co_return wire::Json(render(viewNow(call), made->front()));
}

async::Task<Outcome<wire::Json>> createMany(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto form = call.form();
  auto addresses = form.list("email_address");
  if (addresses.empty()) form.refuse(wire::wrong::paramMissing("email_address"));
  auto invitations = readInvitations(form, std::move(addresses));
  if (auto wrong = form.failure()) co_return *wrong;
  const auto made = co_await inviteToOrganization(call.core, *actor, organizationId(call), std::move(invitations));
  if (!made) co_return made.error();
  co_return wire::Json(shownAll(call, *made, render));
}

std::optional<OrganizationInvitationStatus> statusOf(std::string_view name) noexcept {
  // Words that Clerk's client knows beside our own.
  if (name == "completed") return OrganizationInvitationStatus::Accepted;
  if (name == "invalid") return OrganizationInvitationStatus::Expired;
  return organizationInvitationStatusOf(name);
}

async::Task<Outcome<wire::Json>> listWith(Call& call, std::vector<OrganizationInvitationStatus> statuses) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto query = call.query();
  OrganizationInvitationListRequest request{.organizationId = organizationId(call), .statuses = std::move(statuses)};
  for (const auto status : api::readWords(query, "status", statusOf)) request.statuses.push_back(status);
  request.page = api::readPage(query);
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(call, co_await listOrganizationInvitations(call.core, *actor, std::move(request)), renderShown);
}

async::Task<Outcome<wire::Json>> list(Call& call) { return listWith(call, {}); }
async::Task<Outcome<wire::Json>> listPending(Call& call) {
  return listWith(call, {OrganizationInvitationStatus::Pending});
}

async::Task<Outcome<wire::Json>> revoke(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  co_return shown(call,
                  co_await revokeOrganizationInvitation(call.core, *actor, organizationId(call),
                                                        call.param("invitation_id"), std::nullopt),
                  renderShown);
}

}  // namespace

void addOrganizationInvitations(Operations& operations) {
  const std::string invitations = "/organizations/:organization_id/invitations";
  operations.add(invitations, {"GET", Envelope::Read, list});
  operations.add(invitations, {"POST", Envelope::Mutation, create});
  operations.add(invitations + "/bulk", {"POST", Envelope::Mutation, createMany});
  operations.add(invitations + "/pending", {"GET", Envelope::Read, listPending});
  operations.add(invitations + "/:invitation_id/revoke", {"POST", Envelope::Mutation, revoke});
}

}  // namespace clerk::instance::frontend_api
