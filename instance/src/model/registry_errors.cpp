#include "model/registry_errors.hpp"

#include "model/error_text.hpp"

#include <cctype>

namespace clerk::instance::errors {
namespace {

using enum Trouble;

std::string capitalised(std::string_view text) {
  std::string result(text);
  // "OAuth application" and "API key" begin as they are written.
  if (!result.empty() && result != "actor token")
    result[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(result[0])));
  return result;
}

}  // namespace

Error entryNotFound(std::string_view what, std::string_view id) {
  return make(NotFound, "resource_not_found", capitalised(what) + " not found",
              "No " + std::string(what) + " was found with id " + std::string(beginning(id, 128)));
}
Error duplicateRecord(std::string_view what, std::string_view param) {
  return make(BadRequest, "duplicate_record", "duplicate " + std::string(what),
              "a " + std::string(what) + " with this " + std::string(param) + " already exists", param);
}
Error duplicateRedirectUrl() {
  return make(BadRequest, "duplicate_record", "duplicate redirect URI", "the redirect URI already exists", "url");
}
Error jwtTemplateNotFound(std::string_view attribute, std::string_view value) {
  return make(NotFound, "resource_not_found", "JWT template not found",
              "No JWT template exists with " + std::string(attribute) + ": " + std::string(beginning(value, 128)));
}
Error jwtTemplateReservedClaim(std::string_view claim) {
  return make(BadRequest, "jwt_template_reserved_claim", "reserved claim used",
              "You can't use the reserved claim: '" + std::string(claim) + "'", "claims");
}
Error actorTokenAlreadyUsed() {
  return make(BadRequest, "actor_token_already_used_code", "actor token has already been used",
              "This actor token has already been used. Each token can only be used once.");
}
Error actorTokenRevoked() {
  return make(BadRequest, "actor_token_revoked_code", "actor token has been revoked",
              "This actor token has been revoked and cannot be used anymore.");
}
Error actorTokenCannotBeRevoked(std::string_view status) {
  return make(BadRequest, "actor_token_cannot_be_revoked_code", "cannot revoke",
              "Actor token cannot be revoked because its status is " + std::string(status) +
                  ". Only pending tokens can be revoked.");
}
Error actorTokenSubjectNotFound() {
  return make(NotFound, "actor_token_subject_not_found", "user not found",
              "The user of the actor token no longer exists. Please request a new one.");
}
Error actorTokenCannotBeUsed() {
  return make(BadRequest, "actor_token_cannot_be_used_code", "actor token cannot be used",
              "This actor token cannot be used anymore. Please request a new one.");
}
Error actorTokenNotInSignIn() {
  return make(BadRequest, "actor_token_not_in_sign_in_code", "not in sign in",
              "Actor tokens can only be used during sign in.");
}
Error domainNotAllowedOnPrimary() {
  return make(Forbidden, "operation_not_allowed_on_primary_domain", "operation not allowed",
              "This operation is not allowed on a primary domain. Try again with a satellite domain of the instance.");
}
Error primaryDomainExists() {
  return make(Unprocessable, "primary_domain_already_exists", "primary domain already exists",
              "Currently, only a single primary domain is supported and the current instance already has one. All new "
              "domains need to be set a satellites.",
              "is_satellite");
}
Error webhooksAlreadyEnabled() {
  constexpr auto text = "Only one Svix app is allowed per instance.";
  return make(BadRequest, "svix_app_exists", text, text);
}
Error webhooksNotEnabled() {
  constexpr auto text = "No Svix apps are associated with the current instance.";
  return make(BadRequest, "svix_app_missing", text, text);
}
Error secretKeyInvalid(std::string_view what) {
  return make(Unauthenticated, "clerk_key_invalid", "Invalid " + std::string(what),
              "The provided " + std::string(what) + " is invalid.");
}
Error settingFixed(std::string_view name) {
  return make(Forbidden, "setting_fixed", "Setting is fixed",
              std::string(name) + " is fixed by the settings file of whoever runs this instance.", name);
}
Error tokenInvalid(std::string_view what) {
  return make(NotFound, "resource_not_found", capitalised(what) + " not found",
              "The " + std::string(what) + " is not known, or can no longer be used.");
}

}  // namespace clerk::instance::errors
