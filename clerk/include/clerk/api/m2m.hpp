#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.m2m`: M2M token operations. See Clerk docs: "Backend API".

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

struct GetM2MTokenListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::optional<std::string> machineSecretKey = {};
  std::string subject = {};
  std::optional<bool> revoked = {};
  std::optional<bool> expired = {};
};

struct CreateM2MTokenParams {
  Field<std::string> machineSecretKey = {};
  Field<std::int64_t> secondsUntilExpiration = {};
  Field<boost::json::value> claims = {};
  Field<std::int64_t> minRemainingTtlSeconds = {};
  Field<std::string> tokenFormat = {};
};

struct RevokeM2MTokenParams {
  Field<std::string> machineSecretKey = {};
  std::string m2mTokenId = {};
  Field<std::string> revocationReason = {};
};

struct VerifyM2MTokenParams {
  Field<std::string> machineSecretKey = {};
  std::string token = {};
};

/// Errors and threads: see BackendApi.
class M2MTokenAPI {
 public:
  explicit M2MTokenAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /m2m_tokens
  async::Task<PaginatedResourceResponse<M2MToken>> list(GetM2MTokenListParams params, CallOptions call = {}) const;
  /// POST /m2m_tokens
  async::Task<M2MToken> createToken(CreateM2MTokenParams params = {}, CallOptions call = {}) const;
  /// POST /m2m_tokens/{m2mTokenId}/revoke
  async::Task<M2MToken> revokeToken(RevokeM2MTokenParams params, CallOptions call = {}) const;
  /// POST /m2m_tokens/verify
  /// A JWT is verified here, an opaque token by the API.
  async::Task<M2MToken> verify(VerifyM2MTokenParams params, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
