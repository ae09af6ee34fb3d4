#pragma once
// Cases that never touch a client: declarations that cannot work, the order of loading, injected requests.

#include <fastify/json.hpp>

#include <span>
#include <string_view>

namespace conformance {

struct StartupCase {
  std::string_view name;
  /// What the case gives; throws what the framework throws.
  fastify::Json (*run)();
};

std::span<const StartupCase> startupCases() noexcept;

/// Runs a case: `{"value": …}`, or `{"error": {name, code, statusCode, message}}` without what the error has not.
fastify::JsonObject runStartupCase(const StartupCase& startupCase);

}  // namespace conformance
