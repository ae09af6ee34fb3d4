// The signed-in person's own memberships, and what it is offered.

#include "api/list_fields.hpp"
#include "flows/organization/enrollment.hpp"
#include "flows/organization/invitation.hpp"
#include "flows/organization/membership.hpp"
#include "flows/organization/organization.hpp"
#include "frontend_api/organization_call.hpp"
#include "frontend_api/resources.hpp"
#include "wire/organization.hpp"

namespace clerk::instance::frontend_api {
namespace {

constexpr auto renderMember = [](const wire::View& view, const Member& member) {
  return wire::membership(view, member);
};
constexpr auto renderInvitation = [](const wire::View& view, const ShownInvitation& shown) {
  return wire::ownOrganizationInvitation(view, shown);
};
constexpr auto renderSuggestion = [](const wire::View& view, const ShownSuggestion& shown) {
  return wire::organizationSuggestion(view, shown);
};

async::Task<Outcome<wire::Json>> listMemberships(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto query = call.query();
  const auto page = api::readPage(query);
  query.boolean("paginated");
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(call, co_await listMembershipsOfUser(call.core, state->user.id, page), renderMember);
}

async::Task<Outcome<wire::Json>> leave(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  const auto left = co_await leaveOrganization(call.core, organizationId(call), state->user.id);
  if (!left) co_return left.error();
  co_return wire::Json(wire::deletedObject("organization_membership", left->membership.id));
}

async::Task<Outcome<wire::Json>> listInvitations(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto query = call.query();
  OrganizationInvitationListRequest request{.statuses = api::readWords(query, "status", organizationInvitationStatusOf),
                                            .page = api::readPage(query)};
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(call, co_await listInvitationsOfUser(call.core, state->user.id, std::move(request)),
                      renderInvitation);
}

async::Task<Outcome<wire::Json>> acceptOne(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  co_return shown(call, co_await acceptInvitation(call.core, state->user.id, call.param("invitation_id")),
                  renderInvitation);
}

async::Task<Outcome<wire::Json>> listSuggestionsOf(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  auto query = call.query();
  auto statuses = api::readWords(query, "status", organizationRequestStatusOf);
  const auto page = api::readPage(query);
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(call, co_await listSuggestions(call.core, state->user.id, std::move(statuses), page),
                      renderSuggestion);
}

async::Task<Outcome<wire::Json>> acceptSuggested(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  co_return shown(call, co_await acceptSuggestion(call.core, state->user.id, call.param("suggestion_id")),
                  renderSuggestion);
}

async::Task<Outcome<wire::Json>> readCreationDefaults(Call& call) {
  const auto state = co_await speaker(call);
  if (!state) co_return state.error();
  const auto defaults = co_await organizationCreationDefaults(call.core, state->user);
  co_return wire::JsonObject{{"advisory", nullptr},
                             {"form",
                              {{"name", wire::textOrNull(defaults.name)},
                               {"slug", wire::textOrNull(defaults.slug)},
                               {"logo", nullptr},
                               {"blur_hash", nullptr}}}};
}

}  // namespace

void addMyOrganizations(Operations& operations) {
  operations.add("/me/organization_memberships", {"GET", Envelope::Read, listMemberships});
  operations.add("/me/organization_memberships/:organization_id", {"DELETE", Envelope::Mutation, leave});
  operations.add("/me/organization_invitations", {"GET", Envelope::Read, listInvitations});
  operations.add("/me/organization_invitations/:invitation_id/accept", {"POST", Envelope::Mutation, acceptOne});
  operations.add("/me/organization_suggestions", {"GET", Envelope::Read, listSuggestionsOf});
  operations.add("/me/organization_suggestions/:suggestion_id/accept", {"POST", Envelope::Mutation, acceptSuggested});
  operations.add("/me/organization_creation_defaults", {"GET", Envelope::Read, readCreationDefaults});
}

}  // namespace clerk::instance::frontend_api
