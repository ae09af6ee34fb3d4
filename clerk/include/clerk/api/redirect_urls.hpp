#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.redirectUrls`: Redirect URL operations. See Clerk docs: "Backend API".

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

struct CreateRedirectUrlParams {
  std::string url = {};
};

/// Errors and threads: see BackendApi.
class RedirectUrlAPI {
 public:
  explicit RedirectUrlAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/redirect_urls?paginated=true
  async::Task<PaginatedResourceResponse<RedirectUrl>> getRedirectUrlList(CallOptions call = {}) const;
  /// GET /v1/redirect_urls/{redirectUrlId}
  async::Task<RedirectUrl> getRedirectUrl(std::string redirectUrlId, CallOptions call = {}) const;
  /// POST /v1/redirect_urls
  async::Task<RedirectUrl> createRedirectUrl(CreateRedirectUrlParams params, CallOptions call = {}) const;
  /// DELETE /v1/redirect_urls/{redirectUrlId}
  async::Task<DeletedObject> deleteRedirectUrl(std::string redirectUrlId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
