#pragma once
// What the page can ask for: a part of the Backend API, as it is, and lists of the operator's own.

#include "backend_api/backend_api.hpp"

#include <span>
#include <string_view>

namespace clerk::instance::dashboard {

/// Operations of the Backend API that the page uses, such as `POST /users/:user_id/ban`; no others are behind the
/// dashboard's door: nothing that gives out secrets or tokens.
std::span<const std::string_view> offeredOperations() noexcept;

/// Adds those, and the dashboard's own: for a scope that somebody guards. Throws std::logic_error when one of the
/// offered operations does not exist.
void addOperations(fastify::Fastify& scope, Core& core, const backend_api::Identify& identify);

// The resources: a file each.
void addOverview(const backend_api::AddOperation& add);
void addLists(const backend_api::AddOperation& add);
void addOutbox(const backend_api::AddOperation& add);
void addConfiguration(const backend_api::AddOperation& add);
void addAuditLog(const backend_api::AddOperation& add);

}  // namespace clerk::instance::dashboard
