#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.betaFeatures`: What is in beta. See Clerk docs: "Backend API".

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

struct ChangeDomainParams {
  Field<std::string> homeUrl = {};
  Field<bool> isSecondary = {};
};

/// Errors and threads: see BackendApi.
class BetaFeaturesAPI {
 public:
  explicit BetaFeaturesAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// POST /v1/beta_features/change_domain
  async::Task<void> changeDomain(ChangeDomainParams params, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
