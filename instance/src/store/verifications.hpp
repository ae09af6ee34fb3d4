#pragma once
// The table of verifications: what was sent to whom, and how often it was guessed.

#include "model/verification.hpp"
#include "store/sql.hpp"

#include <optional>
#include <string_view>

namespace clerk::instance {

class Verifications {
 public:
  explicit Verifications(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<Verification> find(std::string_view id) const;
  /// `codeDigest` empty: nothing that is tried can be right.
  void insert(const Verification& verification, std::string_view codeDigest);
  /// A change of status that no code stands behind (a password, an OAuth answer).
  void update(const Verification& verification);

  enum class Attempt { Right, Wrong, Refused };
  /// Tries a code: counts the attempt and, when the digest is right, sets it verified, in one statement. Refused when
  /// it is not waiting for a code (any more): finished, expired at `now`, or tried `maxAttempts` times.
  Attempt attemptCode(std::string_view id, std::string_view codeDigest, int maxAttempts, std::string_view clientId,
                      Time now);
  /// Counts an attempt whose proof lies elsewhere (a password).
  void countAttempt(std::string_view id);
  /// One that was replaced by a newer.
  void erase(std::string_view id);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
