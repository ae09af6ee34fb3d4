#include "jwt/verification_key.hpp"

#include "json/json_reader.hpp"

#include <array>
#include <atomic>

namespace clerk::jwt {
namespace {

std::uint64_t nextId() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

crypto::KeyLimits limitsOf(Strictness strictness) {
  return {.minimumBits = strictness == Strictness::Strict ? crypto::KeyLimits().minimumBits : 0};
}

crypto::RsaHash hashOf(std::string_view algorithm) {
  if (algorithm == "RS384") return crypto::RsaHash::Sha384;
  if (algorithm == "RS512") return crypto::RsaHash::Sha512;
  return crypto::RsaHash::Sha256;
}

/// Why a JWK is not for checking signatures, whatever its numbers; empty when it is.
std::string problemOf(const boost::json::value& jwk) {
  if (json::textMember(jwk, "kty") != "RSA") return "Invalid JWK \"kty\" Parameter";
  if (const auto* use = json::member(jwk, "use"); use && json::textMember(jwk, "use") != "sig") {
    return "Invalid JWK \"use\" Parameter";
  }
  const auto* operations = json::member(jwk, "key_ops");
  if (!operations) return {};
  if (const auto* list = operations->if_array()) {
    for (const auto& operation : *list) {
      if (operation == "verify") return {};
    }
  }
  return "Key operations and usage mismatch";
}

}  // namespace

VerificationKey::VerificationKey(boost::system::result<crypto::RsaPublicKey> key, std::string algorithm,
                                 std::string problem)
    : id_(nextId()), algorithm_(std::move(algorithm)), problem_(std::move(problem)) {
  if (key) {
    key_ = *std::move(key);
  } else if (problem_.empty()) {
    problem_ = key.error().message();
  }
}

std::shared_ptr<const VerificationKey> VerificationKey::fromPem(std::string_view pem, Strictness strictness) {
  return std::make_shared<const VerificationKey>(crypto::RsaPublicKey::fromPem(pem, limitsOf(strictness)), "RS256", "");
}

std::shared_ptr<const VerificationKey> VerificationKey::fromJwk(const boost::json::object& object,
                                                                Strictness strictness) {
  const boost::json::value jwk(object);
  const crypto::RsaJwk numbers{std::string(json::textMember(jwk, "n").value_or("")),
                               std::string(json::textMember(jwk, "e").value_or(""))};
  return std::make_shared<const VerificationKey>(crypto::RsaPublicKey::fromJwk(numbers, limitsOf(strictness)),
                                                 std::string(json::textMember(jwk, "alg").value_or("")),
                                                 problemOf(jwk));
}

std::string VerificationKey::unusableFor(std::string_view algorithm) const {
  if (!problem_.empty()) return problem_;
  if (!algorithm_.empty() && algorithm_ != algorithm) return "JWK \"alg\" does not match the requested algorithm";
  return {};
}

bool VerificationKey::verifies(std::string_view message, std::string_view signature, std::string_view algorithm) const {
  return key_ && key_->verifies(message, signature, hashOf(algorithm));
}

std::shared_ptr<const VerificationKey> keyOfPem(const std::string& pem, Strictness strictness) {
  struct Kept {
    std::string pem;
    Strictness strictness{};
    std::shared_ptr<const VerificationKey> key;
  };
  thread_local std::array<Kept, 8> kept;
  thread_local std::size_t next = 0;
  for (const auto& entry : kept) {
    if (entry.key && entry.strictness == strictness && entry.pem == pem) return entry.key;
  }
  auto& slot = kept[next++ % kept.size()];
  slot = {pem, strictness, VerificationKey::fromPem(pem, strictness)};
  return slot.key;
}

}  // namespace clerk::jwt
