#include "store/stored_addresses.hpp"

#include "store/store_error.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace clerk::instance {
namespace {

namespace json = boost::json;

[[noreturn]] void refuse() { throw StoreError(StoreError::Reason::Failed, "the database holds broken addresses"); }

json::value numberOf(const std::optional<Time>& time) {
  return time ? json::value(toMilliseconds(*time)) : json::value(nullptr);
}

json::object proofOf(const Verification& verification) {
  json::object proof{{"id", verification.id}};
  if (verification.status != VerificationStatus::Verified) return proof;
  proof["strategy"] = verification.strategy;
  proof["attempts"] = verification.attempts ? json::value(*verification.attempts) : json::value(nullptr);
  proof["expire_at"] = numberOf(verification.expireAt);
  proof["client"] = verification.verifiedAtClient;
  proof["created_at"] = toMilliseconds(verification.createdAt);
  return proof;
}

std::string textOf(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (!value || !value->is_string()) refuse();
  return std::string(std::string_view(value->get_string()));
}

Time timeOf(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (!value || !value->is_int64()) refuse();
  return fromMilliseconds(value->get_int64());
}

std::optional<std::int64_t> numberOf(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

Verification readProof(const json::object& proof, std::string_view addressId) {
  Verification verification;
  verification.id = textOf(proof, "id");
  if (!proof.contains("strategy")) return verification;
  verification.strategy = textOf(proof, "strategy");
  verification.status = VerificationStatus::Verified;
  if (auto attempts = numberOf(proof, "attempts")) verification.attempts = static_cast<int>(*attempts);
  if (auto expireAt = numberOf(proof, "expire_at")) verification.expireAt = fromMilliseconds(*expireAt);
  verification.identificationId = addressId;
  verification.verifiedAtClient = textOf(proof, "client");
  verification.createdAt = timeOf(proof, "created_at");
  return verification;
}

EmailAddress readAddress(const json::object& object) {
  EmailAddress address;
  address.id = textOf(object, "id");
  address.emailAddress = textOf(object, "email_address");
  address.reserved = object.contains("reserved");
  address.createdAt = timeOf(object, "created_at");
  address.updatedAt = timeOf(object, "updated_at");
  const auto* proof = object.if_contains("proof");
  if (proof && proof->is_object()) address.verification = readProof(proof->get_object(), address.id);
  return address;
}

}  // namespace

std::string storedAddresses(const std::vector<EmailAddress>& addresses) {
  json::array array;
  for (const auto& address : addresses) {
    json::object object{{"id", address.id},
                        {"email_address", address.emailAddress},
                        {"created_at", toMilliseconds(address.createdAt)},
                        {"updated_at", toMilliseconds(address.updatedAt)}};
    if (address.reserved) object["reserved"] = true;
    if (address.verification) object["proof"] = proofOf(*address.verification);
    array.push_back(std::move(object));
  }
  return json::serialize(array);
}

std::vector<EmailAddress> readAddresses(std::string_view text) {
  // One or two addresses fit on the stack.
  unsigned char buffer[2048];
  json::monotonic_resource memory(buffer, sizeof buffer);
  boost::system::error_code failed;
  const auto value = json::parse(text, failed, &memory);
  if (failed || !value.is_array()) refuse();
  std::vector<EmailAddress> addresses;
  addresses.reserve(value.get_array().size());
  for (const auto& object : value.get_array()) {
    if (!object.is_object()) refuse();
    addresses.push_back(readAddress(object.get_object()));
  }
  return addresses;
}

bool isPending(const Verification& verification) noexcept { return verification.strategy.empty(); }

}  // namespace clerk::instance
