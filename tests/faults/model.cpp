#include "model.hpp"

#include <algorithm>
#include <cstdint>

namespace faults {
namespace {

/// The answers' clock, the model's and the servers' differ by what a request takes.
constexpr auto tolerance = std::chrono::minutes(1);

bool isLive(std::string_view status) { return status == "active" || status == "pending"; }
/// Others follow from the clock, and the clock may go back.
bool isFinal(std::string_view status) {
  return status == "ended" || status == "removed" || status == "revoked" || status == "replaced";
}

}  // namespace

Account* Address::present() {
  const auto found = std::ranges::find_if(accounts, [](const Account& account) { return account.gone.cannotBe(); });
  return found == accounts.end() ? nullptr : &*found;
}

Model::Model(std::vector<std::string> emailAddresses) {
  for (auto& each : emailAddresses) addresses.push_back({.emailAddress = std::move(each)});
}

Account* Model::account(std::size_t address, const std::string& id) {
  auto& accounts = addresses[address].accounts;
  const auto found = std::ranges::find(accounts, id, &Account::id);
  return found == accounts.end() ? nullptr : &*found;
}

KnownSession* Model::session(const std::string& id) {
  const auto found = std::ranges::find(sessions, id, &KnownSession::id);
  return found == sessions.end() ? nullptr : &*found;
}

Account& Model::created(std::size_t address, const std::string& id) {
  auto& accounts = addresses[address].accounts;
  accounts.push_back({.id = id, .made = moment});
  return accounts.back();
}

void Model::seeAccount(std::size_t address, const std::string& id) {
  auto* known = account(address, id);
  auto& all = addresses[address];
  if (!known) {
    if (racing) return;
    if (all.lostCreations == 0) throw Broken("user " + id + " of " + all.emailAddress + " was made by nobody");
    --all.lostCreations;
    // What happened to it since it was made is not known either.
    auto& adopted = created(address, id);
    adopted.adopted = adopted.gone.maybe = true;
    adopted.banned.reset();
    return;
  }
  if (known->gone.before(moment)) throw Broken("user " + id + " is back after it was deleted");
}

void Model::missAccount(Account& account) {
  if (account.gone.cannotBe() && account.made < moment && !racing) {
    throw Broken("user " + account.id + " was made, was not deleted, and is not there");
  }
  account.gone.happened(moment);
}

void Model::checkAddresses() const {
  for (const auto& address : addresses) {
    const auto present =
        std::ranges::count_if(address.accounts, [](const Account& account) { return account.gone.cannotBe(); });
    if (present > 1) throw Broken("two users have " + address.emailAddress);
  }
}

KnownSession& Model::entered(std::size_t address, std::size_t browser, const std::string& entry, const std::string& id,
                             const std::string& accountId, const std::string& clientId) {
  const auto completion = completions.emplace(entry, id).first;
  if (completion->second != id) throw Broken("attempt " + entry + " made two sessions");
  addresses[address].lostEntries.erase(entry);
  if (auto* known = session(id)) return *known;
  sessions.push_back({.id = id, .clientId = clientId, .address = address, .browser = browser, .accountId = accountId});
  auto& made = sessions.back();
  made.made = moment;
  const auto* owner = account(address, accountId);
  const bool uncertainOwner = !owner || !owner->gone.cannotBe() || owner->lostBan;
  made.over.maybe = racing || (late && (uncertainOwner || lostSignOuts.contains(browser)));
  return made;
}

void Model::seeSession(std::size_t address, const Json& shown, Now now) {
  const auto id = textAt(shown, {"id"});
  const auto status = textAt(shown, {"status"});
  auto* known = session(id);
  if (!known) {
    if (racing) return;
    auto& entries = addresses[address].lostEntries;
    if (entries.empty()) throw Broken("session " + id + " was made by nobody");
    entries.erase(entries.begin());
    sessions.push_back({.id = id, .clientId = textAt(shown, {"client_id"}), .address = address, .browser = SIZE_MAX});
    known = &sessions.back();
    known->over.maybe = true;
  }
  if (known->accountId.empty()) known->accountId = textAt(shown, {"user_id"});
  if (known->clientId.empty()) known->clientId = textAt(shown, {"client_id"});
  if (const auto& expireAt = at(shown, {"expire_at"}); expireAt.is_int64()) {
    known->expireAt = clerk::instance::fromMilliseconds(expireAt.get_int64());
  }
  if (!isLive(status)) return missSession(*known, now, isFinal(status), "shown as " + status);
  acted(*known, now, "shown as " + status);
}

void Model::missSession(KnownSession& session, Now now, bool final, const std::string& how) {
  if (mustBeLive(session, now)) throw Broken("session " + session.id + " was never ended and is " + how);
  if (final) session.over.happened(moment);
}

bool Model::mustBeLive(const KnownSession& session, Now now) const {
  return !racing && session.over.cannotBe() && session.expireAt && now.latest + tolerance < *session.expireAt;
}

void Model::acted(const KnownSession& session, Now now, const std::string& what) const {
  if (session.over.before(moment)) throw Broken("session " + session.id + " is over, and yet " + what);
  if (session.expireAt && *session.expireAt + tolerance < now.earliest) {
    throw Broken("session " + session.id + " has expired, and yet " + what);
  }
}

void Model::end(KnownSession& session, bool certain) const {
  if (certain && session.made != moment) {
    session.over.happened(moment);
  } else {
    session.over.maybe = true;
  }
}

void Model::endSessionsOf(std::size_t address, const std::string& accountId, bool certain) {
  for (auto& session : sessions) {
    if (session.address != address) continue;
    if (session.accountId == accountId) {
      end(session, certain);
    } else if (session.accountId.empty()) {
      end(session, false);
    }
  }
}

void Model::endSessionsOfBrowser(std::size_t browser, const std::string& clientId, bool certain) {
  if (!certain) lostSignOuts.insert(browser);
  for (auto& session : sessions) {
    const bool same = certain ? !clientId.empty() && session.clientId == clientId : session.browser == browser;
    if (same) end(session, certain);
  }
}

void Model::use(Once& used, const std::string& what) const {
  if (used.certainly()) throw Broken(what + " was used twice");
  used.since = moment;
}

}  // namespace faults
