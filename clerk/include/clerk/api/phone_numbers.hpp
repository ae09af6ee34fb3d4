#pragma once
// Made of the tables in clerk/src/api by clerk_sdk_generator: change those, and run it.
// clang-format off
// `client.phoneNumbers`: Phone number operations. See Clerk docs: "Backend API".

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

struct CreatePhoneNumberParams {
  std::string userId = {};
  std::string phoneNumber = {};
  Field<bool> verified = {};
  Field<bool> primary = {};
  Field<bool> reservedForSecondFactor = {};
};

struct UpdatePhoneNumberParams {
  Field<bool> verified = {};
  Field<bool> primary = {};
  Field<bool> reservedForSecondFactor = {};
};

/// Errors and threads: see BackendApi.
class PhoneNumberAPI {
 public:
  explicit PhoneNumberAPI(std::shared_ptr<const api::ClientContext> context) noexcept : context_(std::move(context)) {}

  /// GET /v1/phone_numbers/{phoneNumberId}
  async::Task<PhoneNumber> getPhoneNumber(std::string phoneNumberId, CallOptions call = {}) const;
  /// POST /v1/phone_numbers
  async::Task<PhoneNumber> createPhoneNumber(CreatePhoneNumberParams params, CallOptions call = {}) const;
  /// PATCH /v1/phone_numbers/{phoneNumberId}
  async::Task<PhoneNumber> updatePhoneNumber(
      std::string phoneNumberId, UpdatePhoneNumberParams params = {}, CallOptions call = {}) const;
  /// DELETE /v1/phone_numbers/{phoneNumberId}
  async::Task<DeletedObject> deletePhoneNumber(std::string phoneNumberId, CallOptions call = {}) const;

 private:
  std::shared_ptr<const api::ClientContext> context_;
};

}  // namespace clerk
