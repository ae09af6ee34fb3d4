#include "flows/organization/logo.hpp"

#include "flows/user/profile_image.hpp"
#include "model/auth_errors.hpp"
#include "model/errors.hpp"

#include <tuple>
#include <utility>

namespace clerk::instance {
namespace {

Organization written(const Core& core, Transaction& tx, Organization organization) {
  organization.updatedAt = core.now();
  std::ignore = tx.organizations().update(organization);  // its slug stays: nobody else can have it
  return *tx.organizations().find(organization.id, core.now());
}

}  // namespace

async::Task<Outcome<Organization>> setOrganizationLogo(Core& core, OrganizationActor actor, std::string organizationId,
                                                       std::string bytes) {
  auto image = newImage(core, organizationId, std::move(bytes));
  if (!image) co_return image.error();
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Organization> {
    auto organization = authorize(core, tx, actor, organizationId, permission::manageProfile);
    if (!organization) return organization;
    image->ownerId = organization->id;
    tx.images().replace(*image);
    organization->imageUrl = imageUrl(core.settings(), image->id);
    return written(core, tx, *std::move(organization));
  });
}

async::Task<Outcome<Organization>> deleteOrganizationLogo(Core& core, OrganizationActor actor,
                                                          std::string organizationId) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<Organization> {
    auto organization = authorize(core, tx, actor, organizationId, permission::manageProfile);
    if (!organization) return organization;
    if (organization->imageUrl.empty()) return Failure(errors::imageNotFound());
    tx.images().eraseOf(organization->id);
    organization->imageUrl.clear();
    return written(core, tx, *std::move(organization));
  });
}

}  // namespace clerk::instance
