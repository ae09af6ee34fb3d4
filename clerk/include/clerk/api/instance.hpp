#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.instance`: The instance's settings. See Clerk docs: "Backend API".

#include <clerk/api/call_options.hpp>
#include <clerk/api/field.hpp>
#include <clerk/api/resources.hpp>

#include <async/task.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace clerk {

namespace api {
struct ClientContext;
}

struct UpdateInstanceParams {
  Field<bool> testMode = {};
  Field<bool> hibp = {};
  Field<bool> enhancedEmailDeliverability = {};
  Field<std::string> supportEmail = {};
  Field<std::string> clerkJsVersion = {};
  Field<std::string> developmentOrigin = {};
  Field<std::vector<std::string>> allowedOrigins = {};
  Field<bool> urlBasedSessionSyncing = {};
  Field<std::string> preferredSignInStrategyWhenPasswordRequired = {};
};

struct UpdateRestrictionsParams {
  Field<bool> allowlist = {};
  Field<bool> blocklist = {};
  Field<bool> blockEmailSubaddresses = {};
  Field<bool> blockDisposableEmailDomains = {};
  Field<bool> ignoreDotsForGmailAddresses = {};
};

struct UpdateOrganizationSettingsParams {
  Field<bool> enabled = {};
  Field<std::int64_t> maxAllowedMemberships = {};
  Field<bool> adminDeleteEnabled = {};
  Field<bool> domainsEnabled = {};
  Field<std::vector<std::string>> domainsEnrollmentModes = {};
  Field<std::string> creatorRoleId = {};
  Field<std::string> domainsDefaultRoleId = {};
};

/// Errors and threads: see BackendApi.
class InstanceAPI {
 public:
  explicit InstanceAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/instance
  async::Task<Instance> get(CallOptions call = {}) const;
  /// PATCH /v1/instance
  async::Task<void> update(UpdateInstanceParams params, CallOptions call = {}) const;
  /// PATCH /v1/instance/restrictions
  async::Task<InstanceRestrictions> updateRestrictions(UpdateRestrictionsParams params, CallOptions call = {}) const;
  /// GET /v1/instance/organization_settings
  async::Task<OrganizationSettings> getOrganizationSettings(CallOptions call = {}) const;
  /// PATCH /v1/instance/organization_settings
  async::Task<OrganizationSettings> updateOrganizationSettings(
      UpdateOrganizationSettingsParams params, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
