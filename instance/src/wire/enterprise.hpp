#pragma once
// Enterprise connections, as both APIs show them.

#include "flows/enterprise/connection.hpp"
#include "flows/enterprise/test_run.hpp"
#include "wire/json.hpp"

namespace clerk::instance::wire {

/// Secrets are left out.
JsonObject enterpriseConnection(const View& view, const EnterpriseConnection& connection);
/// The same, as `/saml_connections` shows it. `people`: how many have come in by it.
JsonObject samlConnection(const View& view, const EnterpriseConnection& connection, std::int64_t people);
JsonObject testRun(const TestRun& run);

}  // namespace clerk::instance::wire
