#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.machines`: Machine operations. See Clerk docs: "Backend API".

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

struct GetMachineListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::optional<std::string> orderBy = {};
  std::optional<std::string> query = {};
};

struct CreateMachineParams {
  std::string name = {};
  Field<std::vector<std::string>> scopedMachines = {};
  Field<std::int64_t> defaultTokenTtl = {};
};

struct UpdateMachineParams {
  std::string machineId = {};
  Field<std::string> name = {};
  Field<std::int64_t> defaultTokenTtl = {};
};

struct RotateMachineSecretKeyParams {
  std::string machineId = {};
  std::int64_t previousTokenTtl = 0;
};

/// Errors and threads: see BackendApi.
class MachineAPI {
 public:
  explicit MachineAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/machines/{machineId}
  async::Task<Machine> get(std::string machineId, CallOptions call = {}) const;
  /// GET /v1/machines
  async::Task<PaginatedResourceResponse<Machine>> list(GetMachineListParams params = {}, CallOptions call = {}) const;
  /// POST /v1/machines
  async::Task<Machine> create(CreateMachineParams params, CallOptions call = {}) const;
  /// PATCH /v1/machines/{machineId}
  async::Task<Machine> update(UpdateMachineParams params, CallOptions call = {}) const;
  /// DELETE /v1/machines/{machineId}
  async::Task<DeletedObject> del(std::string machineId, CallOptions call = {}) const;
  /// GET /v1/machines/{machineId}/secret_key
  async::Task<MachineSecretKey> getSecretKey(std::string machineId, CallOptions call = {}) const;
  /// POST /v1/machines/{machineId}/secret_key/rotate
  async::Task<MachineSecretKey> rotateSecretKey(RotateMachineSecretKeyParams params, CallOptions call = {}) const;
  /// POST /v1/machines/{machineId}/scopes
  async::Task<MachineScope> createScope(std::string machineId, std::string toMachineId, CallOptions call = {}) const;
  /// DELETE /v1/machines/{machineId}/scopes/{otherMachineId}
  async::Task<MachineScope> deleteScope(
      std::string machineId, std::string otherMachineId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
