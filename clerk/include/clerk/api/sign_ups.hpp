#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.signUps`: Sign-up operations. See Clerk docs: "Backend API".

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

struct UpdateSignUpAttemptParams {
  std::string signUpAttemptId = {};
  Field<std::string> externalId = {};
  Field<bool> customAction = {};
};

/// Errors and threads: see BackendApi.
class SignUpAPI {
 public:
  explicit SignUpAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/sign_ups/{signUpAttemptId}
  async::Task<SignUpAttempt> get(std::string signUpAttemptId, CallOptions call = {}) const;
  /// PATCH /v1/sign_ups/{signUpAttemptId}
  async::Task<SignUpAttempt> update(UpdateSignUpAttemptParams params, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
