#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.domains`: Domain operations. See Clerk docs: "Backend API".

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

struct AddDomainParams {
  std::string name = {};
  bool is_satellite = false;
  Field<std::string> proxy_url = {};
};

struct UpdateDomainParams {
  Field<std::string> name = {};
  Field<std::string> proxy_url = {};
  std::string domainId = {};
  Field<bool> is_secondary = {};
};

/// Errors and threads: see BackendApi.
class DomainAPI {
 public:
  explicit DomainAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/domains
  async::Task<PaginatedResourceResponse<Domain>> list(CallOptions call = {}) const;
  /// POST /v1/domains
  async::Task<Domain> add(AddDomainParams params, CallOptions call = {}) const;
  /// PATCH /v1/domains/{domainId}
  async::Task<Domain> update(UpdateDomainParams params, CallOptions call = {}) const;
  /// DELETE /v1/domains/{domainId}
  async::Task<DeletedObject> del(std::string domainId, CallOptions call = {}) const;
  /// DELETE /v1/domains/{domainId}
  async::Task<DeletedObject> deleteDomain(std::string domainId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
