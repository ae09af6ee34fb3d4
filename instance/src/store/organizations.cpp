#include "store/organizations.hpp"

#include "store/sql_builder.hpp"
#include "store/stored_json.hpp"
#include "store/users.hpp"

#include <algorithm>
#include <unordered_map>

namespace clerk::instance {
namespace {

using sql::Builder;
using sql::signedValues;

// The first parameter is the time.
#define CLERK_ORGANIZATION_COLUMNS                                                                                \
  "o.id, o.name, o.slug, o.image_url, o.created_by, o.max_allowed_memberships, o.admin_delete_enabled, "          \
  "o.public_metadata, o.private_metadata, o.role_set_id, o.members_count, (select count(*) from "                 \
  "organization_invitations i where i.organization_id = o.id and i.status = 'pending' and i.expires_at > $1 and " \
  "i.domain_id is null), o.created_at, o.updated_at, (select s.key from role_sets s where s.id = o.role_set_id)"

Organization readOrganization(const sql::Rows& row, int first = 0) {
  Organization organization;
  organization.id = row.string(first);
  organization.name = row.string(first + 1);
  organization.slug = row.string(first + 2);
  organization.imageUrl = row.string(first + 3);
  organization.createdBy = row.optionalString(first + 4);
  organization.maxAllowedMemberships = static_cast<int>(row.integer(first + 5));
  organization.adminDeleteEnabled = row.boolean(first + 6);
  organization.publicMetadata = storedObject(row.text(first + 7));
  organization.privateMetadata = storedObject(row.text(first + 8));
  organization.roleSetId = row.string(first + 9);
  organization.membersCount = row.integer(first + 10);
  organization.pendingInvitationsCount = row.integer(first + 11);
  organization.createdAt = row.time(first + 12);
  organization.updatedAt = row.time(first + 13);
  organization.roleSetKey = row.string(first + 14);
  return organization;
}

#define CLERK_MEMBERSHIP_COLUMNS                                                                             \
  "m.id, m.user_id, r.key, r.name, r.permission_keys, m.public_metadata, m.private_metadata, m.created_at, " \
  "m.updated_at, " CLERK_ORGANIZATION_COLUMNS
#define CLERK_MEMBERSHIP_TABLES                                                                               \
  "organization_memberships m join organizations o on o.id = m.organization_id join organization_roles r on " \
  "r.id = m.role_id"

// Sessions that are over do not matter: only active ones are moved back.
#define CLERK_CHOOSE                                                                                            \
  "update sessions set status = 'pending', tasks = case when tasks = '' then 'choose-organization' else tasks " \
  "|| ' choose-organization' end where status = 'active'"

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> all;
  while (!text.empty()) {
    const auto end = text.find(' ');
    all.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return all;
}

Membership readMembership(const sql::Rows& row) {
  Membership membership;
  membership.id = row.string(0);
  membership.userId = row.string(1);
  membership.roleKey = row.string(2);
  membership.roleName = row.string(3);
  membership.permissions = words(row.text(4));
  membership.publicMetadata = storedObject(row.text(5));
  membership.privateMetadata = storedObject(row.text(6));
  membership.createdAt = row.time(7);
  membership.updatedAt = row.time(8);
  membership.organization = readOrganization(row, 9);
  return membership;
}

std::vector<Membership> readMemberships(sql::Rows rows) {
  std::vector<Membership> all;
  while (rows.next()) all.push_back(readMembership(rows));
  return all;
}

bool has(sql::Rows rows) { return rows.next(); }
std::int64_t firstInteger(sql::Rows rows) { return rows.next() ? rows.integer(0) : 0; }

std::string searchText(const Organization& organization) {
  return foldCase(organization.name + "\n" + organization.slug);
}

// ---- lists

void addMembersCondition(Builder& builder, std::string_view negation, const std::vector<std::string>& userIds) {
  if (userIds.empty()) return;
  builder.condition().add(negation).add(
      "exists (select 1 from organization_memberships m where m.organization_id = o.id and m.user_id in ");
  builder.listOf(userIds).add(")");
}

/// Beyond so many, walking the organizations finds a page of them sooner than the index does.
constexpr std::int64_t sparseLimit = 500;

/// The ids of those whose search text holds `part`; absent when they are many, or when the index cannot tell: it knows
/// groups of three letters, and no pattern with an escape.
std::optional<std::vector<std::string>> idsHolding(sql::Connection& sql, const std::string& part) {
  constexpr std::ptrdiff_t group = 3;
  const auto text = foldCase(part);
  const auto letters =
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
  if (letters < group || text.find_first_of("%_\\") != std::string::npos) return std::nullopt;
  Builder builder;
  builder.add("select id from organization_search where search_text like ").parameter("%" + text + "%");
  builder.add(" limit ").parameter(sparseLimit + 1);
  std::vector<std::string> ids;
  auto rows = builder.run(sql);
  while (rows.next()) ids.push_back(rows.string(0));
  return static_cast<std::int64_t>(ids.size()) > sparseLimit ? std::nullopt : std::optional(std::move(ids));
}

void addQuery(Builder& builder, sql::Connection& sql, const std::string& query) {
  if (query.starts_with("org_")) {
    builder.condition().add("o.id = ").parameter(query);
    return;
  }
  const auto ids = idsHolding(sql, query);
  if (!ids) {
    builder.contains("o.search_text", query);
  } else if (ids->empty()) {
    builder.condition().add("1 = 0");
  } else {
    builder.oneOf("o.id", *ids);
  }
}

void addConditions(Builder& builder, sql::Connection& sql, const OrganizationListRequest& request) {
  addQuery(builder, sql, request.query);
  const auto ids = signedValues(request.organizationIds);
  builder.oneOf("o.id", ids.included).noneOf("o.id", ids.excluded);
  const auto users = signedValues(request.userIds);
  addMembersCondition(builder, "", users.included);
  addMembersCondition(builder, "not ", users.excluded);
}

std::string_view columnOf(OrganizationOrder order) noexcept {
  switch (order) {
    case OrganizationOrder::Name: return "o.sort_name";
    case OrganizationOrder::MembersCount: return "o.members_count";
    default: return "o.created_at";
  }
}

std::string_view columnOf(MembershipOrder order) noexcept {
  switch (order) {
    case MembershipOrder::PhoneNumber: return "u.sort_phone_number";
    case MembershipOrder::EmailAddress: return "u.sort_email_address";
    case MembershipOrder::FirstName: return "u.sort_first_name";
    case MembershipOrder::LastName: return "u.sort_last_name";
    case MembershipOrder::Username: return "u.username";
    default: return "m.created_at";
  }
}

std::vector<std::string> folded(const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  for (const auto& text : texts) all.push_back(foldCase(text));
  return all;
}

void addIdentifiers(Builder& builder, std::string_view kind, const std::vector<std::string>& identifiers) {
  if (identifiers.empty()) return;
  builder.condition().add("exists (select 1 from identifications i where i.user_id = u.id and i.kind = ");
  builder.parameter(kind).add(" and i.identifier in ").listOf(folded(identifiers)).add(")");
}

void addIdentifierPart(Builder& builder, std::string_view kind, const std::string& part) {
  if (part.empty()) return;
  builder.condition().add("exists (select 1 from identifications i where i.user_id = u.id and i.kind = ");
  builder.parameter(kind).add(" and i.identifier like ").parameter(containsPattern(foldCase(part)));
  builder.add(" escape '\\')");
}

void addRange(Builder& builder, std::string_view column, std::optional<Time> after, std::optional<Time> before) {
  if (after) builder.condition().add(column).add(" > ").parameter(*after);
  if (before) builder.condition().add(column).add(" < ").parameter(*before);
}

void addConditions(Builder& builder, const UserFilter& users) {
  const auto ids = signedValues(users.userIds);
  builder.oneOf("u.id", ids.included).noneOf("u.id", ids.excluded);
  builder.oneOf("u.username", folded(users.usernames));
  addIdentifiers(builder, "email_address", users.emailAddresses);
  addIdentifiers(builder, "phone_number", users.phoneNumbers);
  addIdentifiers(builder, "web3_wallet", users.web3Wallets);
  if (users.query.starts_with("user_")) {
    builder.condition().add("u.id = ").parameter(users.query);
  } else {
    builder.contains("u.search_text", users.query);
  }
  addIdentifierPart(builder, "email_address", users.emailAddressQuery);
  addIdentifierPart(builder, "phone_number", users.phoneNumberQuery);
  builder.contains("u.username", users.usernameQuery).contains("u.search_name", users.nameQuery);
  addRange(builder, "u.last_active_at", users.lastActiveAtAfter, users.lastActiveAtBefore);
  addRange(builder, "u.created_at", users.createdAtAfter, users.createdAtBefore);
}

void addConditions(Builder& builder, const MembershipListRequest& request) {
  if (!request.organizationId.empty())
    builder.condition().add("m.organization_id = ").parameter(request.organizationId);
  if (!request.userId.empty()) builder.condition().add("m.user_id = ").parameter(request.userId);
  builder.oneOf("r.key", request.roleKeys);
  addConditions(builder, request.users);
}

/// Whether the users' table is needed to tell which members are meant, and in which order.
bool asksForUsers(const MembershipListRequest& request) {
  return request.users != UserFilter{} || request.order.by != MembershipOrder::CreatedAt;
}

std::int64_t countMembers(sql::Connection& sql, const MembershipListRequest& request) {
  if (request.roleKeys.empty() && request.users == UserFilter{}) {
    // The index alone tells.
    Builder builder;
    builder.add("select count(*) from organization_memberships m");
    if (!request.organizationId.empty()) {
      builder.condition().add("m.organization_id = ").parameter(request.organizationId);
    }
    if (!request.userId.empty()) builder.condition().add("m.user_id = ").parameter(request.userId);
    return firstInteger(builder.run(sql));
  }
  Builder builder;
  builder.add("select count(*) from organization_memberships m join organization_roles r on r.id = m.role_id");
  if (asksForUsers(request)) builder.add(" join users u on u.id = m.user_id");
  addConditions(builder, request);
  return firstInteger(builder.run(sql));
}

}  // namespace

// ---- organizations

std::optional<Organization> Organizations::find(std::string_view id, Time now) const {
  auto rows = sql_.query("select " CLERK_ORGANIZATION_COLUMNS " from organizations o where o.id = $2", {now, id});
  return rows.next() ? std::optional(readOrganization(rows)) : std::nullopt;
}

std::optional<Organization> Organizations::findByIdOrSlug(std::string_view idOrSlug, Time now) const {
  if (idOrSlug.starts_with("org_")) return find(idOrSlug, now);
  auto rows =
      sql_.query("select " CLERK_ORGANIZATION_COLUMNS " from organizations o where o.slug = $2", {now, idOrSlug});
  return rows.next() ? std::optional(readOrganization(rows)) : std::nullopt;
}

bool Organizations::isSlugTaken(std::string_view slug) const {
  return has(sql_.query("select 1 from organizations where slug = $1", {slug}));
}

Page<Organization> Organizations::list(const OrganizationListRequest& request, Time now) const {
  Page<Organization> page;
  {
    Builder count;
    count.add("select count(*) from organizations o");
    addConditions(count, sql_, request);
    page.totalCount = firstInteger(count.run(sql_));
  }
  Builder builder;
  builder.takeFirst(now).add("select " CLERK_ORGANIZATION_COLUMNS " from organizations o");
  addConditions(builder, sql_, request);
  builder.page(columnOf(request.order.by), request.order.descending, request.page, "o.");
  auto rows = builder.run(sql_);
  while (rows.next()) page.data.push_back(readOrganization(rows));
  return page;
}

std::int64_t Organizations::countCreatedBy(std::string_view userId) const {
  return firstInteger(sql_.query("select count(*) from organizations where created_by = $1", {userId}));
}

bool Organizations::insert(const Organization& organization) {
  const bool written =
      sql_.execute(
          "insert into organizations (id, name, slug, image_url, created_by, max_allowed_memberships, "
          "admin_delete_enabled, public_metadata, private_metadata, role_set_id, members_count, sort_name, "
          "search_text, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12, $13, "
          "$14) on conflict (slug) do nothing",
          {organization.id, organization.name, organization.slug, organization.imageUrl, organization.createdBy,
           organization.maxAllowedMemberships, organization.adminDeleteEnabled, storedText(organization.publicMetadata),
           storedText(organization.privateMetadata), organization.roleSetId, foldCase(organization.name),
           searchText(organization), organization.createdAt, organization.updatedAt}) > 0;
  if (written) sql_.changes.note("organization.created", organization.id);
  return written;
}

bool Organizations::update(const Organization& organization) {
  const bool written =
      sql_.execute(
          "update organizations set name = $2, slug = $3, image_url = $4, max_allowed_memberships = $5, "
          "admin_delete_enabled = $6, public_metadata = $7, private_metadata = $8, role_set_id = $9, sort_name = "
          "$10, search_text = $11, created_at = $12, updated_at = $13 where id = $1 and not exists (select 1 from "
          "organizations where slug = $3 and id <> $1)",
          {organization.id, organization.name, organization.slug, organization.imageUrl,
           organization.maxAllowedMemberships, organization.adminDeleteEnabled, storedText(organization.publicMetadata),
           storedText(organization.privateMetadata), organization.roleSetId, foldCase(organization.name),
           searchText(organization), organization.createdAt, organization.updatedAt}) > 0;
  if (written) sql_.changes.note("organization.updated", organization.id);
  return written;
}

bool Organizations::erase(std::string_view id, Leaving leaving) {
  sql_.changes.noteRemoval("organization.deleted", id);
  if (leaving == Leaving::ToChoice) {
    sql_.execute(CLERK_CHOOSE
                 " and last_active_organization_id = $1 and user_id in (select user_id from organization_memberships "
                 "where organization_id = $1)",
                 {id});
  }
  sql_.execute(
      "update sessions set last_active_organization_id = null where last_active_organization_id = $1 and user_id in "
      "(select user_id from organization_memberships where organization_id = $1)",
      {id});
  return sql_.execute("delete from organizations where id = $1", {id}) > 0;
}

// ---- members

namespace {
/// How changes name a membership.
std::string memberKey(std::string_view organizationId, std::string_view userId) {
  return std::string(organizationId) + "/" + std::string(userId);
}
}  // namespace

std::optional<Membership> Memberships::find(std::string_view organizationId, std::string_view userId, Time now) const {
  auto rows = sql_.query("select " CLERK_MEMBERSHIP_COLUMNS " from " CLERK_MEMBERSHIP_TABLES
                         " where m.organization_id = $2 and m.user_id = $3",
                         {now, organizationId, userId});
  return rows.next() ? std::optional(readMembership(rows)) : std::nullopt;
}

bool Memberships::exists(std::string_view organizationId, std::string_view userId) const {
  return has(sql_.query("select 1 from organization_memberships where organization_id = $1 and user_id = $2",
                        {organizationId, userId}));
}

std::vector<Membership> Memberships::ofUser(std::string_view userId, std::int64_t limit, Time now) const {
  return readMemberships(sql_.query("select " CLERK_MEMBERSHIP_COLUMNS " from " CLERK_MEMBERSHIP_TABLES
                                    " where m.user_id = $2 order by m.created_at, m.id limit $3",
                                    {now, userId, limit}));
}

std::int64_t Memberships::countOfUser(std::string_view userId) const {
  return firstInteger(sql_.query("select count(*) from organization_memberships where user_id = $1", {userId}));
}

std::optional<std::string> Memberships::newestOrganizationOf(std::string_view userId) const {
  auto rows = sql_.query(
      "select organization_id from organization_memberships where user_id = $1 order by created_at desc, id desc "
      "limit 1",
      {userId});
  return rows.next() ? std::optional(rows.string(0)) : std::nullopt;
}

Page<Member> Memberships::list(const MembershipListRequest& request, Time now) const {
  Page<Member> page;
  page.totalCount = countMembers(sql_, request);
  std::vector<Membership> memberships;
  {
    Builder builder;
    builder.takeFirst(now).add("select " CLERK_MEMBERSHIP_COLUMNS " from " CLERK_MEMBERSHIP_TABLES);
    if (asksForUsers(request)) builder.add(" join users u on u.id = m.user_id");
    addConditions(builder, request);
    builder.page(columnOf(request.order.by), request.order.descending, request.page, "m.");
    memberships = readMemberships(builder.run(sql_));
  }
  if (memberships.empty()) return page;
  std::vector<std::string> ids;
  for (const auto& membership : memberships) ids.push_back(membership.userId);
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  const auto users = Users(sql_).find(ids);
  std::unordered_map<std::string_view, const User*> byId;
  for (const auto& user : users) byId.emplace(user.id, &user);
  for (auto& membership : memberships) {
    const auto found = byId.find(membership.userId);
    if (found != byId.end()) page.data.push_back({std::move(membership), *found->second});
  }
  return page;
}

bool Memberships::hasOtherManager(std::string_view organizationId, std::string_view exceptUserId) const {
  Builder builder;
  builder.add("select 1 from organization_memberships m where m.organization_id = ").parameter(organizationId);
  builder.add(" and m.user_id <> ").parameter(exceptUserId);
  for (const auto key : permission::minimum) {
    builder.add(
        " and exists (select 1 from organization_role_permissions rp join organization_permissions p on p.id = "
        "rp.permission_id where rp.role_id = m.role_id and p.key = ");
    builder.parameter(key).add(")");
  }
  return has(builder.add(" limit 1").run(sql_));
}

bool Memberships::insert(const NewMembership& membership) {
  const auto inserted = sql_.execute(
      "insert into organization_memberships (id, organization_id, user_id, role_id, public_metadata, private_metadata, "
      "created_at, updated_at) select $1, $2, $3, r.id, $5, $6, $7, $7 from organization_roles r where r.key = $4 on "
      "conflict (organization_id, user_id) do nothing",
      {membership.id, membership.organizationId, membership.userId, membership.roleKey,
       storedText(membership.publicMetadata), storedText(membership.privateMetadata), membership.createdAt});
  if (inserted == 0) return false;
  sql_.changes.note("organizationMembership.created", memberKey(membership.organizationId, membership.userId));
  sql_.execute("update organizations set members_count = members_count + 1 where id = $1", {membership.organizationId});
  return true;
}

bool Memberships::setRole(std::string_view organizationId, std::string_view userId, std::string_view roleKey,
                          Time now) {
  sql_.changes.note("organizationMembership.updated", memberKey(organizationId, userId));
  return sql_.execute(
             "update organization_memberships set role_id = (select id from organization_roles where key = $3), "
             "updated_at = $4 where organization_id = $1 and user_id = $2",
             {organizationId, userId, roleKey, now}) > 0;
}

void Memberships::setMetadata(const Membership& membership) {
  sql_.changes.note("organizationMembership.updated", memberKey(membership.organization.id, membership.userId));
  sql_.execute(
      "update organization_memberships set public_metadata = $2, private_metadata = $3, updated_at = $4 where id = $1",
      {membership.id, storedText(membership.publicMetadata), storedText(membership.privateMetadata),
       membership.updatedAt});
}

bool Memberships::erase(std::string_view organizationId, std::string_view userId, Leaving leaving) {
  sql_.changes.noteRemoval("organizationMembership.deleted", memberKey(organizationId, userId));
  if (sql_.execute("delete from organization_memberships where organization_id = $1 and user_id = $2",
                   {organizationId, userId}) == 0) {
    return false;
  }
  sql_.execute("update organizations set members_count = members_count - 1 where id = $1", {organizationId});
  sql_.execute("delete from active_organizations where user_id = $2 and organization_id = $1",
               {organizationId, userId});
  if (leaving == Leaving::ToChoice) {
    sql_.execute(CLERK_CHOOSE " and user_id = $2 and last_active_organization_id = $1", {organizationId, userId});
  }
  sql_.execute(
      "update sessions set last_active_organization_id = null where user_id = $2 and last_active_organization_id = $1",
      {organizationId, userId});
  return true;
}

std::optional<std::string> Memberships::rememberedOrganization(std::string_view userId) const {
  auto rows = sql_.query(
      "select a.organization_id from active_organizations a join organization_memberships m on m.organization_id = "
      "a.organization_id and m.user_id = a.user_id where a.user_id = $1",
      {userId});
  return rows.next() ? std::optional(rows.string(0)) : std::nullopt;
}

void Memberships::rememberOrganization(std::string_view userId, std::optional<std::string_view> organizationId) {
  if (!organizationId) {
    sql_.execute("delete from active_organizations where user_id = $1", {userId});
    return;
  }
  sql_.execute(
      "insert into active_organizations (user_id, organization_id) values ($1, $2) on conflict (user_id) do update set "
      "organization_id = excluded.organization_id",
      {userId, *organizationId});
}

}  // namespace clerk::instance
