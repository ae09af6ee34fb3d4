#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.clients`: Client operations. See Clerk docs: "Backend API".

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

struct GetClientListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
};

struct GetHandshakePayloadParams {
  std::string nonce = {};
};

/// Errors and threads: see BackendApi.
class ClientAPI {
 public:
  explicit ClientAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/clients?paginated=true
  async::Task<PaginatedResourceResponse<Client>> getClientList(
      GetClientListParams params = {}, CallOptions call = {}) const;
  /// GET /v1/clients/{clientId}
  async::Task<Client> getClient(std::string clientId, CallOptions call = {}) const;
  /// POST /v1/clients/verify
  async::Task<Client> verifyClient(std::string token, CallOptions call = {}) const;
  /// GET /v1/clients/handshake_payload
  /// A nonce works once.
  async::Task<HandshakePayload> getHandshakePayload(GetHandshakePayloadParams params, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
