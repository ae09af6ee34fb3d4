#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.jwtTemplates`: JWT template operations. See Clerk docs: "Backend API".

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

struct GetJwtTemplateListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
};

struct CreateJwtTemplateParams {
  std::string name = {};
  boost::json::object claims = {};
  Field<std::int64_t> lifetime = {};
  Field<std::int64_t> allowedClockSkew = {};
  Field<bool> customSigningKey = {};
  Field<std::string> signingAlgorithm = {};
  Field<std::string> signingKey = {};
};

struct UpdateJwtTemplateParams {
  std::string name = {};
  boost::json::object claims = {};
  Field<std::int64_t> lifetime = {};
  Field<std::int64_t> allowedClockSkew = {};
  Field<bool> customSigningKey = {};
  Field<std::string> signingAlgorithm = {};
  Field<std::string> signingKey = {};
  std::string templateId = {};
};

/// Errors and threads: see BackendApi.
class JwtTemplateAPI {
 public:
  explicit JwtTemplateAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/jwt_templates?paginated=true
  async::Task<PaginatedResourceResponse<JwtTemplate>> list(
      GetJwtTemplateListParams params = {}, CallOptions call = {}) const;
  /// GET /v1/jwt_templates/{templateId}
  async::Task<JwtTemplate> get(std::string templateId, CallOptions call = {}) const;
  /// POST /v1/jwt_templates
  async::Task<JwtTemplate> create(CreateJwtTemplateParams params, CallOptions call = {}) const;
  /// PATCH /v1/jwt_templates/{templateId}
  async::Task<JwtTemplate> update(UpdateJwtTemplateParams params, CallOptions call = {}) const;
  /// DELETE /v1/jwt_templates/{templateId}
  async::Task<DeletedObject> del(std::string templateId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
