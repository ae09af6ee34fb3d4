#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.enterpriseConnections`: Enterprise connection operations. See Clerk docs: "Backend API".

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

struct EnterpriseConnectionCustomAttributeParams {
  std::string name = {};
  std::string key = {};
  Field<std::string> ssoPath = {};
  Field<std::string> scimPath = {};
  Field<std::string> directoryPath = {};
  Field<bool> multiValued = {};
};

struct EnterpriseConnectionOidcParams {
  Field<std::string> clientId = {};
  Field<std::string> clientSecret = {};
  Field<std::string> discoveryUrl = {};
  Field<std::string> authUrl = {};
  Field<std::string> tokenUrl = {};
  Field<std::string> userInfoUrl = {};
  Field<bool> requiresPkce = {};
};

struct AttributeMappingParams {
  Field<std::string> userId = {};
  Field<std::string> emailAddress = {};
  Field<std::string> firstName = {};
  Field<std::string> lastName = {};
};

struct EnterpriseConnectionLoginHintParams {
  std::string mode = {};
  Field<std::string> source = {};
};

struct EnterpriseConnectionSamlParams {
  Field<std::string> name = {};
  Field<std::string> idpEntityId = {};
  Field<std::string> idpSsoUrl = {};
  Field<std::string> idpCertificate = {};
  Field<std::string> idpMetadataUrl = {};
  Field<std::string> idpMetadata = {};
  Field<AttributeMappingParams> attributeMapping = {};
  Field<bool> allowSubdomains = {};
  Field<bool> allowIdpInitiated = {};
  Field<bool> forceAuthn = {};
  Field<EnterpriseConnectionLoginHintParams> loginHint = {};
};

struct CreateEnterpriseConnectionParams {
  std::string name = {};
  std::vector<std::string> domains = {};
  Field<std::string> organizationId = {};
  Field<bool> active = {};
  Field<bool> syncUserAttributes = {};
  std::string provider = {};
  Field<bool> allowOrganizationAccountLinking = {};
  Field<std::vector<EnterpriseConnectionCustomAttributeParams>> customAttributes = {};
  Field<bool> authenticatable = {};
  Field<bool> disableJitProvisioning = {};
  Field<EnterpriseConnectionOidcParams> oidc = {};
  Field<EnterpriseConnectionSamlParams> saml = {};
};

struct UpdateEnterpriseConnectionParams {
  Field<std::string> name = {};
  Field<std::vector<std::string>> domains = {};
  Field<std::string> organizationId = {};
  Field<bool> active = {};
  Field<bool> syncUserAttributes = {};
  Field<bool> disableAdditionalIdentifications = {};
  Field<bool> allowOrganizationAccountLinking = {};
  Field<std::vector<EnterpriseConnectionCustomAttributeParams>> customAttributes = {};
  Field<bool> authenticatable = {};
  Field<bool> disableJitProvisioning = {};
  Field<std::string> provider = {};
  Field<EnterpriseConnectionOidcParams> oidc = {};
  Field<EnterpriseConnectionSamlParams> saml = {};
};

struct GetEnterpriseConnectionListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::optional<std::string> organizationId = {};
  std::optional<bool> active = {};
};

/// Errors and threads: see BackendApi.
class EnterpriseConnectionAPI {
 public:
  explicit EnterpriseConnectionAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// POST /v1/enterprise_connections
  async::Task<EnterpriseConnection> createEnterpriseConnection(
      CreateEnterpriseConnectionParams params, CallOptions call = {}) const;
  /// PATCH /v1/enterprise_connections/{enterpriseConnectionId}
  async::Task<EnterpriseConnection> updateEnterpriseConnection(
      std::string enterpriseConnectionId, UpdateEnterpriseConnectionParams params, CallOptions call = {}) const;
  /// GET /v1/enterprise_connections
  async::Task<PaginatedResourceResponse<EnterpriseConnection>> getEnterpriseConnectionList(
      GetEnterpriseConnectionListParams params = {}, CallOptions call = {}) const;
  /// GET /v1/enterprise_connections/{enterpriseConnectionId}
  async::Task<EnterpriseConnection> getEnterpriseConnection(
      std::string enterpriseConnectionId, CallOptions call = {}) const;
  /// DELETE /v1/enterprise_connections/{enterpriseConnectionId}
  async::Task<DeletedObject> deleteEnterpriseConnection(
      std::string enterpriseConnectionId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
