#pragma once
// JWT templates: tokens of a session for other services, with claims and perhaps a key of their choice.

#include "flows/core.hpp"
#include "flows/registry/registry.hpp"

#include <async/task.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace clerk::instance {

/// What a backend says of a template; absent: the default at creation, as it is at a change.
struct JwtTemplateFields {
  std::string name;
  boost::json::object claims;
  std::optional<std::int64_t> lifetime;          ///< seconds, 60
  std::optional<std::int64_t> allowedClockSkew;  ///< seconds, 5
  bool customSigningKey = false;
  std::optional<std::string> signingAlgorithm;
  std::optional<std::string> signingKey;
};

/// Errors: `jwt_template_reserved_claim`, `duplicate_record` (name), `form_param_…` (signing_algorithm, signing_key).
async::Task<Outcome<RegistryEntry>> createJwtTemplate(Core& core, JwtTemplateFields fields);
async::Task<Outcome<RegistryEntry>> getJwtTemplate(Core& core, std::string id);
async::Task<Outcome<RegistryEntry>> updateJwtTemplate(Core& core, std::string id, JwtTemplateFields fields);
async::Task<Outcome<std::string>> deleteJwtTemplate(Core& core, std::string id);

/// A token of the template for a live session. Errors: `resource_not_found` (template), `authentication_invalid` (a
/// session that is over).
async::Task<Outcome<std::string>> createTemplateToken(Core& core, Session session, std::string templateName,
                                                      std::string authorizedParty,
                                                      std::optional<std::chrono::seconds> lifetime);

}  // namespace clerk::instance
