#pragma once
// The claims of a token whose signature was verified.

#include <boost/json/value.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace clerk {

namespace jwt {
class Payload;
}

/// A value that is cheap to copy: copies share the same, unchanging claims. Safe from any thread.
class SessionClaims {
 public:
  SessionClaims() = default;
  explicit SessionClaims(std::shared_ptr<const jwt::Payload> payload) noexcept : payload_(std::move(payload)) {}

  /// The user's id; empty when absent. The views live as long as any copy of the claims.
  std::string_view sub() const;
  /// The session's id.
  std::optional<std::string_view> sid() const;
  std::string_view iss() const;
  /// The origin of the page that asked for the token.
  std::optional<std::string_view> azp() const;
  std::chrono::system_clock::time_point exp() const;
  std::optional<std::chrono::system_clock::time_point> iat() const;

  /// Any claim, custom ones too; nullptr when absent.
  const boost::json::value* find(std::string_view name) const;
  /// All claims, in the token's order.
  const boost::json::object& json() const;
  operator boost::json::value() const { return json(); }

  const std::shared_ptr<const jwt::Payload>& payload() const noexcept { return payload_; }

 private:
  std::shared_ptr<const jwt::Payload> payload_;
};

}  // namespace clerk
