// Members of organizations, as a backend manages them.

#include "flows/organization/membership.hpp"

#include "api/list_fields.hpp"
#include "backend_api/backend_api.hpp"
#include "backend_api/shown.hpp"
#include "wire/organization.hpp"

namespace clerk::instance::backend_api {
namespace {

constexpr NameTable<MembershipOrder, 6> orders{{{MembershipOrder::CreatedAt, "created_at"},
                                                {MembershipOrder::PhoneNumber, "phone_number"},
                                                {MembershipOrder::EmailAddress, "email_address"},
                                                {MembershipOrder::FirstName, "first_name"},
                                                {MembershipOrder::LastName, "last_name"},
                                                {MembershipOrder::Username, "username"}}};

constexpr auto render = [](const wire::View& view, const Member& member) {
  return wire::backendMembership(view, member);
};

std::string organizationId(const Call& call) { return call.param("organization_id"); }

UserFilter readUsers(api::TextFields& query) {
  return {.emailAddresses = api::readValues(query, "email_address"),
          .phoneNumbers = api::readValues(query, "phone_number"),
          .web3Wallets = api::readValues(query, "web3_wallet"),
          .usernames = api::readValues(query, "username"),
          .userIds = api::readValues(query, "user_id"),
          .query = query.text("query").value_or(""),
          .emailAddressQuery = query.text("email_address_query").value_or(""),
          .phoneNumberQuery = query.text("phone_number_query").value_or(""),
          .usernameQuery = query.text("username_query").value_or(""),
          .nameQuery = query.text("name_query").value_or(""),
          .lastActiveAtBefore = query.time("last_active_at_before"),
          .lastActiveAtAfter = query.time("last_active_at_after"),
          .createdAtBefore = query.time("created_at_before"),
          .createdAtAfter = query.time("created_at_after")};
}

async::Task<Outcome<wire::Json>> list(Call& call) {
  auto query = call.query();
  MembershipListRequest request{.organizationId = organizationId(call),
                                .users = readUsers(query),
                                .roleKeys = api::readValues(query, "role"),
                                .order = api::readOrder(query, orders),
                                .page = api::readPage(query)};
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(call, co_await listMembers(call.core, OrganizationActor::backend(), std::move(request)), render);
}

async::Task<Outcome<wire::Json>> listAll(Call& call) {
  auto query = call.query();
  MembershipListRequest request{.order = api::readOrder(query, orders), .page = api::readPage(query)};
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(call, co_await listAllMembers(call.core, std::move(request)), render);
}

async::Task<Outcome<wire::Json>> listOfUser(Call& call) {
  auto query = call.query();
  const auto page = api::readPage(query);
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(call, co_await listMembershipsOfUser(call.core, call.param("user_id"), page), render);
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  NewMember fields{.userId = body.requiredText("user_id"),
                   .roleKey = body.requiredText("role"),
                   .publicMetadata = body.object("public_metadata").value_or(boost::json::object()),
                   .privateMetadata = body.object("private_metadata").value_or(boost::json::object())};
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call,
                  co_await addMember(call.core, OrganizationActor::backend(), organizationId(call), std::move(fields)),
                  render);
}

async::Task<Outcome<wire::Json>> update(Call& call) {
  auto body = call.body();
  auto role = body.requiredText("role");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(call,
                  co_await changeMemberRole(call.core, OrganizationActor::backend(), organizationId(call),
                                            call.param("user_id"), std::move(role)),
                  render);
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  co_return shown(
      call, co_await removeMember(call.core, OrganizationActor::backend(), organizationId(call), call.param("user_id")),
      render);
}

async::Task<Outcome<wire::Json>> mergeMetadataOf(Call& call) {
  auto body = call.body();
  MetadataChanges changes{.publicMetadata = body.object("public_metadata"),
                          .privateMetadata = body.object("private_metadata")};
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(
      call,
      co_await mergeMembershipMetadata(call.core, organizationId(call), call.param("user_id"), std::move(changes)),
      render);
}

}  // namespace

void addOrganizationMemberships(const AddOperation& add) {
  add("GET", "/organization_memberships", listAll);
  add("GET", "/users/:user_id/organization_memberships", listOfUser);
  add("GET", "/organizations/:organization_id/memberships", list);
  add("POST", "/organizations/:organization_id/memberships", create);
  add("PATCH", "/organizations/:organization_id/memberships/:user_id", update);
  add("DELETE", "/organizations/:organization_id/memberships/:user_id", remove);
  add("PATCH", "/organizations/:organization_id/memberships/:user_id/metadata", mergeMetadataOf);
}

}  // namespace clerk::instance::backend_api
