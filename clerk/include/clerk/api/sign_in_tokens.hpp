#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.signInTokens`: Sign-in token operations. See Clerk docs: "Backend API".

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

struct CreateSignInTokenParams {
  std::string userId = {};
  Field<std::string> orgId = {};
  std::int64_t expiresInSeconds = 0;
};

/// Errors and threads: see BackendApi.
class SignInTokenAPI {
 public:
  explicit SignInTokenAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// POST /v1/sign_in_tokens
  async::Task<SignInToken> createSignInToken(CreateSignInTokenParams params, CallOptions call = {}) const;
  /// POST /v1/sign_in_tokens/{signInTokenId}/revoke
  async::Task<SignInToken> revokeSignInToken(std::string signInTokenId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
