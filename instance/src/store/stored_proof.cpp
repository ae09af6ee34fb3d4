#include "store/stored_proof.hpp"

#include "store/store_error.hpp"

namespace clerk::instance {
namespace {

namespace json = boost::json;

[[noreturn]] void refuse() { throw StoreError(StoreError::Reason::Failed, "the database holds broken identifiers"); }

json::value numberOf(const std::optional<Time>& time) {
  return time ? json::value(toMilliseconds(*time)) : json::value(nullptr);
}

}  // namespace

boost::json::object storedProof(const Verification& verification) {
  json::object proof{{"id", verification.id}};
  if (verification.status != VerificationStatus::Verified) return proof;
  proof["strategy"] = verification.strategy;
  proof["attempts"] = verification.attempts ? json::value(*verification.attempts) : json::value(nullptr);
  proof["expire_at"] = numberOf(verification.expireAt);
  proof["client"] = verification.verifiedAtClient;
  proof["created_at"] = toMilliseconds(verification.createdAt);
  return proof;
}

Verification readProof(const boost::json::object& proof, std::string_view identificationId) {
  Verification verification;
  verification.id = storedTextMember(proof, "id");
  if (!proof.contains("strategy")) return verification;
  verification.strategy = storedTextMember(proof, "strategy");
  verification.status = VerificationStatus::Verified;
  if (auto attempts = storedNumberMember(proof, "attempts")) verification.attempts = static_cast<int>(*attempts);
  if (auto expireAt = storedNumberMember(proof, "expire_at")) verification.expireAt = fromMilliseconds(*expireAt);
  verification.identificationId = identificationId;
  verification.verifiedAtClient = storedTextMember(proof, "client");
  verification.createdAt = storedTimeMember(proof, "created_at");
  return verification;
}

std::string storedTextMember(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (!value || !value->is_string()) refuse();
  return std::string(std::string_view(value->get_string()));
}

Time storedTimeMember(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (!value || !value->is_int64()) refuse();
  return fromMilliseconds(value->get_int64());
}

std::optional<std::int64_t> storedNumberMember(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

}  // namespace clerk::instance
