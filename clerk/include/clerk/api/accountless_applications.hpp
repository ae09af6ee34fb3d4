#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.accountlessApplications`: Keyless applications; experimental. See Clerk docs: "Backend API".

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

struct AccountlessApplicationParams {
  std::optional<boost::json::object> requestHeaders = {};
  std::optional<std::string> source = {};
};

/// Errors and threads: see BackendApi.
class AccountlessApplicationAPI {
 public:
  explicit AccountlessApplicationAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// POST /v1/accountless_applications
  async::Task<AccountlessApplication> createAccountlessApplication(
      AccountlessApplicationParams params = {}, CallOptions call = {}) const;
  /// POST /v1/accountless_applications/complete
  async::Task<AccountlessApplication> completeAccountlessApplicationOnboarding(
      AccountlessApplicationParams params = {}, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
