#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.idPOAuthAccessToken`: Access tokens of the instance's OAuth applications. See Clerk docs: "Backend API".

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

struct VerifyIdPOAuthAccessTokenOptions {
  Field<std::vector<std::string>> audience = {};
};

/// Errors and threads: see BackendApi.
class IdPOAuthAccessTokenAPI {
 public:
  explicit IdPOAuthAccessTokenAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// POST /oauth_applications/access_tokens/verify
  /// Throws MachineTokenVerificationError when the token is for another audience.
  async::Task<IdPOAuthAccessToken> verify(
      std::string accessToken, VerifyIdPOAuthAccessTokenOptions options = {}, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
