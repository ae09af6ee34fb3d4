#include "history.hpp"

#include "choice.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace faults {
namespace {

struct Kind {
  Act act;
  std::string_view name;
  std::uint32_t weight;
};

constexpr std::array kinds{
    Kind{Act::CreateUser, "create user", 10},
    Kind{Act::StartSignUp, "start sign-up", 3},
    Kind{Act::PrepareSignUp, "prepare sign-up", 1},
    Kind{Act::AttemptSignUp, "attempt sign-up", 2},
    Kind{Act::StartSignIn, "start sign-in", 14},
    Kind{Act::SignInWithPassword, "sign in with password", 1},
    Kind{Act::PrepareCode, "prepare code", 2},
    Kind{Act::AttemptCode, "attempt code", 4},
    Kind{Act::CreateTicket, "create ticket", 10},
    Kind{Act::UseTicket, "use ticket", 5},
    Kind{Act::RevokeTicket, "revoke ticket", 2},
    Kind{Act::StartTotp, "start TOTP", 5},
    Kind{Act::ProveTotp, "prove TOTP", 2},
    Kind{Act::AttemptBackupCode, "attempt backup code", 5},
    Kind{Act::AttemptTotp, "attempt TOTP", 5},
    Kind{Act::Invite, "invite", 2},
    Kind{Act::AcceptInvitation, "accept invitation", 2},
    Kind{Act::AddAddress, "add address", 4},
    Kind{Act::PrepareAddress, "prepare address", 1},
    Kind{Act::ProveAddress, "prove address", 3},
    Kind{Act::SignOut, "sign out", 7},
    Kind{Act::EndSession, "end session", 5},
    Kind{Act::RemoveSession, "remove session", 5},
    Kind{Act::DestroyClient, "destroy client", 2},
    Kind{Act::RevokeSession, "revoke session", 6},
    Kind{Act::Ban, "ban", 3},
    Kind{Act::Unban, "unban", 4},
    Kind{Act::Delete, "delete user", 3},
    Kind{Act::SetMetadata, "set metadata", 6},
    Kind{Act::MintToken, "mint token", 10},
    Kind{Act::Touch, "touch", 5},
    Kind{Act::LookAtClient, "look at client", 8},
    Kind{Act::AuditUser, "audit user", 5},
    Kind{Act::AuditAddress, "audit address", 5},
    Kind{Act::AuditSessions, "audit sessions", 8},
    Kind{Act::AuditShared, "audit shared address", 2},
    Kind{Act::KillIdle, "kill -9 (idle)", 2},
    Kind{Act::EndBackendsIdle, "end backends (idle)", 3},
    Kind{Act::RestartDatabase, "restart database", 0},
    Kind{Act::Tidy, "tidy", 2},
    Kind{Act::JumpClock, "jump clock", 5},
};

const Kind& kindOf(Act act) { return *std::ranges::find(kinds, act, &Kind::act); }

Act pickAct(Choice& choice) {
  std::uint32_t total = 0;
  for (const auto& kind : kinds) total += kind.weight;
  auto at = choice.below(total);
  for (const auto& kind : kinds) {
    if (at < kind.weight) return kind.act;
    at -= kind.weight;
  }
  return Act::LookAtClient;
}

bool isRequest(Act act) { return act < Act::KillIdle; }

/// Codes run out in minutes, sessions in days; the tidying removes what ended sixty days ago.
std::chrono::milliseconds pickJump(Choice& choice) {
  using namespace std::chrono_literals;
  constexpr std::array<std::chrono::milliseconds, 10> jumps{0ms,      -5s,        11s,        -11s,       70s,
                                                            11 * 60s, -2 * 3600s, 25 * 3600s, 8 * 86400s, -86400s};
  return jumps[choice.below(jumps.size())];
}

Injury pickInjury(Choice& choice, const Traits& traits) {
  if (!choice.oneIn(5)) return {};
  if (!traits.sockets) {
    // A write to the database or its log: a transaction has a few of them.
    return {Blow::Kill, static_cast<std::uint32_t>(choice.below(12))};
  }
  // A killed server takes a while to start: seldom, since cuts find the same more often.
  const auto which = choice.below(traits.twoServers ? 12 : 11);
  if (which < 3) return {Blow::CutRequest, static_cast<std::uint32_t>(choice.below(900))};
  if (which < 10) return {Blow::CutAnswer, static_cast<std::uint32_t>(choice.oneIn(2) ? 0 : choice.below(900))};
  if (which < 11) return {Blow::Kill, static_cast<std::uint32_t>(choice.below(3000))};
  return {Blow::EndBackends, static_cast<std::uint32_t>(choice.below(4000))};
}

/// What is tried again at once by somebody else is what finds a thing used twice.
bool invitesRace(Act act) {
  constexpr std::array raced{Act::CreateUser,       Act::AttemptSignUp,     Act::AttemptCode, Act::UseTicket,
                             Act::ProveTotp,        Act::AttemptBackupCode, Act::AttemptTotp, Act::SignOut,
                             Act::EndSession,       Act::RevokeSession,     Act::Ban,         Act::Delete,
                             Act::StartSignIn,      Act::PrepareCode,       Act::MintToken,   Act::SetMetadata,
                             Act::AcceptInvitation, Act::ProveAddress};
  return std::ranges::find(raced, act) != raced.end();
}

/// What follows a step, mostly: by themselves the parts of a sign-in would seldom meet.
struct Sequel {
  struct Next {
    Act act;
    std::uint32_t browser = 0;  ///< the same one, or one or two further
  };
  Act before;
  std::vector<Next> after;
};

const std::vector<Sequel>& sequels() {
  static const std::vector<Sequel> all{
      {Act::StartSignUp, {{Act::PrepareSignUp}, {Act::AttemptSignUp}, {Act::AttemptSignUp}}},
      {Act::StartSignIn, {{Act::PrepareCode}, {Act::AttemptCode}, {Act::AttemptCode}, {Act::AttemptBackupCode}}},
      {Act::CreateTicket, {{Act::UseTicket}, {Act::UseTicket}}},
      // One who is signed in sets up a second factor; at two other browsers the same code is given.
      {Act::StartTotp,
       {{Act::ProveTotp},
        {Act::StartSignIn, 1},
        {Act::PrepareCode, 1},
        {Act::AttemptCode, 1},
        {Act::StartSignIn, 2},
        {Act::PrepareCode, 2},
        {Act::AttemptCode, 2},
        {Act::AttemptBackupCode, 1},
        {Act::AttemptBackupCode, 2},
        {Act::AttemptTotp, 2}}},
      // Two people want the same address.
      {Act::AddAddress,
       {{Act::PrepareAddress},
        {Act::AddAddress, 1},
        {Act::PrepareAddress, 1},
        {Act::ProveAddress},
        {Act::ProveAddress, 1}}},
      {Act::Invite, {{Act::AcceptInvitation}, {Act::AcceptInvitation, 1}}},
      {Act::AttemptBackupCode, {{Act::AttemptBackupCode}}},
      {Act::SignOut, {{Act::MintToken}, {Act::LookAtClient}}},
      {Act::Ban, {{Act::AuditSessions}, {Act::UseTicket}}},
  };
  return all;
}

class Writer {
 public:
  Writer(std::uint64_t seed, const Traits& traits) : choice_(seed), traits_(traits) {}

  std::vector<Step> write() {
    // Somebody must be there for anything to happen.
    for (std::uint32_t user = 0; user < 2; ++user) steps_.push_back({.act = Act::CreateUser, .user = user});
    while (steps_.size() < traits_.steps) {
      const auto step = newStep(pickAct(choice_));
      add(step);
      const auto sequel = std::ranges::find(sequels(), step.act, &Sequel::before);
      if (sequel != sequels().end()) addSequel(step, *sequel);
      // Whoever just signed in sets up a second factor, now and then.
      if (step.act == Act::StartSignIn && choice_.oneIn(4)) addSecondFactor(step);
    }
    return std::move(steps_);
  }

 private:
  std::uint32_t below(std::uint64_t bound) { return static_cast<std::uint32_t>(choice_.below(bound)); }

  Step newStep(Act act) {
    Step step{.act = act, .server = below(2), .browser = below(3), .user = below(3), .thing = below(1000)};
    if (act == Act::JumpClock) step.jump = pickJump(choice_);
    if (traits_.twoServers && act == Act::EndBackendsIdle && choice_.oneIn(12)) step.act = Act::RestartDatabase;
    return step;
  }

  void addSecondFactor(const Step& signIn) {
    auto step = newStep(Act::StartTotp);
    step.user = signIn.user;
    step.browser = signIn.browser;
    step.thing = 2 * below(500);
    add(step);
    addSequel(step, *std::ranges::find(sequels(), Act::StartTotp, &Sequel::before));
  }

  void addSequel(const Step& first, const Sequel& sequel) {
    for (const auto& next : sequel.after) {
      if (choice_.oneIn(8)) continue;
      if (choice_.oneIn(6)) add(newStep(pickAct(choice_)));
      auto step = newStep(next.act);
      step.user = first.user;
      step.thing = first.thing;
      if (!choice_.oneIn(8)) step.browser = first.browser + next.browser;
      add(step);
    }
  }

  void add(Step step) {
    if (isRequest(step.act)) step.injury = pickInjury(choice_, traits_);
    const bool raced = traits_.twoServers && invitesRace(step.act) && choice_.oneIn(4);
    if (raced) step.injury = {};
    step.withNext = raced;
    steps_.push_back(step);
    if (!raced) return;
    // The same thing at the other server, by another browser or the same one; now and then something else.
    auto rival = step;
    rival.server = 1 - step.server;
    rival.withNext = false;
    if (choice_.oneIn(2)) rival.browser = below(3);
    if (choice_.oneIn(3)) {
      do rival.act = pickAct(choice_);
      while (!isRequest(rival.act));
    }
    steps_.push_back(rival);
  }

  Choice choice_;
  const Traits& traits_;
  std::vector<Step> steps_;
};

}  // namespace

std::vector<Step> makeHistory(std::uint64_t seed, const Traits& traits) { return Writer(seed, traits).write(); }

std::string describe(const Step& step) {
  std::string text(kindOf(step.act).name);
  text += " server=" + std::to_string(step.server) + " browser=" + std::to_string(step.browser) +
          " user=" + std::to_string(step.user) + " thing=" + std::to_string(step.thing);
  if (step.jump.count() != 0) text += " jump=" + std::to_string(step.jump.count()) + "ms";
  constexpr std::array<std::string_view, 5> blows{"", "cut request", "cut answer", "kill -9", "end backends"};
  if (step.injury.blow != Blow::None) {
    text += " !" + std::string(blows[static_cast<std::size_t>(step.injury.blow)]) + "@" +
            std::to_string(step.injury.measure);
  }
  if (step.withNext) text += " (with the next)";
  return text;
}

}  // namespace faults
