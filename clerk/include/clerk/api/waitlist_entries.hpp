#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.waitlistEntries`: Waitlist operations. See Clerk docs: "Backend API".

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

struct GetWaitlistEntryListParams {
  std::optional<std::int64_t> limit = {};
  std::optional<std::int64_t> offset = {};
  std::optional<std::string> query = {};
  std::optional<std::string> status = {};
  std::optional<std::string> orderBy = {};
};

struct CreateWaitlistEntryParams {
  std::string emailAddress = {};
  Field<bool> notify = {};
};

struct InviteWaitlistEntryParams {
  Field<bool> ignoreExisting = {};
};

/// Errors and threads: see BackendApi.
class WaitlistEntryAPI {
 public:
  explicit WaitlistEntryAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/waitlist_entries
  async::Task<PaginatedResourceResponse<WaitlistEntry>> list(
      GetWaitlistEntryListParams params = {}, CallOptions call = {}) const;
  /// POST /v1/waitlist_entries
  async::Task<WaitlistEntry> create(CreateWaitlistEntryParams params, CallOptions call = {}) const;
  /// POST /v1/waitlist_entries/bulk
  async::Task<std::vector<WaitlistEntry>> createBulk(
      std::vector<CreateWaitlistEntryParams> params, CallOptions call = {}) const;
  /// POST /v1/waitlist_entries/{id}/invite
  async::Task<WaitlistEntry> invite(
      std::string id, InviteWaitlistEntryParams params = {}, CallOptions call = {}) const;
  /// POST /v1/waitlist_entries/{id}/reject
  async::Task<WaitlistEntry> reject(std::string id, CallOptions call = {}) const;
  /// DELETE /v1/waitlist_entries/{id}
  async::Task<DeletedObject> del(std::string id, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
