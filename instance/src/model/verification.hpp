#pragma once
// The state of one proof: of an address, or of a factor of a sign-in.

#include "model/strategy.hpp"
#include "model/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

enum class VerificationStatus { Unverified, Verified, Transferable, Failed, Expired };
std::string_view nameOf(VerificationStatus status) noexcept;
std::optional<VerificationStatus> verificationStatusOf(std::string_view name) noexcept;

struct Verification {
  std::string id;  ///< `ver_…`: ours, never on the wire
  Strategy strategy;
  VerificationStatus status = VerificationStatus::Unverified;
  std::optional<int> attempts;      ///< absent for strategies that do not count
  std::optional<Time> expireAt;     ///< kept after success; absent for strategies that do not expire
  std::string identificationId;     ///< the address that the proof is about (or `idn_…` of none: empty)
  std::string verifiedAtClient;     ///< client id; empty when unknown
  std::string nonce;                ///< passkeys: the options' JSON
  std::string externalRedirectUrl;  ///< OAuth
  std::string errorCode;  ///< OAuth: what went wrong, to be shown again on the next page load; empty when nothing
  std::string errorMessage;
  std::string errorLongMessage;
  Time createdAt{};

  /// The stored status, or Expired when the time for an unfinished proof has passed.
  VerificationStatus statusAt(Time now) const noexcept;

  friend bool operator==(const Verification&, const Verification&) = default;
};

}  // namespace clerk::instance
