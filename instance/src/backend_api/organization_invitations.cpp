// Invitations to organizations, as a backend manages them.

#include "flows/organization/invitation.hpp"

#include "api/list_fields.hpp"
#include "backend_api/backend_api.hpp"
#include "backend_api/shown.hpp"
#include "store/folded_text.hpp"
#include "wire/error.hpp"
#include "wire/organization.hpp"

namespace clerk::instance::backend_api {
namespace {

constexpr std::size_t maxInvitations = 10;  // of one request (Backend API document)
constexpr NameTable<InvitationOrder, 2> orders{
    {{InvitationOrder::CreatedAt, "created_at"}, {InvitationOrder::EmailAddress, "email_address"}}};

constexpr auto render = [](const wire::View& view, const ShownInvitation& shown) {
  return wire::backendOrganizationInvitation(view, shown);
};
constexpr auto renderOfAny = [](const wire::View& view, const ShownInvitation& shown) {
  return wire::backendOrganizationInvitationOfAny(view, shown);
};

std::string organizationId(const Call& call) { return call.param("organization_id"); }

NewOrganizationInvitation readInvitation(JsonFields& body) {
  const auto days = body.integerWithin("expires_in_days", 1, 365);
  return {.emailAddress = body.requiredText("email_address"),
          .roleKey = body.requiredText("role"),
          .inviterId = body.text("inviter_user_id"),
          .publicMetadata = body.object("public_metadata").value_or(boost::json::object()),
          .privateMetadata = body.object("private_metadata").value_or(boost::json::object()),
          .redirectUrl = body.text("redirect_url").value_or(""),
          .expiresInDays = days ? std::optional(static_cast<int>(*days)) : std::nullopt,
          .notify = body.boolean("notify").value_or(true)};
}

/// Makes them and looks them up again, with who invites.
async::Task<Outcome<wire::JsonArray>> invite(Call& call, std::vector<NewOrganizationInvitation> invitations) {
  const auto made = co_await inviteToOrganization(call.core, OrganizationActor::backend(), organizationId(call),
                                                  std::move(invitations));
  if (!made) co_return made.error();
  wire::JsonArray list;
  for (const auto& each : *made) {
    const auto found =
        co_await getOrganizationInvitation(call.core, OrganizationActor::backend(), organizationId(call), each.id);
    if (!found) co_return found.error();
    list.push_back(render(call.view(), *found));
  }
  co_return list;
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  std::vector<NewOrganizationInvitation> one{readInvitation(body)};
  if (auto wrong = body.failure()) co_return *wrong;
  auto list = co_await invite(call, std::move(one));
  if (!list) co_return list.error();
  co_return std::move(list->front());
}

async::Task<Outcome<wire::Json>> createMany(Call& call) {
  std::vector<NewOrganizationInvitation> invitations;
  const auto bodies = call.bodies();
  if (bodies.empty()) co_return wire::wrong::paramMissing("email_address");
  if (bodies.size() > maxInvitations) co_return wire::wrong::paramArraySize("invitations", maxInvitations);
  for (auto body : bodies) {
    invitations.push_back(readInvitation(body));
    if (auto wrong = body.failure()) co_return *wrong;
  }
  auto list = co_await invite(call, std::move(invitations));
  if (!list) co_return list.error();
  const auto count = static_cast<std::int64_t>(list->size());
  co_return wire::Json(wire::page(*std::move(list), count));
}

OrganizationInvitationListRequest readRequest(api::TextFields& query) {
  return {.statuses = api::readWords(query, "status", organizationInvitationStatusOf),
          .order = api::readOrder(query, orders),
          .page = api::readPage(query)};
}

async::Task<Outcome<wire::Json>> list(Call& call) {
  auto query = call.query();
  auto request = readRequest(query);
  request.organizationId = organizationId(call);
  if (auto address = query.text("email_address"); address && !address->empty()) {
    request.emailAddresses.push_back(foldCase(*address));
  }
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(
      call, co_await listOrganizationInvitations(call.core, OrganizationActor::backend(), std::move(request)), render);
}

async::Task<Outcome<wire::Json>> listPending(Call& call) {
  auto query = call.query();
  OrganizationInvitationListRequest request{.organizationId = organizationId(call),
                                            .statuses = {OrganizationInvitationStatus::Pending},
                                            .page = api::readPage(query)};
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(
      call, co_await listOrganizationInvitations(call.core, OrganizationActor::backend(), std::move(request)), render);
}

async::Task<Outcome<wire::Json>> listAll(Call& call) {
  auto query = call.query();
  auto request = readRequest(query);
  request.query = query.text("query").value_or("");
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(call, co_await listAllOrganizationInvitations(call.core, std::move(request)), renderOfAny);
}

async::Task<Outcome<wire::Json>> listOfUser(Call& call) {
  auto query = call.query();
  OrganizationInvitationListRequest request{.statuses = api::readWords(query, "status", organizationInvitationStatusOf),
                                            .page = api::readPage(query)};
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(call, co_await listInvitationsOfUser(call.core, call.param("user_id"), std::move(request)),
                      renderOfAny);
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  co_return shown(call,
                  co_await getOrganizationInvitation(call.core, OrganizationActor::backend(), organizationId(call),
                                                     call.param("invitation_id")),
                  render);
}

async::Task<Outcome<wire::Json>> revoke(Call& call) {
  auto body = call.body();
  auto requestingUserId = body.text("requesting_user_id");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call,
                  co_await revokeOrganizationInvitation(call.core, OrganizationActor::backend(), organizationId(call),
                                                        call.param("invitation_id"), std::move(requestingUserId)),
                  render);
}

}  // namespace

void addOrganizationInvitations(const AddOperation& add) {
  add("GET", "/organization_invitations", listAll);
  add("GET", "/users/:user_id/organization_invitations", listOfUser);
  add("GET", "/organizations/:organization_id/invitations", list);
  add("POST", "/organizations/:organization_id/invitations", create);
  add("POST", "/organizations/:organization_id/invitations/bulk", createMany);
  add("GET", "/organizations/:organization_id/invitations/pending", listPending);
  add("GET", "/organizations/:organization_id/invitations/:invitation_id", read);
  add("POST", "/organizations/:organization_id/invitations/:invitation_id/revoke", revoke);
}

}  // namespace clerk::instance::backend_api
