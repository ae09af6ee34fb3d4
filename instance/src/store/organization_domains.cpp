#include "store/organization_domains.hpp"

#include "store/sql_builder.hpp"
#include "store/verifications.hpp"

#include <utility>

namespace clerk::instance {
namespace {

using sql::Builder;

#define CLERK_DOMAIN_COLUMNS                                                                                         \
  "d.id, d.organization_id, d.name, d.enrollment_mode, d.affiliation_email_address, d.affiliation_verification_id, " \
  "d.affiliation_verified_at, d.ownership_verified_at, d.created_at, d.updated_at"

/// The verification lies in a row of its own.
struct DomainRow {
  OrganizationDomain domain;
  std::optional<std::string> verificationId;
};

DomainRow readDomain(const sql::Rows& row) {
  DomainRow read;
  read.domain.id = row.string(0);
  read.domain.organizationId = row.string(1);
  read.domain.name = row.string(2);
  read.domain.enrollmentMode = enrollmentModeOf(row.text(3)).value_or(EnrollmentMode::ManualInvitation);
  read.domain.affiliationEmailAddress = row.optionalString(4);
  read.verificationId = row.optionalString(5);
  read.domain.affiliationVerifiedAt = row.optionalTime(6);
  read.domain.ownershipVerifiedAt = row.optionalTime(7);
  read.domain.createdAt = row.time(8);
  read.domain.updatedAt = row.time(9);
  return read;
}

std::optional<DomainRow> readOne(sql::Rows rows) {
  return rows.next() ? std::optional(readDomain(rows)) : std::nullopt;
}

bool has(sql::Rows rows) { return rows.next(); }
std::int64_t firstInteger(sql::Rows rows) { return rows.next() ? rows.integer(0) : 0; }

std::vector<std::string> namesOf(const std::vector<EnrollmentMode>& modes) {
  std::vector<std::string> names;
  for (const auto mode : modes) names.emplace_back(nameOf(mode));
  return names;
}

void addConditions(Builder& builder, const DomainListRequest& request) {
  if (!request.organizationId.empty()) {
    builder.condition().add("d.organization_id = ").parameter(request.organizationId);
  }
  if (request.verified) builder.condition().add("d.verified = ").parameter(std::int64_t{*request.verified});
  builder.oneOf("d.enrollment_mode", namesOf(request.modes)).noneOf("d.enrollment_mode", namesOf(request.notModes));
  builder.oneOf("d.name", request.names);
  if (request.query.starts_with("org_")) {
    builder.condition().add("d.organization_id = ").parameter(request.query);
  } else {
    builder.contains("d.name", request.query);
  }
}

sql::Value idOf(const std::optional<Verification>& verification) {
  return verification ? sql::Value(verification->id) : sql::Value(nullptr);
}

}  // namespace

OrganizationDomain OrganizationDomains::complete(OrganizationDomain domain, std::optional<std::string> verificationId,
                                                 Time now) const {
  if (verificationId) domain.affiliationVerification = Verifications(sql_).find(*verificationId);
  domain.totalPendingInvitations = firstInteger(
      sql_.query("select count(*) from organization_invitations where domain_id = $1 and status = 'pending' and "
                 "expires_at > $2",
                 {domain.id, now}));
  domain.totalPendingSuggestions = firstInteger(sql_.query(
      "select count(*) from organization_suggestions where domain_id = $1 and status = 'pending'", {domain.id}));
  return domain;
}

std::optional<OrganizationDomain> OrganizationDomains::find(std::string_view id, Time now) const {
  auto read = readOne(sql_.query("select " CLERK_DOMAIN_COLUMNS " from organization_domains d where d.id = $1", {id}));
  if (!read) return std::nullopt;
  return complete(std::move(read->domain), std::move(read->verificationId), now);
}

std::optional<OrganizationDomain> OrganizationDomains::findVerified(std::string_view name, Time now) const {
  auto read = readOne(sql_.query(
      "select " CLERK_DOMAIN_COLUMNS " from organization_domains d where d.name = $1 and d.verified = 1", {name}));
  if (!read) return std::nullopt;
  return complete(std::move(read->domain), std::move(read->verificationId), now);
}

bool OrganizationDomains::organizationHas(std::string_view organizationId, std::string_view name) const {
  return has(sql_.query("select 1 from organization_domains where organization_id = $1 and name = $2",
                        {organizationId, name}));
}

Page<OrganizationDomain> OrganizationDomains::list(const DomainListRequest& request, Time now) const {
  Page<OrganizationDomain> page;
  {
    Builder count;
    count.add("select count(*) from organization_domains d");
    addConditions(count, request);
    page.totalCount = firstInteger(count.run(sql_));
  }
  std::vector<DomainRow> read;
  {
    Builder builder;
    builder.add("select " CLERK_DOMAIN_COLUMNS " from organization_domains d");
    addConditions(builder, request);
    const bool byName = request.order.by == DomainOrder::Name;
    auto rows =
        builder.page(byName ? "d.name" : "d.created_at", request.order.descending, request.page, "d.").run(sql_);
    while (rows.next()) read.push_back(readDomain(rows));
  }
  for (auto& row : read) page.data.push_back(complete(std::move(row.domain), std::move(row.verificationId), now));
  return page;
}

std::int64_t OrganizationDomains::countOf(std::string_view organizationId) const {
  return firstInteger(
      sql_.query("select count(*) from organization_domains where organization_id = $1", {organizationId}));
}

bool OrganizationDomains::insert(const OrganizationDomain& domain) {
  const bool inserted =
      sql_.execute(
          "insert into organization_domains (id, organization_id, name, enrollment_mode, affiliation_email_address, "
          "affiliation_verification_id, affiliation_verified_at, ownership_verified_at, verified, created_at, "
          "updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing",
          {domain.id, domain.organizationId, domain.name, nameOf(domain.enrollmentMode), domain.affiliationEmailAddress,
           idOf(domain.affiliationVerification), domain.affiliationVerifiedAt, domain.ownershipVerifiedAt,
           domain.verified(), domain.createdAt, domain.updatedAt}) > 0;
  if (inserted) sql_.changes.note("organizationDomain.created", domain.id);
  return inserted;
}

bool OrganizationDomains::update(const OrganizationDomain& domain) {
  sql_.changes.touch(domain.id);
  if (domain.verified() &&
      has(sql_.query("select 1 from organization_domains where name = $1 and verified = 1 and id <> $2",
                     {domain.name, domain.id}))) {
    return false;
  }
  const bool updated =
      sql_.execute(
          "update organization_domains set enrollment_mode = $2, affiliation_email_address = $3, "
          "affiliation_verification_id = $4, affiliation_verified_at = $5, ownership_verified_at = $6, verified = "
          "$7, updated_at = $8 where id = $1",
          {domain.id, nameOf(domain.enrollmentMode), domain.affiliationEmailAddress,
           idOf(domain.affiliationVerification), domain.affiliationVerifiedAt, domain.ownershipVerifiedAt,
           domain.verified(), domain.updatedAt}) > 0;
  if (updated) sql_.changes.note("organizationDomain.updated", domain.id);
  return updated;
}

bool OrganizationDomains::erase(std::string_view id) {
  sql_.changes.noteRemoval("organizationDomain.deleted", id);
  return sql_.execute("delete from organization_domains where id = $1", {id}) > 0;
}

}  // namespace clerk::instance
