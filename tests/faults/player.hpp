#pragma once
// Plays a history in a world and holds what is answered against the model.

#include "browser.hpp"
#include "history.hpp"
#include "model.hpp"
#include "world.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace faults {

/// The step at which a promise was broken; one past the last for what the look at the end found.
struct Violation {
  std::size_t step = 0;
  std::string what;
};

struct Counts {
  std::size_t requests = 0;
  std::size_t lost = 0;
  std::size_t struck = 0;
  std::size_t failed = 0;  ///< 5xx, by a fault
};

class Player {
 public:
  /// `name` goes into the addresses: nobody in the world may have played under it before.
  Player(World& world, std::string name);
  std::optional<Violation> play(const std::vector<Step>& steps);
  const Counts& counts() const noexcept { return counts_; }

  /// Every request and its status, on standard output.
  bool tell = false;

 private:
  struct Planned {
    std::size_t server = 0;
    Request request;
    std::size_t browser = SIZE_MAX;
    std::function<void(int status, const Json& body)> answered;
    std::function<void()> lost;
  };
  using Plan = std::optional<Planned>;
  struct Deed;

  void playSteps(const std::vector<Step>& steps, std::size_t& at);
  void playAlone(const Step& step);
  void playTogether(const Step& first, const Step& second);
  void strike(const Step& step);
  void lookAtEverything();
  Plan plan(const Step& step);
  void settle(const Planned& planned, const Result& result);
  Now now() const;

  Planned backend(const Step& step, const std::string& method, const std::string& path, const Json& body = nullptr);
  Planned frontend(const Step& step, const std::string& method, const std::string& path, const std::string& form = "");
  Browser& browserOf(const Step& step) { return browsers_[step.browser % browsers_.size()]; }
  std::size_t browserIndex(const Step& step) const { return step.browser % browsers_.size(); }
  std::size_t addressIndex(const Step& step) const { return step.user % model_.addresses.size(); }
  Address& addressOf(const Step& step) { return model_.addresses[addressIndex(step)]; }
  Account* accountOf(const Step& step);
  KnownSession* sessionOf(const Step& step, bool ofBrowser);
  KnownTicket* ticketOf(const Step& step);

  void finishSignUp(std::size_t browser, std::size_t address, const std::string& signUpId, const Json& body);
  void finishEntry(std::size_t browser, std::size_t address, const std::string& entry, const Json& body);
  void checkBearer(std::size_t address, const std::string& accountId, const std::string& what) const;
  void loseEntry(std::size_t browser, std::size_t address, const std::string& entry);
  bool speaksFor(std::size_t browser, const KnownSession& session) const;
  void seeClient(std::size_t browser, const Json& client);

  Plan createUser(const Step& step);
  Plan startSignUp(const Step& step);
  Plan prepareSignUp(const Step& step);
  Plan attemptSignUp(const Step& step);
  Plan startSignIn(const Step& step);
  Plan signInWithPassword(const Step& step);
  Plan prepareCode(const Step& step);
  Plan attemptCode(const Step& step);
  Plan createTicket(const Step& step);
  Plan useTicket(const Step& step);
  Plan revokeTicket(const Step& step);
  Plan startTotp(const Step& step);
  Plan proveTotp(const Step& step);
  Plan attemptBackupCode(const Step& step);
  Plan attemptTotp(const Step& step);
  Plan invite(const Step& step);
  Plan acceptInvitation(const Step& step);
  Plan addAddress(const Step& step);
  Plan prepareAddress(const Step& step);
  Plan proveAddress(const Step& step);
  Plan signOut(const Step& step);
  Plan endSession(const Step& step);
  Plan removeSession(const Step& step);
  Plan endWith(const Step& step, const std::string& how);
  Plan destroyClient(const Step& step);
  Plan revokeSession(const Step& step);
  Plan ban(const Step& step);
  Plan unban(const Step& step);
  Plan setBan(const Step& step, bool banned);
  Plan deleteUser(const Step& step);
  Plan setMetadata(const Step& step);
  Plan mintToken(const Step& step);
  Plan touch(const Step& step);
  Plan lookAtClient(const Step& step);
  Plan auditUser(const Step& step);
  Plan auditAddress(const Step& step);
  Plan auditSessions(const Step& step);
  Plan auditShared(const Step& step);

  World& world_;
  std::string sharedAddress_;  ///< that several people want
  Model model_;
  std::vector<Browser> browsers_{3};
  Counts counts_;
};

}  // namespace faults
