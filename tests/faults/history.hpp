#pragma once
// What happens in a history, decided before it is played: it follows from the seed alone, and parts can be left out.

#include "world.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace faults {

enum class Act {
  CreateUser,
  StartSignUp,
  PrepareSignUp,
  AttemptSignUp,
  StartSignIn,
  SignInWithPassword,
  PrepareCode,
  AttemptCode,
  CreateTicket,
  UseTicket,
  RevokeTicket,
  StartTotp,
  ProveTotp,
  AttemptBackupCode,
  AttemptTotp,
  Invite,
  AcceptInvitation,
  AddAddress,
  PrepareAddress,
  ProveAddress,
  SignOut,
  EndSession,
  RemoveSession,
  DestroyClient,
  RevokeSession,
  Ban,
  Unban,
  Delete,
  SetMetadata,
  MintToken,
  Touch,
  LookAtClient,
  AuditUser,
  AuditAddress,
  AuditSessions,
  AuditShared,
  KillIdle,
  EndBackendsIdle,
  RestartDatabase,
  Tidy,
  JumpClock,
};

/// Who and what is meant is a number that is taken modulo what there is when the step is played.
struct Step {
  Act act = Act::LookAtClient;
  std::uint32_t server = 0;
  std::uint32_t browser = 0;
  std::uint32_t user = 0;
  std::uint32_t thing = 0;
  std::chrono::milliseconds jump{0};
  Injury injury{};
  /// Under way at the same time as the next step, at the other server.
  bool withNext = false;
  /// `thing` is the number of what is meant, not a choice.
  bool exact = false;
};

struct Traits {
  bool twoServers = false;  ///< and a PostgreSQL between them
  bool sockets = false;     ///< connections that can be cut
  std::size_t steps = 50;
};

std::vector<Step> makeHistory(std::uint64_t seed, const Traits& traits);
std::string describe(const Step& step);

}  // namespace faults
