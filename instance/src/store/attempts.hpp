#pragma once
// The tables of sign-ins and sign-ups that go on.

#include "model/sign_in.hpp"
#include "model/sign_up.hpp"
#include "store/sql.hpp"

#include <optional>
#include <string_view>

namespace clerk::instance {

class SignIns {
 public:
  explicit SignIns(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<SignIn> find(std::string_view id) const;
  void insert(const SignIn& signIn);
  void setFirstFactor(std::string_view id, std::string_view verificationId, Time now);
  void setSecondFactor(std::string_view id, std::string_view verificationId, Time now);
  /// Whose sign-in it turned out to be.
  void identify(std::string_view id, std::string_view userId, Time now);
  /// Moves on from one status to another; false when it was not (any more) in `from`: a parallel request was faster.
  bool advance(std::string_view id, SignInStatus from, SignInStatus to, Time now);
  /// The same to Complete, with its session.
  bool complete(std::string_view id, SignInStatus from, std::string_view sessionId, Time now);
  /// Those whose `abandonAt` is before `before`, with their verifications.
  std::int64_t eraseAbandoned(Time before, std::int64_t limit);

 private:
  sql::Connection& sql_;
};

class SignUps {
 public:
  explicit SignUps(sql::Connection& connection) noexcept : sql_(connection) {}

  std::optional<SignUp> find(std::string_view id) const;
  void insert(const SignUp& signUp);
  /// Writes the fields and which verifications belong to it; false when it is complete (by now).
  bool update(const SignUp& signUp);
  /// False when it was complete already: a parallel request was faster.
  bool complete(std::string_view id, std::string_view userId, std::string_view sessionId, Time now);
  std::int64_t eraseAbandoned(Time before, std::int64_t limit);

 private:
  sql::Connection& sql_;
};

}  // namespace clerk::instance
