#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.actorTokens`: Actor token operations. See Clerk docs: "Backend API".

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

struct CreateActorTokenParams {
  std::string userId = {};
  boost::json::object actor = {};
  Field<std::int64_t> expiresInSeconds = {};
  Field<std::int64_t> sessionMaxDurationInSeconds = {};
};

/// Errors and threads: see BackendApi.
class ActorTokenAPI {
 public:
  explicit ActorTokenAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// POST /v1/actor_tokens
  async::Task<ActorToken> create(CreateActorTokenParams params, CallOptions call = {}) const;
  /// POST /v1/actor_tokens/{actorTokenId}/revoke
  async::Task<ActorToken> revoke(std::string actorTokenId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
