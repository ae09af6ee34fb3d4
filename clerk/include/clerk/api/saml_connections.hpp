#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.samlConnections`: SAML connection operations. See Clerk docs: "Backend API".

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

struct GetSamlConnectionListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::optional<std::string> query = {};
  std::optional<std::string> orderBy = {};
  std::vector<std::string> organizationId = {};
};

struct CreateSamlConnectionParams {
  std::string name = {};
  std::string provider = {};
  std::string domain = {};
  Field<std::string> organizationId = {};
  Field<std::string> idpEntityId = {};
  Field<std::string> idpSsoUrl = {};
  Field<std::string> idpCertificate = {};
  Field<std::vector<boost::json::value>> idpCertificates = {};
  Field<std::string> idpMetadataUrl = {};
  Field<std::string> idpMetadata = {};
  Field<AttributeMappingParams> attributeMapping = {};
};

struct UpdateSamlConnectionParams {
  Field<std::string> name = {};
  Field<std::string> provider = {};
  Field<std::string> domain = {};
  Field<std::string> organizationId = {};
  Field<std::string> idpEntityId = {};
  Field<std::string> idpSsoUrl = {};
  Field<std::string> idpCertificate = {};
  Field<std::vector<boost::json::value>> idpCertificates = {};
  Field<std::string> idpMetadataUrl = {};
  Field<std::string> idpMetadata = {};
  Field<AttributeMappingParams> attributeMapping = {};
  Field<bool> active = {};
  Field<bool> syncUserAttributes = {};
  Field<bool> allowSubdomains = {};
  Field<bool> allowIdpInitiated = {};
};

/// Errors and threads: see BackendApi.
class SamlConnectionAPI {
 public:
  explicit SamlConnectionAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/saml_connections
  async::Task<PaginatedResourceResponse<SamlConnection>> getSamlConnectionList(
      GetSamlConnectionListParams params = {}, CallOptions call = {}) const;
  /// POST /v1/saml_connections
  async::Task<SamlConnection> createSamlConnection(CreateSamlConnectionParams params, CallOptions call = {}) const;
  /// GET /v1/saml_connections/{samlConnectionId}
  async::Task<SamlConnection> getSamlConnection(std::string samlConnectionId, CallOptions call = {}) const;
  /// PATCH /v1/saml_connections/{samlConnectionId}
  async::Task<SamlConnection> updateSamlConnection(
      std::string samlConnectionId, UpdateSamlConnectionParams params = {}, CallOptions call = {}) const;
  /// DELETE /v1/saml_connections/{samlConnectionId}
  async::Task<DeletedObject> deleteSamlConnection(std::string samlConnectionId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
