#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.emailAddresses`: Email address operations. See Clerk docs: "Backend API".

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

struct CreateEmailAddressParams {
  std::string userId = {};
  std::string emailAddress = {};
  Field<bool> verified = {};
  Field<bool> primary = {};
};

struct UpdateEmailAddressParams {
  Field<bool> verified = {};
  Field<bool> primary = {};
};

/// Errors and threads: see BackendApi.
class EmailAddressAPI {
 public:
  explicit EmailAddressAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/email_addresses/{emailAddressId}
  async::Task<EmailAddress> getEmailAddress(std::string emailAddressId, CallOptions call = {}) const;
  /// POST /v1/email_addresses
  async::Task<EmailAddress> createEmailAddress(CreateEmailAddressParams params, CallOptions call = {}) const;
  /// PATCH /v1/email_addresses/{emailAddressId}
  async::Task<EmailAddress> updateEmailAddress(
      std::string emailAddressId, UpdateEmailAddressParams params = {}, CallOptions call = {}) const;
  /// DELETE /v1/email_addresses/{emailAddressId}
  async::Task<DeletedObject> deleteEmailAddress(std::string emailAddressId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
