#pragma once
// The table of codes that backends had sent, apart from those of the person's own attempts.

#include "model/time.hpp"
#include "store/sql.hpp"

#include <cstdint>
#include <string_view>

namespace clerk::instance {

class BackendVerifications {
 public:
  explicit BackendVerifications(sql::Connection& connection) noexcept : sql_(connection) {}

  /// Notes that the verification was sent for the address or number. An earlier one of it goes: the newest code counts.
  void replace(std::string_view identificationId, std::string_view verificationId, Time expiresAt);
  /// Whether the verification is one of the address or number.
  bool belongs(std::string_view verificationId, std::string_view identificationId) const;
  /// Removes what expired before `before`, with the verifications themselves; at most `limit`.
  std::int64_t eraseExpired(Time before, std::int64_t limit);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
