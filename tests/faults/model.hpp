#pragma once
// What must be true of the instance, as far as it can be known from outside. A request whose answer was lost may have
// been carried out, or not, or may still be: what it would change is then `Maybe`. What is over stays over.

#include "exchange.hpp"

#include "model/time.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace faults {

using clerk::instance::Time;

/// A promise that was broken; what() says which.
class Broken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// When something happened: the number of the step. Two that race have the same.
using Moment = int;
constexpr Moment never = -1;

/// Something that happens once and for ever.
struct Once {
  Moment since = never;  ///< it was acknowledged then
  bool maybe = false;    ///< somebody asked for it and heard nothing

  void happened(Moment now) {
    if (since == never) since = now;
  }
  bool certainly() const { return since != never; }
  /// It was so before this moment's requests were sent.
  bool before(Moment now) const { return since != never && since < now; }
  bool cannotBe() const { return since == never && !maybe; }
};

struct Account {
  std::string id;
  Once gone;
  Once deleted;  ///< by an answer
  Moment made = never;
  bool adopted = false;                ///< found, after an answer was lost: what it is like is not known
  std::optional<bool> banned = false;  ///< absent: not known
  Moment bannedSince = never;
  std::set<std::int64_t> metadata{0};  ///< what its number can be
  std::set<std::int64_t> lostMetadata{};
  bool lostBan = false;
};

/// An e-mail address and who had it. At most one account at a time.
struct Address {
  std::string emailAddress;
  std::vector<Account> accounts{};
  int lostCreations = 0;
  /// Ways to a session whose answer was lost: sessions that nobody knows of are explained by one each.
  std::set<std::string> lostEntries{};
  std::string totpSecret{};
  /// Of sign-ins: the code that set the app up may sign in once, too.
  std::map<std::int64_t, Once> totpSteps{};
  std::map<std::string, Once> backupCodes{};
  bool mayHaveSecondFactor = false;

  Account* present();
};

struct KnownSession {
  std::string id;
  std::string clientId;
  std::size_t address = 0;
  std::size_t browser = 0;
  std::string accountId{};
  Moment made = never;
  Once over;
  std::optional<Time> expireAt{};
};

struct KnownTicket {
  std::string id;
  std::string token;
  std::size_t address = 0;
  std::string accountId;
  Once used;
  Once revoked;
};

/// An invitation to the instance: one sign-up without a code.
struct KnownInvitation {
  std::string id;
  std::string ticket;
  std::size_t address = 0;
  Once used;
};

/// The clocks of all servers at once.
struct Now {
  Time earliest;
  Time latest;
};

class Model {
 public:
  explicit Model(std::vector<std::string> emailAddresses);

  std::vector<Address> addresses;
  std::vector<KnownSession> sessions;
  std::vector<KnownTicket> tickets;
  std::vector<KnownInvitation> invitations;
  /// The sessions that sign-ins and sign-ups ended with.
  std::map<std::string, std::string> completions;
  /// Browsers that asked for the end of sessions and heard nothing.
  std::set<std::size_t> lostSignOuts;
  Moment moment = 0;
  bool racing = false;
  /// What was asked for and not answered may still be carried out, whenever.
  bool late = false;

  Account* account(std::size_t address, const std::string& id);
  KnownSession* session(const std::string& id);

  /// An account came to be with an answer.
  Account& created(std::size_t address, const std::string& id);
  /// An answer says that there is, or is not, such an account.
  void seeAccount(std::size_t address, const std::string& id);
  void missAccount(Account& account);
  /// After the requests of one moment: nobody has an address that somebody else has.
  void checkAddresses() const;

  /// A sign-in or sign-up ended with this session, in the answer itself. `entry` names the way (an attempt, a ticket).
  KnownSession& entered(std::size_t address, std::size_t browser, const std::string& entry, const std::string& id,
                        const std::string& accountId, const std::string& clientId);
  /// An answer shows a session, or its absence (`live` false, `final` when it cannot come back).
  void seeSession(std::size_t address, const Json& shown, Now now);
  void missSession(KnownSession& session, Now now, bool final, const std::string& how);
  bool mustBeLive(const KnownSession& session, Now now) const;
  /// A token was given for it, or something done as its user.
  void acted(const KnownSession& session, Now now, const std::string& what) const;

  /// `certain`: an answer said so. One that was made at the same moment may have come after.
  void end(KnownSession& session, bool certain) const;
  void endSessionsOf(std::size_t address, const std::string& accountId, bool certain);
  void endSessionsOfBrowser(std::size_t browser, const std::string& clientId, bool certain);

  /// Uses a thing up that works once; throws if it was used before.
  void use(Once& used, const std::string& what) const;
};

}  // namespace faults
