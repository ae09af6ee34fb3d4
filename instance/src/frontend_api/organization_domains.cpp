// The domains of an organization.

#include "flows/organization/domain.hpp"

#include "api/list_fields.hpp"
#include "frontend_api/organization_call.hpp"
#include "frontend_api/resources.hpp"
#include "wire/organization.hpp"

namespace clerk::instance::frontend_api {
namespace {

constexpr auto render = [](const wire::View& view, const ShownDomain& domain) {
  return wire::organizationDomain(view, domain);
};

std::string domainId(const Call& call) { return call.param("domain_id"); }

async::Task<Outcome<wire::Json>> list(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto query = call.query();
  DomainListRequest request{.organizationId = organizationId(call),
                            .verified = query.boolean("verified"),
                            .modes = api::readWords(query, "enrollment_mode", enrollmentModeOf),
                            .page = api::readPage(query)};
  if (auto wrong = query.failure()) co_return *wrong;
  co_return shownPage(call, co_await listDomains(call.core, *actor, std::move(request)), render);
}

async::Task<Outcome<wire::Json>> create(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto form = call.form();
  NewDomain fields{.name = form.requiredText("name"), .enrollmentMode = form.text("enrollment_mode")};
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call, co_await createDomain(call.core, *actor, organizationId(call), std::move(fields)), render);
}

async::Task<Outcome<wire::Json>> read(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  co_return shown(call, co_await getDomain(call.core, *actor, organizationId(call), domainId(call)), render);
}

async::Task<Outcome<wire::Json>> remove(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  const auto deleted = co_await deleteDomain(call.core, *actor, organizationId(call), domainId(call));
  if (!deleted) co_return deleted.error();
  co_return wire::Json(wire::deletedObject("organization_domain", deleted->domain.id));
}

async::Task<Outcome<wire::Json>> updateEnrollmentMode(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto form = call.form();
  DomainChanges changes{.enrollmentMode = form.requiredText("enrollment_mode"),
                        .deletePending = form.boolean("delete_pending").value_or(false)};
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(
      call, co_await updateDomain(call.core, *actor, organizationId(call), domainId(call), std::move(changes)), render);
}

async::Task<Outcome<wire::Json>> prepareAffiliationVerification(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto form = call.form();
  auto address = form.requiredText("affiliation_email_address");
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(
      call, co_await prepareAffiliation(call.core, *actor, organizationId(call), domainId(call), std::move(address)),
      render);
}

async::Task<Outcome<wire::Json>> attemptAffiliationVerification(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  auto form = call.form();
  auto code = form.requiredText("code");
  if (auto wrong = form.failure()) co_return *wrong;
  co_return shown(call,
                  co_await attemptAffiliation(call.core, *actor, organizationId(call), domainId(call), std::move(code)),
                  render);
}

/// All that belongs to self-serve SSO.
async::Task<Outcome<wire::Json>> refuseSelfServe(Call& call) {
  const auto actor = co_await actingMember(call);
  if (!actor) co_return actor.error();
  co_return co_await refuseOwnershipChallenge(call.core, *actor, organizationId(call));
}

}  // namespace

void addOrganizationDomains(Operations& operations) {
  const std::string domains = "/organizations/:organization_id/domains";
  operations.add(domains, {"GET", Envelope::Read, list});
  operations.add(domains, {"POST", Envelope::Mutation, create});
  operations.add(domains + "/:domain_id", {"GET", Envelope::Read, read});
  operations.add(domains + "/:domain_id", {"DELETE", Envelope::Mutation, remove});
  static constexpr std::pair<std::string_view, Endpoint> actions[] = {
      {"/:domain_id/update_enrollment_mode", updateEnrollmentMode},
      {"/:domain_id/prepare_affiliation_verification", prepareAffiliationVerification},
      {"/:domain_id/attempt_affiliation_verification", attemptAffiliationVerification},
      {"/:domain_id/prepare_ownership_verification", refuseSelfServe},
      {"/:domain_id/attempt_ownership_verification", refuseSelfServe},
      {"/bulk", refuseSelfServe},
      {"/prepare_ownership_verification/bulk", refuseSelfServe},
      {"/attempt_ownership_verification/bulk", refuseSelfServe},
  };
  for (const auto& [path, endpoint] : actions) {
    operations.add(domains + std::string(path), {"POST", Envelope::Mutation, endpoint});
  }
}

}  // namespace clerk::instance::frontend_api
