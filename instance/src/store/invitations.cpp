#include "store/invitations.hpp"

#include "store/folded_text.hpp"
#include "store/sql_builder.hpp"
#include "store/stored_json.hpp"

#include <type_traits>

namespace clerk::instance {
namespace {

using sql::Builder;

#define CLERK_INVITATION_COLUMNS \
  "id, email_address, status, public_metadata, redirect_url, expires_at, created_at, updated_at"
#define CLERK_WAITLIST_COLUMNS "id, email_address, status, invitation_id, created_at, updated_at"

Invitation readInvitation(const sql::Rows& row) {
  return {row.string(0),
          row.string(1),
          invitationStatusOf(row.text(2)).value_or(InvitationStatus::Revoked),
          storedObject(row.text(3)),
          row.string(4),
          row.time(5),
          row.time(6),
          row.time(7)};
}

WaitlistEntry readEntry(const sql::Rows& row) {
  return {row.string(0),         row.string(1), waitlistStatusOf(row.text(2)).value_or(WaitlistStatus::Rejected),
          row.optionalString(3), row.time(4),   row.time(5)};
}

/// One page of what a list's conditions leave, and how many there are in all. `from` adds the table and the conditions.
template <class From, class Read>
auto readPage(sql::Connection& sql, std::string_view columns, bool descending, const PageRequest& request, From from,
              Read read) {
  Page<std::invoke_result_t<Read, const sql::Rows&>> page;
  {
    Builder count;
    from(count.add("select count(*)"));
    auto rows = count.run(sql);
    page.totalCount = rows.next() ? rows.integer(0) : 0;
  }
  Builder builder;
  from(builder.add("select ").add(columns));
  auto rows = builder.page("created_at", descending, request).run(sql);
  while (rows.next()) page.data.push_back(read(rows));
  return page;
}

}  // namespace

std::optional<Invitation> Invitations::find(std::string_view id) const {
  auto rows = sql_.query("select " CLERK_INVITATION_COLUMNS " from invitations where id = $1", {id});
  return rows.next() ? std::optional(readInvitation(rows)) : std::nullopt;
}

std::optional<Invitation> Invitations::findPending(std::string_view emailAddress, Time now) const {
  auto rows = sql_.query("select " CLERK_INVITATION_COLUMNS
                         " from invitations where email_address = $1 and status = 'pending' and expires_at > $2",
                         {emailAddress, now});
  return rows.next() ? std::optional(readInvitation(rows)) : std::nullopt;
}

Page<Invitation> Invitations::list(const Filter& filter, const PageRequest& page) const {
  const auto from = [&](Builder& builder) {
    builder.add(" from invitations");
    if (filter.status == InvitationStatus::Pending) {
      builder.condition().add("status = 'pending' and expires_at > ").parameter(filter.now);
    } else if (filter.status == InvitationStatus::Expired) {
      builder.condition().add("status = 'pending' and expires_at <= ").parameter(filter.now);
    } else if (filter.status) {
      builder.condition().add("status = ").parameter(nameOf(*filter.status));
    }
    if (filter.query.empty()) return;
    builder.condition().add("(email_address like ").parameter(containsPattern(foldCase(filter.query)));
    builder.add(" escape '\\' or id = ").parameter(filter.query).add(")");
  };
  return readPage(sql_, CLERK_INVITATION_COLUMNS, !filter.ascending, page, from, readInvitation);
}

void Invitations::insert(const Invitation& invitation) {
  sql_.changes.touch(invitation.id);
  sql_.execute(
      "insert into invitations (" CLERK_INVITATION_COLUMNS ") values ($1, $2, $3, $4, $5, $6, $7, $8)",
      {invitation.id, invitation.emailAddress, nameOf(invitation.status), storedText(invitation.publicMetadata),
       invitation.redirectUrl, invitation.expiresAt, invitation.createdAt, invitation.updatedAt});
}

bool Invitations::settle(std::string_view id, InvitationStatus status, std::optional<std::string_view> userId,
                         Time now) {
  sql_.changes.touch(id);
  return sql_.execute(
             "update invitations set status = $2, user_id = $3, updated_at = $4 where id = $1 and status = 'pending'",
             {id, nameOf(status), userId, now}) > 0;
}

std::optional<WaitlistEntry> WaitlistEntries::find(std::string_view id) const {
  auto rows = sql_.query("select " CLERK_WAITLIST_COLUMNS " from waitlist_entries where id = $1", {id});
  return rows.next() ? std::optional(readEntry(rows)) : std::nullopt;
}

std::optional<WaitlistEntry> WaitlistEntries::findByEmailAddress(std::string_view emailAddress) const {
  auto rows =
      sql_.query("select " CLERK_WAITLIST_COLUMNS " from waitlist_entries where email_address = $1", {emailAddress});
  return rows.next() ? std::optional(readEntry(rows)) : std::nullopt;
}

Page<WaitlistEntry> WaitlistEntries::list(std::optional<WaitlistStatus> status, std::string_view query,
                                          const PageRequest& page) const {
  const auto from = [&](Builder& builder) {
    builder.add(" from waitlist_entries");
    if (status) builder.condition().add("status = ").parameter(nameOf(*status));
    builder.contains("email_address", query);
  };
  return readPage(sql_, CLERK_WAITLIST_COLUMNS, true, page, from, readEntry);
}

void WaitlistEntries::insert(const WaitlistEntry& entry) {
  sql_.changes.touch(entry.id);
  sql_.execute(
      "insert into waitlist_entries (" CLERK_WAITLIST_COLUMNS ") values ($1, $2, $3, $4, $5, $6)",
      {entry.id, entry.emailAddress, nameOf(entry.status), entry.invitationId, entry.createdAt, entry.updatedAt});
  sql_.changes.note("waitlistEntry.created", entry.id);
}

bool WaitlistEntries::advance(std::string_view id, WaitlistStatus from, WaitlistStatus to,
                              std::optional<std::string_view> invitationId, Time now) {
  const bool advanced =
      sql_.execute(
          "update waitlist_entries set status = $3, invitation_id = coalesce($4, invitation_id), updated_at = $5 "
          "where id = $1 and status = $2",
          {id, nameOf(from), nameOf(to), invitationId, now}) > 0;
  if (advanced) sql_.changes.note("waitlistEntry.updated", id);
  return advanced;
}

bool WaitlistEntries::erase(std::string_view id) {
  sql_.changes.touch(id);
  return sql_.execute("delete from waitlist_entries where id = $1", {id}) > 0;
}

bool RestrictedIdentifiers::exists(RestrictionList list, std::string_view identifier) const {
  auto rows = sql_.query("select 1 from restricted_identifiers where list = $1 and identifier = $2",
                         {nameOf(list), identifier});
  return rows.next();
}

bool RestrictedIdentifiers::has(RestrictionList list, std::string_view identifier) const {
  if (exists(list, identifier)) return true;
  const auto at = identifier.rfind('@');
  return at != std::string_view::npos && exists(list, "*" + std::string(identifier.substr(at)));
}

std::vector<RestrictedIdentifier> RestrictedIdentifiers::list(RestrictionList list) const {
  std::vector<RestrictedIdentifier> found;
  auto rows = sql_.query(
      "select id, identifier, identifier_type, invitation_id, created_at, updated_at from restricted_identifiers "
      "where list = $1 order by created_at desc, id desc",
      {nameOf(list)});
  while (rows.next()) {
    found.push_back(
        {rows.string(0), list, rows.string(1), rows.string(2), rows.optionalString(3), rows.time(4), rows.time(5)});
  }
  return found;
}

void RestrictedIdentifiers::insert(const RestrictedIdentifier& it) {
  sql_.changes.touch(it.id);
  sql_.execute(
      "insert into restricted_identifiers (id, list, identifier, identifier_type, invitation_id, created_at, "
      "updated_at) values ($1, $2, $3, $4, $5, $6, $7)",
      {it.id, nameOf(it.list), it.identifier, it.identifierType, it.invitationId, it.createdAt, it.updatedAt});
}

bool RestrictedIdentifiers::erase(RestrictionList list, std::string_view id) {
  sql_.changes.touch(id);
  return sql_.execute("delete from restricted_identifiers where list = $1 and id = $2", {nameOf(list), id}) > 0;
}

}  // namespace clerk::instance
