#pragma once
// Which organization a session works for: none is the personal account, unless the instance has no such thing.

#include "flows/core.hpp"
#include "model/organization.hpp"
#include "model/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

/// Before a session is written for the first time: it goes on with the organization that the user had last, or has to
/// choose one where the instance wants everybody in one.
void beginOrganization(const Core& core, const Transaction& tx, Session& session);

/// Gives a stored session an organization, which the user must be a member of, or takes it away (absent); what the
/// user's next session begins with, too. `session` is kept in step.
void setActiveOrganization(const Core& core, Transaction& tx, Session& session,
                           std::optional<std::string> organizationId);

/// The id of an organization that a session of this user can have active. `idOrSlug` empty: the personal account,
/// absent in the answer. Errors: `organization_not_found_or_unauthorized`.
Outcome<std::optional<std::string>> findActivatable(const Core& core, const Transaction& tx, std::string_view userId,
                                                    std::string_view idOrSlug);

/// What a token says about the session's organization; absent in the personal account, and when the user is no member
/// (any more).
std::optional<Membership> activeMembership(const Core& core, const Transaction& tx, const Session& session);

/// The memberships that a user is shown with; a user with thousands sees the oldest ones, and that of `session`.
std::vector<Membership> membershipsOf(const Core& core, const Transaction& tx, const Session& session);
std::vector<Membership> membershipsOf(const Core& core, const Transaction& tx, std::string_view userId);

}  // namespace clerk::instance
