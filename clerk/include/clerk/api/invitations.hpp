#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.invitations`: Invitation operations. See Clerk docs: "Backend API".

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

struct GetInvitationListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::optional<std::string> orderBy = {};
  std::optional<std::string> status = {};
  std::optional<std::string> query = {};
};

struct CreateInvitationParams {
  std::string emailAddress = {};
  Field<std::int64_t> expiresInDays = {};
  Field<bool> ignoreExisting = {};
  Field<bool> notify = {};
  Field<boost::json::object> publicMetadata = {};
  Field<std::string> redirectUrl = {};
  Field<std::string> templateSlug = {};
};

/// Errors and threads: see BackendApi.
class InvitationAPI {
 public:
  explicit InvitationAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/invitations?paginated=true
  async::Task<PaginatedResourceResponse<Invitation>> getInvitationList(
      GetInvitationListParams params = {}, CallOptions call = {}) const;
  /// POST /v1/invitations
  async::Task<Invitation> createInvitation(CreateInvitationParams params, CallOptions call = {}) const;
  /// POST /v1/invitations/bulk
  async::Task<std::vector<Invitation>> createInvitationBulk(
      std::vector<CreateInvitationParams> params, CallOptions call = {}) const;
  /// POST /v1/invitations/{invitationId}/revoke
  async::Task<Invitation> revokeInvitation(std::string invitationId, CallOptions call = {}) const;
  /// DELETE /v1/invitations/{invitationId}
  async::Task<DeletedObject> deleteInvitation(std::string invitationId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
