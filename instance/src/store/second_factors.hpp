#pragma once
// The tables of authenticator apps and backup codes.

#include "model/second_factors.hpp"
#include "store/sql.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

class TotpSecrets {
 public:
  explicit TotpSecrets(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<TotpSecret> find(std::string_view userId) const;
  /// Replaces one that was never verified; false when a verified one is there.
  bool put(std::string_view userId, const TotpSecret& secret);
  /// Takes a time step for used up, in one statement: false when it or a later one was used before.
  bool useStep(std::string_view userId, std::int64_t step, Time now);
  /// Like useStep(), and the app counts from now on; false also when it did already.
  bool verify(std::string_view userId, std::int64_t step, Time now);
  bool erase(std::string_view userId);

 private:
  sql::Connection& sql_;
};

class BackupCodes {
 public:
  explicit BackupCodes(sql::Connection& connection) noexcept : sql_(connection) {}

  void replace(std::string_view userId, const std::vector<std::string>& digests);
  /// Uses a code up; false when there is none such (any more).
  bool use(std::string_view userId, std::string_view digest);
  std::int64_t count(std::string_view userId) const;
  void erase(std::string_view userId);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
