#include "store/organization_invitations.hpp"

#include "store/sql_builder.hpp"
#include "store/stored_json.hpp"

namespace clerk::instance {
namespace {

using sql::Builder;

#define CLERK_INVITATION_COLUMNS                                                                                      \
  "i.id, i.organization_id, i.email_address, r.key, r.name, i.inviter_id, i.domain_id, i.status, i.public_metadata, " \
  "i.private_metadata, i.redirect_url, i.url, i.expires_at, i.created_at, i.updated_at"
#define CLERK_INVITATION_TABLES "organization_invitations i join organization_roles r on r.id = i.role_id"

OrganizationInvitation readInvitation(const sql::Rows& row) {
  OrganizationInvitation invitation;
  invitation.id = row.string(0);
  invitation.organizationId = row.string(1);
  invitation.emailAddress = row.string(2);
  invitation.roleKey = row.string(3);
  invitation.roleName = row.string(4);
  invitation.inviterId = row.optionalString(5);
  invitation.domainId = row.optionalString(6);
  invitation.status = organizationInvitationStatusOf(row.text(7)).value_or(OrganizationInvitationStatus::Revoked);
  invitation.publicMetadata = storedObject(row.text(8));
  invitation.privateMetadata = storedObject(row.text(9));
  invitation.redirectUrl = row.string(10);
  invitation.url = row.string(11);
  invitation.expiresAt = row.time(12);
  invitation.createdAt = row.time(13);
  invitation.updatedAt = row.time(14);
  return invitation;
}

OrganizationSuggestion readSuggestion(const sql::Rows& row) {
  return {row.string(0),
          row.string(1),
          row.string(2),
          row.string(3),
          organizationRequestStatusOf(row.text(4)).value_or(OrganizationRequestStatus::Accepted),
          row.time(5),
          row.time(6)};
}

MembershipRequest readRequest(const sql::Rows& row) {
  return {row.string(0), row.string(1),
          row.string(2), organizationRequestStatusOf(row.text(3)).value_or(OrganizationRequestStatus::Rejected),
          row.time(4),   row.time(5)};
}

bool has(sql::Rows rows) { return rows.next(); }
std::int64_t firstInteger(sql::Rows rows) { return rows.next() ? rows.integer(0) : 0; }

/// A pending one that has expired is stored as pending.
void addStatuses(Builder& builder, const std::vector<OrganizationInvitationStatus>& statuses, Time now) {
  if (statuses.empty()) return;
  builder.condition().add("(");
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    if (i > 0) builder.add(" or ");
    switch (statuses[i]) {
      case OrganizationInvitationStatus::Pending:
        builder.add("(i.status = 'pending' and i.expires_at > ").parameter(now).add(")");
        break;
      case OrganizationInvitationStatus::Expired:
        builder.add("(i.status = 'expired' or (i.status = 'pending' and i.expires_at <= ").parameter(now).add("))");
        break;
      default: builder.add("i.status = ").parameter(nameOf(statuses[i]));
    }
  }
  builder.add(")");
}

void addConditions(Builder& builder, const OrganizationInvitationListRequest& request, Time now) {
  if (!request.organizationId.empty()) {
    builder.condition().add("i.organization_id = ").parameter(request.organizationId);
  }
  if (!request.withDomains) builder.condition().add("i.domain_id is null");
  builder.oneOf("i.email_address", request.emailAddresses).contains("i.email_address", request.query);
  addStatuses(builder, request.statuses, now);
}

std::vector<std::string> namesOf(const std::vector<OrganizationRequestStatus>& statuses) {
  std::vector<std::string> names;
  for (const auto status : statuses) names.emplace_back(nameOf(status));
  return names;
}

}  // namespace

// ---- invitations

std::optional<OrganizationInvitation> OrganizationInvitations::find(std::string_view id) const {
  auto rows = sql_.query("select " CLERK_INVITATION_COLUMNS " from " CLERK_INVITATION_TABLES " where i.id = $1", {id});
  return rows.next() ? std::optional(readInvitation(rows)) : std::nullopt;
}

std::optional<OrganizationInvitation> OrganizationInvitations::findPending(std::string_view organizationId,
                                                                           std::string_view emailAddress,
                                                                           Time now) const {
  auto rows = sql_.query("select " CLERK_INVITATION_COLUMNS " from " CLERK_INVITATION_TABLES
                         " where i.organization_id = $1 and i.email_address = $2 and i.status = 'pending' and "
                         "i.expires_at > $3",
                         {organizationId, emailAddress, now});
  return rows.next() ? std::optional(readInvitation(rows)) : std::nullopt;
}

Page<OrganizationInvitation> OrganizationInvitations::list(const OrganizationInvitationListRequest& request,
                                                           Time now) const {
  Page<OrganizationInvitation> page;
  {
    Builder count;
    count.add("select count(*) from organization_invitations i");
    addConditions(count, request, now);
    page.totalCount = firstInteger(count.run(sql_));
  }
  Builder builder;
  builder.add("select " CLERK_INVITATION_COLUMNS " from " CLERK_INVITATION_TABLES);
  addConditions(builder, request, now);
  const bool byAddress = request.order.by == InvitationOrder::EmailAddress;
  builder.page(byAddress ? "i.email_address" : "i.created_at", request.order.descending, request.page, "i.");
  auto rows = builder.run(sql_);
  while (rows.next()) page.data.push_back(readInvitation(rows));
  return page;
}

bool OrganizationInvitations::insert(const OrganizationInvitation& invitation) {
  sql_.changes.touch(invitation.id);
  sql_.execute(
      "update organization_invitations set status = 'expired' where organization_id = $1 and email_address = $2 and "
      "status = 'pending' and expires_at <= $3",
      {invitation.organizationId, invitation.emailAddress, invitation.createdAt});
  const bool inserted =
      sql_.execute(
          "insert into organization_invitations (id, organization_id, email_address, role_id, inviter_id, "
          "domain_id, status, public_metadata, private_metadata, redirect_url, url, expires_at, created_at, "
          "updated_at) select $1, $2, $3, r.id, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 from organization_roles "
          "r where r.key = $4 on conflict do nothing",
          {invitation.id, invitation.organizationId, invitation.emailAddress, invitation.roleKey, invitation.inviterId,
           invitation.domainId, nameOf(invitation.status), storedText(invitation.publicMetadata),
           storedText(invitation.privateMetadata), invitation.redirectUrl, invitation.url, invitation.expiresAt,
           invitation.createdAt, invitation.updatedAt}) > 0;
  if (inserted) sql_.changes.note("organizationInvitation.created", invitation.id);
  return inserted;
}

bool OrganizationInvitations::settle(std::string_view id, OrganizationInvitationStatus to, Time now) {
  const bool settled =
      sql_.execute(
          "update organization_invitations set status = $2, updated_at = $3 where id = $1 and status = 'pending' "
          "and expires_at > $3",
          {id, nameOf(to), now}) > 0;
  if (settled) sql_.changes.touch(id);
  using enum OrganizationInvitationStatus;
  if (settled && to == Accepted) sql_.changes.note("organizationInvitation.accepted", id);
  if (settled && to == Revoked) sql_.changes.note("organizationInvitation.revoked", id);
  return settled;
}

void OrganizationInvitations::revokeOfDomain(std::string_view domainId, Time now) {
  auto revoked = sql_.query(
      "update organization_invitations set status = 'revoked', updated_at = $2 where domain_id = $1 and status = "
      "'pending' returning id",
      {domainId, now});
  while (revoked.next()) sql_.changes.note("organizationInvitation.revoked", revoked.text(0));
}

bool OrganizationInvitations::domainInvited(std::string_view domainId, std::string_view emailAddress) const {
  return has(sql_.query("select 1 from organization_invitations where email_address = $2 and domain_id = $1 limit 1",
                        {domainId, emailAddress}));
}

// ---- suggestions

#define CLERK_SUGGESTION_COLUMNS "id, organization_id, user_id, domain_id, status, created_at, updated_at"

std::optional<OrganizationSuggestion> OrganizationSuggestions::find(std::string_view id) const {
  auto rows = sql_.query("select " CLERK_SUGGESTION_COLUMNS " from organization_suggestions where id = $1", {id});
  return rows.next() ? std::optional(readSuggestion(rows)) : std::nullopt;
}

Page<OrganizationSuggestion> OrganizationSuggestions::list(std::string_view userId,
                                                           const std::vector<OrganizationRequestStatus>& statuses,
                                                           const PageRequest& request) const {
  Page<OrganizationSuggestion> page;
  const auto add = [&](Builder& builder) {
    builder.add(" from organization_suggestions").condition().add("user_id = ").parameter(userId);
    builder.oneOf("status", namesOf(statuses));
  };
  {
    Builder count;
    add(count.add("select count(*)"));
    page.totalCount = firstInteger(count.run(sql_));
  }
  Builder builder;
  add(builder.add("select " CLERK_SUGGESTION_COLUMNS));
  auto rows = builder.page("created_at", true, request).run(sql_);
  while (rows.next()) page.data.push_back(readSuggestion(rows));
  return page;
}

bool OrganizationSuggestions::exists(std::string_view organizationId, std::string_view userId) const {
  return has(sql_.query("select 1 from organization_suggestions where user_id = $2 and organization_id = $1",
                        {organizationId, userId}));
}

bool OrganizationSuggestions::insert(const OrganizationSuggestion& suggestion) {
  return sql_.execute("insert into organization_suggestions (" CLERK_SUGGESTION_COLUMNS
                      ") values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
                      {suggestion.id, suggestion.organizationId, suggestion.userId, suggestion.domainId,
                       nameOf(suggestion.status), suggestion.createdAt, suggestion.updatedAt}) > 0;
}

bool OrganizationSuggestions::accept(std::string_view id, Time now) {
  return sql_.execute(
             "update organization_suggestions set status = 'accepted', updated_at = $2 where id = $1 and status = "
             "'pending'",
             {id, now}) > 0;
}

void OrganizationSuggestions::erasePendingOfDomain(std::string_view domainId) {
  sql_.execute("delete from organization_suggestions where domain_id = $1 and status = 'pending'", {domainId});
}

void OrganizationSuggestions::eraseOf(std::string_view organizationId, std::string_view userId) {
  sql_.execute("delete from organization_suggestions where organization_id = $1 and user_id = $2",
               {organizationId, userId});
}

// ---- requests

#define CLERK_REQUEST_COLUMNS "id, organization_id, user_id, status, created_at, updated_at"

std::optional<MembershipRequest> MembershipRequests::find(std::string_view id) const {
  auto rows = sql_.query("select " CLERK_REQUEST_COLUMNS " from membership_requests where id = $1", {id});
  return rows.next() ? std::optional(readRequest(rows)) : std::nullopt;
}

Page<MembershipRequest> MembershipRequests::list(std::string_view organizationId,
                                                 const std::vector<OrganizationRequestStatus>& statuses,
                                                 const PageRequest& request) const {
  Page<MembershipRequest> page;
  const auto add = [&](Builder& builder) {
    builder.add(" from membership_requests").condition().add("organization_id = ").parameter(organizationId);
    builder.oneOf("status", namesOf(statuses));
  };
  {
    Builder count;
    add(count.add("select count(*)"));
    page.totalCount = firstInteger(count.run(sql_));
  }
  Builder builder;
  add(builder.add("select " CLERK_REQUEST_COLUMNS));
  auto rows = builder.page("created_at", true, request).run(sql_);
  while (rows.next()) page.data.push_back(readRequest(rows));
  return page;
}

bool MembershipRequests::insert(const MembershipRequest& request) {
  return sql_.execute("insert into membership_requests (" CLERK_REQUEST_COLUMNS
                      ") values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
                      {request.id, request.organizationId, request.userId, nameOf(request.status), request.createdAt,
                       request.updatedAt}) > 0;
}

bool MembershipRequests::settle(std::string_view id, OrganizationRequestStatus to, Time now) {
  return sql_.execute(
             "update membership_requests set status = $2, updated_at = $3 where id = $1 and status = 'pending'",
             {id, nameOf(to), now}) > 0;
}

void MembershipRequests::settleOf(std::string_view organizationId, std::string_view userId,
                                  OrganizationRequestStatus to, Time now) {
  sql_.execute(
      "update membership_requests set status = $3, updated_at = $4 where organization_id = $1 and user_id = $2 and "
      "status = 'pending'",
      {organizationId, userId, nameOf(to), now});
}

}  // namespace clerk::instance
