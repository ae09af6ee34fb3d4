#include "flows/organization/domain.hpp"

#include "delivery/organization_mails.hpp"
#include "flows/normal_form.hpp"
#include "flows/organization/names.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "model/organization_errors.hpp"
#include "strategies/email_code.hpp"

#include <algorithm>
#include <utility>

namespace clerk::instance {
namespace {

constexpr std::int64_t maxDomains = 10;

/// Errors: those of authorize(), `organization_domains_not_enabled`.
Outcome<Organization> authorizeChange(const Core& core, const Transaction& tx, const OrganizationActor& actor,
                                      std::string_view organizationId) {
  auto organization = authorize(core, tx, actor, organizationId, permission::manageDomains);
  if (!organization) return organization;
  if (!core.runtimeSettings(tx).organizations.domainsEnabled) return Failure(errors::organizationDomainsNotEnabled());
  return organization;
}

Outcome<ShownDomain> findOf(const Core& core, const Transaction& tx, const Organization& organization,
                            std::string_view domainId) {
  auto domain = tx.organizationDomains().find(domainId, core.now());
  if (!domain || domain->organizationId != organization.id) return Failure(errors::resourceNotFound());
  return ShownDomain{*std::move(domain), organization};
}

/// Manual invitation is always there; the others where the instance has them.
Outcome<EnrollmentMode> readMode(const OrganizationSettings& settings, const std::optional<std::string>& text) {
  if (!text || text->empty()) return EnrollmentMode::ManualInvitation;
  const auto mode = enrollmentModeOf(*text);
  if (!mode) return Failure(errors::formParamValueInvalid("enrollment_mode", *text));
  const auto& modes = settings.domainsEnrollmentModes;
  if (*mode != EnrollmentMode::ManualInvitation && std::ranges::find(modes, *text) == modes.end()) {
    return Failure(errors::enrollmentModeNotEnabled(*text));
  }
  return *mode;
}

Outcome<ShownDomain> written(const Core& core, Transaction& tx, ShownDomain shown) {
  shown.domain.updatedAt = core.now();
  if (!tx.organizationDomains().update(shown.domain)) {
    tx.abandon();
    return Failure(errors::organizationDomainExists("name"));
  }
  shown.domain = *tx.organizationDomains().find(shown.domain.id, core.now());
  return shown;
}

Outcome<std::string> freeName(const Core& core, const Transaction& tx, const Organization& organization,
                              std::string_view text) {
  auto name = normalDomainName(text, "name");
  if (!name) return name;
  if (isCommonMailDomain(*name)) return Failure(errors::organizationDomainCommon("name"));
  if (tx.organizationDomains().organizationHas(organization.id, *name)) {
    return Failure(errors::organizationDomainExistsInOrganization("name"));
  }
  if (tx.organizationDomains().findVerified(*name, core.now()))
    return Failure(errors::organizationDomainExists("name"));
  if (tx.organizationDomains().countOf(organization.id) >= maxDomains) {
    return Failure(errors::organizationDomainQuotaExceeded(maxDomains));
  }
  return name;
}

/// What a domain offered to people goes with its mode.
void takeOffersBack(const Core& core, Transaction& tx, const OrganizationDomain& domain) {
  tx.organizationInvitations().revokeOfDomain(domain.id, core.now());
  tx.organizationSuggestions().erasePendingOfDomain(domain.id);
}

Page<ShownDomain> shownPage(const Core& core, const Transaction& tx, const DomainListRequest& request) {
  auto page = tx.organizationDomains().list(request, core.now());
  Page<ShownDomain> all;
  all.totalCount = page.totalCount;
  for (auto& domain : page.data) {
    auto organization = tx.organizations().find(domain.organizationId, core.now());
    if (organization) all.data.push_back({std::move(domain), *std::move(organization)});
  }
  return all;
}

/// Finds the domain for a change, lets `change(tx, shown)` change it, and writes it.
template <class Change>
async::Task<Outcome<ShownDomain>> changeDomain(Core& core, OrganizationActor actor, std::string organizationId,
                                               std::string domainId, Change change) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ShownDomain> {
    const auto organization = authorizeChange(core, tx, actor, organizationId);
    if (!organization) return organization.error();
    auto shown = findOf(core, tx, *organization, domainId);
    if (!shown) return shown;
    // Not abandoned: an attempt that failed counts.
    if (Outcome<> changed = change(tx, *shown); !changed) return changed.error();
    return written(core, tx, *std::move(shown));
  });
}

}  // namespace

async::Task<Outcome<Page<ShownDomain>>> listDomains(Core& core, OrganizationActor actor, DomainListRequest request) {
  co_return co_await core.store().scan([&](const Transaction& tx) -> Outcome<Page<ShownDomain>> {
    const auto organization = authorize(core, tx, actor, request.organizationId, permission::readDomains);
    if (!organization) return organization.error();
    request.organizationId = organization->id;
    return shownPage(core, tx, request);
  });
}

async::Task<Outcome<Page<ShownDomain>>> listAllDomains(Core& core, DomainListRequest request) {
  co_return co_await core.store().scan([&](const Transaction& tx) -> Outcome<Page<ShownDomain>> {
    if (auto enabled = requireOrganizations(core, tx); !enabled) return enabled.error();
    return shownPage(core, tx, request);
  });
}

async::Task<Outcome<ShownDomain>> getDomain(Core& core, OrganizationActor actor, std::string organizationId,
                                            std::string domainId) {
  co_return co_await core.store().read([&](const Transaction& tx) -> Outcome<ShownDomain> {
    const auto organization = authorize(core, tx, actor, organizationId, permission::readDomains);
    if (!organization) return organization.error();
    return findOf(core, tx, *organization, domainId);
  });
}

async::Task<Outcome<ShownDomain>> createDomain(Core& core, OrganizationActor actor, std::string organizationId,
                                               NewDomain fields) {
  OrganizationDomain domain;
  domain.id = newId(id::organizationDomain, core.now(), core.random());
  domain.createdAt = domain.updatedAt = core.now();
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ShownDomain> {
    const auto organization = authorizeChange(core, tx, actor, organizationId);
    if (!organization) return organization.error();
    auto name = freeName(core, tx, *organization, fields.name);
    if (!name) return name.error();
    const auto mode = readMode(core.runtimeSettings(tx).organizations, fields.enrollmentMode);
    if (!mode) return mode.error();
    domain.organizationId = organization->id;
    domain.name = *std::move(name);
    domain.enrollmentMode = *mode;
    if (fields.verified) domain.affiliationVerifiedAt = core.now();
    if (!tx.organizationDomains().insert(domain)) return Failure(errors::organizationDomainExists("name"));
    return findOf(core, tx, *organization, domain.id);
  });
}

async::Task<Outcome<ShownDomain>> updateDomain(Core& core, OrganizationActor actor, std::string organizationId,
                                               std::string domainId, DomainChanges changes) {
  co_return co_await changeDomain(
      core, std::move(actor), std::move(organizationId), std::move(domainId),
      [&](Transaction& tx, ShownDomain& shown) -> Outcome<> {
        if (changes.enrollmentMode) {
          const auto mode = readMode(core.runtimeSettings(tx).organizations, changes.enrollmentMode);
          if (!mode) return mode.error();
          shown.domain.enrollmentMode = *mode;
        }
        if (changes.verified) {
          shown.domain.affiliationVerifiedAt = *changes.verified ? std::optional(core.now()) : std::nullopt;
          if (!*changes.verified) shown.domain.ownershipVerifiedAt.reset();
        }
        if (changes.deletePending) takeOffersBack(core, tx, shown.domain);
        return {};
      });
}

async::Task<Outcome<ShownDomain>> deleteDomain(Core& core, OrganizationActor actor, std::string organizationId,
                                               std::string domainId) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<ShownDomain> {
    const auto organization = authorizeChange(core, tx, actor, organizationId);
    if (!organization) return organization.error();
    auto shown = findOf(core, tx, *organization, domainId);
    if (!shown) return shown;
    if (shown->domain.affiliationVerification) tx.verifications().erase(shown->domain.affiliationVerification->id);
    tx.organizationDomains().erase(domainId);
    return shown;
  });
}

async::Task<Outcome<ShownDomain>> prepareAffiliation(Core& core, OrganizationActor actor, std::string organizationId,
                                                     std::string domainId, std::string emailAddress) {
  co_return co_await changeDomain(
      core, std::move(actor), std::move(organizationId), std::move(domainId),
      [&](Transaction& tx, ShownDomain& shown) -> Outcome<> {
        constexpr std::string_view param = "affiliation_email_address";
        const auto email = normalEmailAddress(emailAddress, param);
        if (!email) return email.error();
        if (domainOf(*email) != shown.domain.name) return Failure(errors::organizationDomainMismatch(param));
        if (shown.domain.affiliationVerifiedAt) return Failure(errors::verificationAlreadyVerified());
        auto code = prepareEmailCode(core.settings(), core.digest(), core.random(), core.now(),
                                     {.strategy = strategy::emailCode, .emailAddress = *email});
        if (code.message) {
          auto mail = affiliationCodeMail(core.settings(), *email, shown.organization.name, code.message->code);
          mail.id = code.message->id;
          mail.createdAt = code.message->createdAt;
          code.message = std::move(mail);
        }
        if (auto sent = sendCode(tx, code, core.now()); !sent) return sent;
        if (shown.domain.affiliationVerification) tx.verifications().erase(shown.domain.affiliationVerification->id);
        shown.domain.affiliationEmailAddress = *email;
        shown.domain.affiliationVerification = code.verification;
        return {};
      });
}

async::Task<Outcome<ShownDomain>> attemptAffiliation(Core& core, OrganizationActor actor, std::string organizationId,
                                                     std::string domainId, std::string code) {
  if (code.empty()) co_return Failure(errors::formParamNil("code"));
  co_return co_await changeDomain(core, std::move(actor), std::move(organizationId), std::move(domainId),
                                  [&](Transaction& tx, ShownDomain& shown) -> Outcome<> {
                                    auto attempted =
                                        attemptCode(tx, core.settings(), core.digest(), core.now(),
                                                    shown.domain.affiliationVerification,
                                                    {.strategy = strategy::emailCode, .code = code, .clientId = ""});
                                    if (attempted) shown.domain.affiliationVerifiedAt = core.now();
                                    return attempted;
                                  });
}

async::Task<Outcome<ShownDomain>> overrideOwnership(Core& core, std::string organizationId, std::string domainId) {
  co_return co_await changeDomain(core, OrganizationActor::backend(), std::move(organizationId), std::move(domainId),
                                  [&](Transaction&, ShownDomain& shown) -> Outcome<> {
                                    if (!shown.domain.ownershipVerifiedAt)
                                      shown.domain.ownershipVerifiedAt = core.now();
                                    return {};
                                  });
}

async::Task<Failure> refuseOwnershipChallenge(Core& core, OrganizationActor actor, std::string organizationId) {
  auto allowed = co_await core.store().read(
      [&](const Transaction& tx) { return authorizeChange(core, tx, actor, organizationId); });
  if (!allowed) co_return allowed.error();
  co_return Failure(errors::selfServeSsoDisabled());
}

}  // namespace clerk::instance
