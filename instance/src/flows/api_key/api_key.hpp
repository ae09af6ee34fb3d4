#pragma once
// API keys: long-lived secrets with which a user's, an organization's or a machine's programs call an app.

#include "flows/registry/registry.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <vector>

namespace clerk::instance {

struct NewApiKey {
  std::string name;
  std::optional<std::string> description;
  std::string subject;        ///< `user_…`, `org_…` or `mch_…`
  boost::json::value claims;  ///< an object, or null
  std::vector<std::string> scopes{};
  std::optional<std::string> createdBy;
  std::optional<std::int64_t> secondsUntilExpiration;
};

struct IssuedApiKey {
  RegistryEntry entry;
  std::string secret;
};

struct ApiKeyChanges {
  std::optional<boost::json::value> claims;
  std::optional<std::vector<std::string>> scopes;
  std::optional<std::optional<std::string>> description;
  std::optional<std::string> subject;
  std::optional<std::optional<std::int64_t>> secondsUntilExpiration;
};

/// Which keys of a subject.
struct ApiKeyFilter {
  std::string subject;
  std::string query{};
  bool includeInvalid = false;
};

/// Errors: `resource_not_found` (subject), 409 `duplicate_record` (name), `form_param_…`.
async::Task<Outcome<IssuedApiKey>> createApiKey(Core& core, NewApiKey fields);
async::Task<Page<RegistryEntry>> listApiKeys(Core& core, ApiKeyFilter filter, PageRequest page);
/// `subject`: whose it must be; empty: anybody's. Errors: `resource_not_found`.
async::Task<Outcome<RegistryEntry>> getApiKey(Core& core, std::string id, std::string subject = {});
async::Task<Outcome<RegistryEntry>> updateApiKey(Core& core, std::string id, ApiKeyChanges changes,
                                                 std::string subject = {});
async::Task<Outcome<RegistryEntry>> revokeApiKey(Core& core, std::string id, std::optional<std::string> reason,
                                                 std::string subject = {});
async::Task<Outcome<std::string>> getApiKeySecret(Core& core, std::string id);
/// The key with this secret, if it can be used. Errors: `resource_not_found`.
async::Task<Outcome<RegistryEntry>> verifyApiKey(Core& core, std::string secret);

}  // namespace clerk::instance
