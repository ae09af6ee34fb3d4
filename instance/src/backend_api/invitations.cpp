#include "wire/invitation.hpp"

#include "backend_api/backend_api.hpp"
#include "wire/error.hpp"

namespace clerk::instance::backend_api {
namespace {

constexpr std::int64_t mostDays = 365;
constexpr std::size_t mostAtOnce = 10;
constexpr std::size_t mostEntriesAtOnce = 50;

NewInvitation readInvitation(JsonFields& body) {
  NewInvitation fields{.emailAddress = body.requiredText("email_address"),
                       .publicMetadata = body.object("public_metadata").value_or(boost::json::object()),
                       .redirectUrl = body.text("redirect_url").value_or(""),
                       .notify = body.boolean("notify").value_or(true),
                       .ignoreExisting = body.flag("ignore_existing"),
                       .expiresInDays = body.integerWithin("expires_in_days", 1, mostDays)};
  body.text("template_slug");
  return fields;
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  auto body = call.body();
  auto fields = readInvitation(body);
  if (auto wrong = body.failure()) co_return *wrong;
  const auto made = co_await createInvitation(call.core, std::move(fields));
  if (!made) co_return made.error();
  co_return wire::Json(wire::invitation(call.view(), made->invitation, made->url));
}

async::Task<Outcome<wire::Json>> createMany(Call& call) {
  if (!call.request.body().isJson()) co_return wire::wrong::bodyMalformed();
  const auto* list = call.request.body().json().if_array();
  if (!list || list->empty() || list->size() > mostAtOnce) co_return wire::wrong::paramArraySize("body", mostAtOnce);
  std::vector<NewInvitation> all;
  for (const auto& each : *list) {
    if (!each.is_object()) co_return wire::wrong::bodyMalformed();
    JsonFields body(each.get_object());
    all.push_back(readInvitation(body));
    if (auto wrong = body.failure()) co_return *wrong;
  }
  const auto made = co_await createInvitations(call.core, std::move(all));
  if (!made) co_return made.error();
  wire::JsonArray json;
  for (const auto& one : *made) json.push_back(wire::invitation(call.view(), one.invitation, one.url));
  co_return wire::Json(std::move(json));
}

async::Task<Outcome<wire::Json>> list(Call& call) {
  auto query = call.query();
  const auto page = readPage(query);
  Invitations::Filter filter;
  if (const auto status = query.text("status")) {
    filter.status = invitationStatusOf(*status);
    if (!filter.status) query.refuse(wire::wrong::paramValue("status"));
  }
  filter.query = query.text("query").value_or("");
  const auto order = query.text("order_by").value_or("-created_at");
  filter.ascending = !order.starts_with('-');
  if (auto wrong = query.failure()) co_return *wrong;
  const auto found = co_await listInvitations(call.core, std::move(filter), page);
  wire::JsonArray json;
  for (const auto& one : found.data) json.push_back(wire::invitation(call.view(), one));
  co_return listOrPage(query, std::move(json), found.totalCount);
}

async::Task<Outcome<wire::Json>> revoke(Call& call) {
  const auto revoked = co_await revokeInvitation(call.core, call.param("invitation_id"));
  if (!revoked) co_return revoked.error();
  co_return wire::Json(wire::invitation(call.view(), *revoked));
}

// ---- waitlist

Outcome<wire::Json> shown(const Outcome<WaitlistEntry>& entry) {
  if (!entry) return entry.error();
  return wire::Json(wire::waitlistEntry(*entry));
}

Outcome<wire::Json> deleted(std::string_view object, const Outcome<std::string>& id) {
  if (!id) return id.error();
  return wire::Json(wire::deletedObject(object, *id));
}

async::Task<Outcome<wire::Json>> listEntries(Call& call) {
  auto query = call.query();
  const auto page = readPage(query);
  std::optional<WaitlistStatus> status;
  if (const auto name = query.text("status")) {
    status = waitlistStatusOf(*name);
    if (!status) query.refuse(wire::wrong::paramValue("status"));
  }
  auto part = query.text("query").value_or("");
  query.text("order_by");
  if (auto wrong = query.failure()) co_return *wrong;
  const auto found = co_await listWaitlist(call.core, status, std::move(part), page);
  wire::JsonArray json;
  for (const auto& entry : found.data) json.push_back(wire::waitlistEntry(entry));
  co_return wire::Json(wire::page(std::move(json), found.totalCount));
}

async::Task<Outcome<wire::Json>> createEntry(Call& call) {
  auto body = call.body();
  auto email = body.requiredText("email_address");
  body.boolean("notify");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(co_await joinWaitlist(call.core, std::move(email), true));
}

async::Task<Outcome<wire::Json>> createEntries(Call& call) {
  if (!call.request.body().isJson()) co_return wire::wrong::bodyMalformed();
  const auto* list = call.request.body().json().if_array();
  if (!list || list->empty() || list->size() > mostEntriesAtOnce) {
    co_return wire::wrong::paramArraySize("body", mostEntriesAtOnce);
  }
  std::vector<std::string> emails;
  for (const auto& each : *list) {
    if (!each.is_object()) co_return wire::wrong::bodyMalformed();
    JsonFields body(each.get_object());
    emails.push_back(body.requiredText("email_address"));
    body.boolean("notify");
    if (auto wrong = body.failure()) co_return *wrong;
  }
  wire::JsonArray json;
  for (auto& email : emails) {
    const auto entry = co_await joinWaitlist(call.core, std::move(email), true);
    if (!entry) co_return entry.error();
    json.push_back(wire::waitlistEntry(*entry));
  }
  co_return wire::Json(std::move(json));
}

async::Task<Outcome<wire::Json>> inviteEntry(Call& call) {
  auto body = call.body();
  const bool ignoreExisting = body.flag("ignore_existing");
  if (auto wrong = body.failure()) co_return *wrong;
  co_return shown(co_await inviteWaitlistEntry(call.core, call.param("waitlist_entry_id"), ignoreExisting));
}

async::Task<Outcome<wire::Json>> rejectEntry(Call& call) {
  co_return shown(co_await rejectWaitlistEntry(call.core, call.param("waitlist_entry_id")));
}

async::Task<Outcome<wire::Json>> deleteEntry(Call& call) {
  co_return deleted("waitlist_entry", co_await deleteWaitlistEntry(call.core, call.param("waitlist_entry_id")));
}

// ---- who may sign up

async::Task<Outcome<wire::Json>> createRestricted(Call& call, RestrictionList list) {
  auto body = call.body();
  auto identifier = body.requiredText("identifier");
  if (list == RestrictionList::Allowlist) body.boolean("notify");
  if (auto wrong = body.failure()) co_return *wrong;
  const auto added = co_await addRestrictedIdentifier(call.core, list, std::move(identifier));
  if (!added) co_return added.error();
  co_return wire::Json(wire::restrictedIdentifier(call.view(), *added));
}

async::Task<wire::JsonArray> restricted(Call& call, RestrictionList list) {
  wire::JsonArray json;
  for (const auto& it : co_await listRestrictedIdentifiers(call.core, list)) {
    json.push_back(wire::restrictedIdentifier(call.view(), it));
  }
  co_return json;
}

async::Task<Outcome<wire::Json>> listAllowed(Call& call) {
  auto query = call.query();
  auto json = co_await restricted(call, RestrictionList::Allowlist);
  const auto count = static_cast<std::int64_t>(json.size());
  co_return listOrPage(query, std::move(json), count);
}
async::Task<Outcome<wire::Json>> listBlocked(Call& call) {
  auto json = co_await restricted(call, RestrictionList::Blocklist);
  const auto count = static_cast<std::int64_t>(json.size());
  co_return wire::Json(wire::page(std::move(json), count));
}
async::Task<Outcome<wire::Json>> allow(Call& call) { return createRestricted(call, RestrictionList::Allowlist); }
async::Task<Outcome<wire::Json>> block(Call& call) { return createRestricted(call, RestrictionList::Blocklist); }
async::Task<Outcome<wire::Json>> deleteAllowed(Call& call) {
  co_return deleted("allowlist_identifier", co_await deleteRestrictedIdentifier(call.core, RestrictionList::Allowlist,
                                                                                call.param("identifier_id")));
}
async::Task<Outcome<wire::Json>> deleteBlocked(Call& call) {
  co_return deleted("blocklist_identifier", co_await deleteRestrictedIdentifier(call.core, RestrictionList::Blocklist,
                                                                                call.param("identifier_id")));
}

}  // namespace

void addInvitations(const AddOperation& add) {
  add("POST", "/invitations", create);
  add("GET", "/invitations", list);
  add("POST", "/invitations/bulk", createMany);
  add("POST", "/invitations/:invitation_id/revoke", revoke);
  add("GET", "/waitlist_entries", listEntries);
  add("POST", "/waitlist_entries", createEntry);
  add("POST", "/waitlist_entries/bulk", createEntries);
  add("POST", "/waitlist_entries/:waitlist_entry_id/invite", inviteEntry);
  add("POST", "/waitlist_entries/:waitlist_entry_id/reject", rejectEntry);
  add("DELETE", "/waitlist_entries/:waitlist_entry_id", deleteEntry);
  add("GET", "/allowlist_identifiers", listAllowed);
  add("POST", "/allowlist_identifiers", allow);
  add("DELETE", "/allowlist_identifiers/:identifier_id", deleteAllowed);
  add("GET", "/blocklist_identifiers", listBlocked);
  add("POST", "/blocklist_identifiers", block);
  add("DELETE", "/blocklist_identifiers/:identifier_id", deleteBlocked);
}

}  // namespace clerk::instance::backend_api
