#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.billing`: Billing operations. See Clerk docs: "Backend API".

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

struct GetPlanListParams {
  std::optional<std::string> payerType = {};
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
};

struct CancelSubscriptionItemParams {
  std::optional<bool> endNow = {};
};

struct ExtendSubscriptionItemFreeTrialParams {
  std::chrono::system_clock::time_point extendTo = {};
};

/// Errors and threads: see BackendApi.
class BillingAPI {
 public:
  explicit BillingAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/billing/plans
  async::Task<PaginatedResourceResponse<BillingPlan>> getPlanList(
      GetPlanListParams params = {}, CallOptions call = {}) const;
  /// DELETE /v1/billing/subscription_items/{subscriptionItemId}
  async::Task<BillingSubscriptionItem> cancelSubscriptionItem(
      std::string subscriptionItemId, CancelSubscriptionItemParams params = {}, CallOptions call = {}) const;
  /// POST /v1/billing/subscription_items/{subscriptionItemId}/extend_free_trial
  async::Task<BillingSubscriptionItem> extendSubscriptionItemFreeTrial(
      std::string subscriptionItemId, ExtendSubscriptionItemFreeTrialParams params, CallOptions call = {}) const;
  /// GET /v1/organizations/{organizationId}/billing/subscription
  async::Task<BillingSubscription> getOrganizationBillingSubscription(
      std::string organizationId, CallOptions call = {}) const;
  /// GET /v1/users/{userId}/billing/subscription
  async::Task<BillingSubscription> getUserBillingSubscription(std::string userId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
