#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.agentTasks`: Agent task operations. See Clerk docs: "Backend API".

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

struct AgentTaskUser {
  Field<std::string> userId = {};
  Field<std::string> identifier = {};
};

struct CreateAgentTaskParams {
  AgentTaskUser onBehalfOf = {};
  std::string permissions = {};
  std::string agentName = {};
  std::string taskDescription = {};
  std::string redirectUrl = {};
  Field<std::int64_t> sessionMaxDurationInSeconds = {};
};

/// Errors and threads: see BackendApi.
class AgentTaskAPI {
 public:
  explicit AgentTaskAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// POST /v1/agents/tasks
  async::Task<AgentTask> create(CreateAgentTaskParams params, CallOptions call = {}) const;
  /// POST /v1/agents/tasks/{agentTaskId}/revoke
  async::Task<AgentTask> revoke(std::string agentTaskId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
