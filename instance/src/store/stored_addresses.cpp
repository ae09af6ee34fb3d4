#include "store/stored_addresses.hpp"

#include "store/store_error.hpp"
#include "store/stored_proof.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace clerk::instance {
namespace {

namespace json = boost::json;

[[noreturn]] void refuse() { throw StoreError(StoreError::Reason::Failed, "the database holds broken addresses"); }

EmailAddress readAddress(const json::object& object) {
  EmailAddress address;
  address.id = storedTextMember(object, "id");
  address.emailAddress = storedTextMember(object, "email_address");
  address.reserved = object.contains("reserved");
  address.createdAt = storedTimeMember(object, "created_at");
  address.updatedAt = storedTimeMember(object, "updated_at");
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
    if (address.verification) object["proof"] = storedProof(*address.verification);
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
