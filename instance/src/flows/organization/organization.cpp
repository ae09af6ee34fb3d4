#include "flows/organization/organization.hpp"

#include "flows/normal_form.hpp"
#include "flows/organization/names.hpp"
#include "model/errors.hpp"
#include "model/ids.hpp"
#include "model/organization_errors.hpp"

#include <utility>

namespace clerk::instance {
namespace {

/// A slug that was made from a name gets some more characters when it is taken.
constexpr std::size_t slugSuffix = 6;

Outcome<> checkMetadata(const Settings& settings, const boost::json::object& publicMetadata,
                        const boost::json::object& privateMetadata) {
  auto checked = checkMetadataSize(publicMetadata, "public_metadata", settings.maxMetadataBytes);
  return checked ? checkMetadataSize(privateMetadata, "private_metadata", settings.maxMetadataBytes) : checked;
}

Outcome<> setSlug(const OrganizationSettings& settings, const Transaction& tx, Organization& organization,
                  std::string_view text) {
  if (settings.slugDisabled) return Failure(errors::organizationSlugsDisabled());
  auto slug = normalSlug(text);
  if (!slug) return slug.error();
  if (*slug == organization.slug) return {};
  if (tx.organizations().isSlugTaken(*slug)) return Failure(errors::formIdentifierExists("slug"));
  organization.slug = *std::move(slug);
  return {};
}

std::string freeSlug(const Transaction& tx, Random& random, std::string_view name) {
  auto slug = slugOf(name);
  if (!tx.organizations().isSlugTaken(slug)) return slug;
  std::string suffix = random.base62(slugSuffix);
  for (char& c : suffix) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return slug + "-" + suffix;
}

Outcome<RoleSet> findRoleSet(const Transaction& tx, const std::optional<std::string>& key) {
  auto set = key ? tx.roleSets().findByKey(*key) : tx.roleSets().findInitial();
  if (!set) return Failure(errors::formResourceNotFound("role_set_key"));
  return *std::move(set);
}

/// Whether a person may make one more. Errors: `user_create_organization_not_enabled`, `org_creation_limit_exceeded`.
Outcome<> checkCreator(const Transaction& tx, const OrganizationActor& actor, const std::string& userId) {
  const auto user = tx.users().find(userId);
  if (!user) return Failure(errors::organizationCreatorNotFound(userId));
  if (actor.isBackend()) return {};
  if (!user->createOrganizationEnabled) return Failure(errors::createOrganizationNotEnabled());
  const auto limit = user->createOrganizationsLimit.value_or(0);
  if (limit > 0 && tx.organizations().countCreatedBy(userId) >= limit) {
    return Failure(errors::organizationCreationLimitExceeded());
  }
  return {};
}

/// The creator's role is the instance's, unless the organization's role set does not have it.
std::string creatorRole(const OrganizationSettings& settings, const RoleSet& roleSet) {
  return roleSet.initial && roleSet.has(settings.creatorRole) ? settings.creatorRole : roleSet.creatorRoleKey;
}

Outcome<Organization> createInside(Core& core, Transaction& tx, const OrganizationActor& actor,
                                   const NewOrganization& fields) {
  const auto settings = requireOrganizations(core, tx);
  if (!settings) return settings.error();
  const Time now = core.now();
  Organization organization;
  auto name = normalOrganizationName(fields.name);
  if (!name) return name.error();
  organization.name = *std::move(name);
  if (auto checked = checkMetadata(core.settings(), fields.publicMetadata, fields.privateMetadata); !checked) {
    return checked.error();
  }
  const auto creator = actor.isBackend() ? fields.createdBy : std::optional(actor.userId());
  if (creator) {
    if (auto allowed = checkCreator(tx, actor, *creator); !allowed) return allowed.error();
  }
  const auto roleSet = findRoleSet(tx, fields.roleSetKey);
  if (!roleSet) return roleSet.error();
  if (fields.slug && !fields.slug->empty()) {
    if (auto set = setSlug(*settings, tx, organization, *fields.slug); !set) return set.error();
  } else {
    organization.slug = freeSlug(tx, core.random(), organization.name);
  }
  organization.id = newId(id::organization, now, core.random());
  organization.createdBy = creator;
  organization.maxAllowedMemberships = fields.maxAllowedMemberships.value_or(settings->maxAllowedMemberships);
  organization.adminDeleteEnabled = settings->adminDeleteEnabled;
  organization.publicMetadata = fields.publicMetadata;
  organization.privateMetadata = fields.privateMetadata;
  organization.roleSetId = roleSet->id;
  organization.createdAt = fields.createdAt.value_or(now);
  organization.updatedAt = now;
  if (!tx.organizations().insert(organization)) return Failure(errors::formIdentifierExists("slug"));
  if (creator) {
    const NewMembership membership{.id = newId(id::membership, now, core.random()),
                                   .organizationId = organization.id,
                                   .userId = *creator,
                                   .roleKey = creatorRole(*settings, *roleSet),
                                   .createdAt = now};
    if (!tx.memberships().insert(membership)) return Failure(errors::organizationRoleNotFound());
    tx.memberships().rememberOrganization(*creator, organization.id);
  }
  return *tx.organizations().find(organization.id, now);
}

/// Finds it, lets `change(tx, settings, organization)` change it, and writes it.
template <class Change>
async::Task<Outcome<Organization>> changeOrganization(Core& core, OrganizationActor actor, std::string organizationId,
                                                      Change change) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Organization> {
    auto organization = authorize(core, tx, actor, organizationId, permission::manageProfile);
    if (!organization) return organization;
    organization->updatedAt = core.now();
    Outcome<> changed = change(tx, *organization);
    if (!changed) {
      tx.abandon();
      return changed.error();
    }
    if (!tx.organizations().update(*organization)) {
      tx.abandon();
      return Failure(errors::formIdentifierExists("slug"));
    }
    return *tx.organizations().find(organization->id, core.now());
  });
}

/// The organization moves to another role set, which must have all roles that its members hold.
Outcome<> setRoleSet(const Transaction& tx, Organization& organization, const std::string& key) {
  const auto to = tx.roleSets().findByKey(key);
  const auto from = tx.roleSets().find(organization.roleSetId);
  if (!to) return Failure(errors::formResourceNotFound("role_set_key"));
  std::vector<std::string> lost;
  for (const auto& roleKey : from->roleKeys) {
    if (to->has(roleKey)) continue;
    MembershipListRequest held{.organizationId = organization.id, .roleKeys = {roleKey}, .page = {.limit = 1}};
    if (tx.memberships().list(held, Time{}).totalCount > 0) lost.push_back(roleKey);
  }
  if (!lost.empty()) return Failure(errors::reassignmentMissing(lost));
  organization.roleSetId = to->id;
  return {};
}

}  // namespace

async::Task<Outcome<Organization>> createOrganization(Core& core, OrganizationActor actor, NewOrganization fields) {
  co_return co_await core.store().transact([&](Transaction& tx) {
    auto created = createInside(core, tx, actor, fields);
    if (!created) tx.abandon();
    return created;
  });
}

async::Task<Outcome<Organization>> getOrganization(Core& core, OrganizationActor actor, std::string organizationId) {
  co_return co_await core.store().read(
      [&](const Transaction& tx) { return authorize(core, tx, actor, organizationId, noPermission); });
}

async::Task<Outcome<Page<Organization>>> listOrganizations(Core& core, OrganizationListRequest request) {
  co_return co_await core.store().scan([&](const Transaction& tx) -> Outcome<Page<Organization>> {
    if (auto enabled = requireOrganizations(core, tx); !enabled) return enabled.error();
    return tx.organizations().list(request, core.now());
  });
}

async::Task<Outcome<Organization>> updateOrganization(Core& core, OrganizationActor actor, std::string organizationId,
                                                      OrganizationChanges changes) {
  co_return co_await changeOrganization(
      core, std::move(actor), std::move(organizationId), [&](Transaction& tx, Organization& organization) -> Outcome<> {
        if (changes.name) {
          auto name = normalOrganizationName(*changes.name);
          if (!name) return name.error();
          organization.name = *std::move(name);
        }
        if (changes.slug) {
          auto set = setSlug(core.runtimeSettings(tx).organizations, tx, organization, *changes.slug);
          if (!set) return set;
        }
        if (changes.roleSetKey) {
          if (auto set = setRoleSet(tx, organization, *changes.roleSetKey); !set) return set;
        }
        if (changes.maxAllowedMemberships) organization.maxAllowedMemberships = *changes.maxAllowedMemberships;
        if (changes.adminDeleteEnabled) organization.adminDeleteEnabled = *changes.adminDeleteEnabled;
        if (changes.createdAt) organization.createdAt = *changes.createdAt;
        return {};
      });
}

async::Task<Outcome<Organization>> mergeOrganizationMetadata(Core& core, std::string organizationId,
                                                             MetadataChanges changes) {
  co_return co_await changeOrganization(
      core, OrganizationActor::backend(), std::move(organizationId),
      [&](Transaction&, Organization& organization) -> Outcome<> {
        if (changes.publicMetadata) {
          organization.publicMetadata = mergeMetadata(std::move(organization.publicMetadata), *changes.publicMetadata);
        }
        if (changes.privateMetadata) {
          organization.privateMetadata =
              mergeMetadata(std::move(organization.privateMetadata), *changes.privateMetadata);
        }
        return checkMetadata(core.settings(), organization.publicMetadata, organization.privateMetadata);
      });
}

async::Task<Outcome<Organization>> replaceOrganizationMetadata(Core& core, std::string organizationId,
                                                               MetadataChanges changes) {
  co_return co_await changeOrganization(core, OrganizationActor::backend(), std::move(organizationId),
                                        [&](Transaction&, Organization& organization) -> Outcome<> {
                                          if (changes.publicMetadata)
                                            organization.publicMetadata = *changes.publicMetadata;
                                          if (changes.privateMetadata)
                                            organization.privateMetadata = *changes.privateMetadata;
                                          return checkMetadata(core.settings(), organization.publicMetadata,
                                                               organization.privateMetadata);
                                        });
}

async::Task<Outcome<Organization>> deleteOrganization(Core& core, OrganizationActor actor, std::string organizationId) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Organization> {
    auto organization = authorize(core, tx, actor, organizationId, permission::deleteProfile);
    if (!organization) return organization;
    if (!actor.isBackend() && !organization->adminDeleteEnabled) {
      return Failure(errors::organizationAdminDeleteNotEnabled());
    }
    tx.organizations().erase(organization->id, leavingIn(core, tx));
    return organization;
  });
}

async::Task<bool> lacksManager(Core& core, std::string organizationId) {
  co_return co_await core.store().read(
      [&](const Transaction& tx) { return !tx.memberships().hasManager(organizationId); });
}

async::Task<OrganizationCreationDefaults> organizationCreationDefaults(Core& core, const User& user) {
  const bool enabled = co_await core.store().read(
      [&](const Transaction& tx) { return core.runtimeSettings(tx).organizations.creationDefaultsEnabled; });
  const auto* email = user.primaryEmailAddress();
  const auto domain = email ? domainOf(email->emailAddress) : std::string_view();
  if (!enabled || domain.empty() || isCommonMailDomain(domain)) co_return OrganizationCreationDefaults{};
  std::string name(domain.substr(0, domain.find('.')));
  auto slug = slugOf(name);
  if (name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 32);
  co_return OrganizationCreationDefaults{std::move(name), std::move(slug)};
}

}  // namespace clerk::instance
