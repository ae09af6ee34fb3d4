#include "flows/organization/active_organization.hpp"

#include "flows/session/tasks.hpp"
#include "model/errors.hpp"

#include <algorithm>

namespace clerk::instance {
namespace {

/// How many memberships a client is told of at once.
constexpr std::int64_t membershipsShown = 200;

}  // namespace

void beginOrganization(const Core& core, const Transaction& tx, Session& session) {
  const auto settings = core.runtimeSettings(tx).organizations;
  if (!settings.enabled) return;
  const auto memberships = tx.memberships();
  session.lastActiveOrganizationId = memberships.rememberedOrganization(session.userId);
  if (!settings.forceSelection || session.lastActiveOrganizationId) return;
  session.lastActiveOrganizationId = memberships.newestOrganizationOf(session.userId);
  if (!session.lastActiveOrganizationId) addTask(session, session_task::chooseOrganization);
}

void setActiveOrganization(const Core& core, Transaction& tx, Session& session,
                           std::optional<std::string> organizationId) {
  session.lastActiveOrganizationId = std::move(organizationId);
  const bool mustChoose = !session.lastActiveOrganizationId && core.runtimeSettings(tx).organizations.forceSelection;
  mustChoose ? addTask(session, session_task::chooseOrganization)
             : removeTask(session, session_task::chooseOrganization);
  tx.sessions().setOrganization(session, core.now());
  std::optional<std::string_view> remembered;
  if (session.lastActiveOrganizationId) remembered = *session.lastActiveOrganizationId;
  tx.memberships().rememberOrganization(session.userId, remembered);
}

Outcome<std::optional<std::string>> findActivatable(const Core& core, const Transaction& tx, std::string_view userId,
                                                    std::string_view idOrSlug) {
  if (idOrSlug.empty()) return std::optional<std::string>();
  auto organization = tx.organizations().findByIdOrSlug(idOrSlug, core.now());
  if (!organization || !core.runtimeSettings(tx).organizations.enabled ||
      !tx.memberships().exists(organization->id, userId)) {
    return Failure(errors::organizationNotFoundOrUnauthorized());
  }
  return std::optional(std::move(organization->id));
}

std::optional<Membership> activeMembership(const Core& core, const Transaction& tx, const Session& session) {
  if (!session.lastActiveOrganizationId) return std::nullopt;
  return tx.memberships().find(*session.lastActiveOrganizationId, session.userId, core.now());
}

std::vector<Membership> membershipsOf(const Core& core, const Transaction& tx, std::string_view userId) {
  return tx.memberships().ofUser(userId, membershipsShown, core.now());
}

std::vector<Membership> membershipsOf(const Core& core, const Transaction& tx, const Session& session) {
  auto memberships = membershipsOf(core, tx, session.userId);
  const auto isActive = [&](const Membership& membership) {
    return membership.organization.id == session.lastActiveOrganizationId;
  };
  if (session.lastActiveOrganizationId && std::ranges::none_of(memberships, isActive)) {
    if (auto active = activeMembership(core, tx, session)) memberships.push_back(*std::move(active));
  }
  return memberships;
}

}  // namespace clerk::instance
