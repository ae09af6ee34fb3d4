#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.emails`: Mail that an app sends. See Clerk docs: "Backend API".

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

struct CreateEmailParams {
  boost::json::value to = {};
  Field<boost::json::value> from = {};
  Field<boost::json::value> replyTo = {};
  std::string subject = {};
  Field<boost::json::value> cc = {};
  Field<boost::json::value> bcc = {};
  Field<boost::json::object> headers = {};
  Field<boost::json::value> attachments = {};
  Field<std::string> html = {};
  Field<std::string> text = {};
};

struct CreateEmailOptions {
  Field<std::string> idempotencyKey = {};
};

struct CreateEmailBatchParams {
  boost::json::value to = {};
  Field<boost::json::value> from = {};
  Field<boost::json::value> replyTo = {};
  std::string subject = {};
  Field<boost::json::value> cc = {};
  Field<boost::json::value> bcc = {};
  Field<boost::json::object> headers = {};
  Field<boost::json::value> attachments = {};
  Field<std::string> html = {};
  Field<std::string> text = {};
  Field<std::string> idempotencyKey = {};
};

/// Errors and threads: see BackendApi.
class EmailAPI {
 public:
  explicit EmailAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// POST /v1/email
  async::Task<Email> create(CreateEmailParams params, CreateEmailOptions options = {}, CallOptions call = {}) const;
  /// POST /v1/email/batch
  /// 1 to 100 messages; each has a result of its own.
  async::Task<std::vector<BatchEmailResult>> createBatch(
      std::vector<CreateEmailBatchParams> params, CallOptions call = {}) const;
  /// GET /v1/email/{emailId}
  async::Task<Email> get(std::string emailId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
