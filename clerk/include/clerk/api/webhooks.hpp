#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.webhooks`: The instance's Svix app. See Clerk docs: "Backend API".

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

/// Errors and threads: see BackendApi.
class WebhookAPI {
 public:
  explicit WebhookAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// POST /v1/webhooks/svix
  async::Task<WebhooksSvixJSON> createSvixApp(CallOptions call = {}) const;
  /// POST /v1/webhooks/svix_url
  async::Task<WebhooksSvixJSON> generateSvixAuthURL(CallOptions call = {}) const;
  /// DELETE /v1/webhooks/svix
  async::Task<void> deleteSvixApp(CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
