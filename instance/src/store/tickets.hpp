#pragma once
// The tables of things that are used once: sign-in tokens and handshake nonces.

#include "model/sign_in_token.hpp"
#include "store/sql.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

class SignInTokens {
 public:
  explicit SignInTokens(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<SignInToken> find(std::string_view id) const;
  void insert(const SignInToken& token);
  /// Uses it: true for one caller alone. False when it is not pending, or expired at `now`.
  bool accept(std::string_view id, Time now);
  /// False when it is not pending.
  bool revoke(std::string_view id, Time now);

 private:
  sql::Connection& sql_;
};

class HandshakeNonces {
 public:
  explicit HandshakeNonces(sql::Connection& connection) noexcept : sql_(connection) {}

  void insert(std::string_view digest, std::string_view payload, Time expiresAt);
  /// Takes the payload away: one caller alone gets it. Absent when unknown, taken, or expired.
  std::optional<std::string> take(std::string_view digest, Time now);
  std::int64_t eraseExpired(Time now, std::int64_t limit);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
