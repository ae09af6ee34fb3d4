#pragma once
// The table of proofs that sessions were asked for again: one at a time for each.

#include "model/reverification.hpp"
#include "store/sql.hpp"

#include <optional>
#include <string_view>

namespace clerk::instance {

class Reverifications {
 public:
  explicit Reverifications(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<Reverification> find(std::string_view sessionId) const;
  /// Takes the place of one that was there.
  void start(const Reverification& reverification);
  void setFirstFactor(std::string_view sessionId, std::string_view verificationId, Time now);
  void setSecondFactor(std::string_view sessionId, std::string_view verificationId, Time now);
  /// False when it was not (any more) in `from`: a parallel request was faster.
  bool advance(std::string_view sessionId, ReverificationStatus from, ReverificationStatus to, Time now);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
