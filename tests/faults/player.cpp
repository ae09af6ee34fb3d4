#include "player.hpp"

#include "strategies/totp.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstdio>
#include <thread>

namespace faults {
namespace {

namespace instance = clerk::instance;

constexpr const char* password = "correct horse 42!";
constexpr const char* passwordDigest = "$2b$04$abcdefghijklmnopqrstuuFiBAZtqwz27QbgWMVM9vK/tVCChYm7e";

std::vector<std::string> addressesOf(const std::string& name) {
  std::vector<std::string> addresses;
  for (int i = 0; i < 3; ++i) addresses.push_back(name + "u" + std::to_string(i) + "+clerk_test@example.com");
  return addresses;
}

std::string encoded(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string result;
  for (const unsigned char c : text) {
    if (std::isalnum(c) || c == '-' || c == '_' || c == '.') {
      result += static_cast<char>(c);
    } else {
      result += {'%', digits[c >> 4], digits[c & 15]};
    }
  }
  return result;
}

std::string formOf(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    form += (form.empty() ? "" : "&") + std::string(name) + "=" + encoded(value);
  }
  return form;
}

Json parsed(const std::string& body) {
  boost::system::error_code failed;
  auto json = boost::json::parse(body, failed);
  return failed ? Json() : json;
}

const boost::json::array& listAt(const Json& json, std::initializer_list<std::string_view> path) {
  static const boost::json::array none;
  const auto& found = at(json, path);
  return found.is_array() ? found.get_array() : none;
}

}  // namespace

const Json& at(const Json& json, std::initializer_list<std::string_view> path) {
  static const Json null;
  const Json* here = &json;
  for (const auto name : path) {
    here = here->is_object() ? here->get_object().if_contains(name) : nullptr;
    if (!here) return null;
  }
  return *here;
}

std::string textAt(const Json& json, std::initializer_list<std::string_view> path) {
  const auto& found = at(json, path);
  return found.is_string() ? std::string(found.get_string()) : std::string();
}

Player::Player(World& world, std::string name)
    : world_(world), sharedAddress_(name + "shared+clerk_test@example.com"), model_(addressesOf(name)) {
  model_.late = !world.settlesAtOnce();
  for (std::size_t server = 0; server < world_.servers(); ++server) world_.setClock(server, {});
}

std::optional<Violation> Player::play(const std::vector<Step>& steps) {
  std::size_t step = 0;
  try {
    playSteps(steps, step);
    lookAtEverything();
    return std::nullopt;
  } catch (const Broken& broken) {
    return Violation{step, broken.what()};
  }
}

void Player::playSteps(const std::vector<Step>& steps, std::size_t& at) {
  for (; at < steps.size(); ++at) {
    const auto& step = steps[at];
    ++model_.moment;
    const bool together = step.withNext && at + 1 < steps.size() && world_.servers() > 1;
    if (tell) std::printf("%3zu %s\n", at, describe(step).c_str());
    if (step.act >= Act::KillIdle) {
      strike(step);
    } else if (together) {
      if (tell) std::printf("  + %s\n", describe(steps[at + 1]).c_str());
      playTogether(step, steps[++at]);
    } else {
      playAlone(step);
    }
    model_.checkAddresses();
  }
}

void Player::playAlone(const Step& step) {
  const auto planned = plan(step);
  if (!planned) return;
  settle(*planned, world_.send(planned->server, planned->request, step.injury));
}

void Player::playTogether(const Step& first, const Step& second) {
  model_.racing = true;
  const auto one = plan(first);
  auto other = plan(second);
  if (one && other) {
    other->server = 1 - one->server;
    Result results[2];
    std::thread rival([&] { results[1] = world_.send(other->server, other->request, {}); });
    results[0] = world_.send(one->server, one->request, {});
    rival.join();
    settle(*one, results[0]);
    settle(*other, results[1]);
  } else if (one || other) {
    const auto& only = one ? *one : *other;
    settle(only, world_.send(only.server, only.request, {}));
  }
  model_.racing = false;
}

void Player::strike(const Step& step) {
  const auto server = step.server % world_.servers();
  switch (step.act) {
    case Act::KillIdle: return world_.kill(server);
    case Act::EndBackendsIdle: return world_.endBackends();
    case Act::RestartDatabase: return world_.restartDatabase();
    case Act::Tidy: return world_.tidy(server);
    case Act::JumpClock:
      for (std::size_t each = 0; each < world_.servers(); ++each) {
        if (each == server || step.thing % 3 != 0) world_.setClock(each, step.jump);
      }
      return;
    default: return;
  }
}

/// The look at the end: all that is known is asked for once more, at each server.
void Player::lookAtEverything() {
  for (std::uint32_t server = 0; server < world_.servers(); ++server) {
    ++model_.moment;
    for (std::uint32_t user = 0; user < model_.addresses.size(); ++user) {
      playAlone({.act = Act::AuditAddress, .server = server, .user = user});
      for (std::uint32_t i = 0; i < model_.addresses[user].accounts.size(); ++i) {
        playAlone({.act = Act::AuditUser, .server = server, .user = user, .thing = 2 * i + 1});
        playAlone({.act = Act::AuditSessions, .server = server, .user = user, .thing = 2 * i + 1});
      }
    }
    playAlone({.act = Act::AuditShared, .server = server});
    for (std::uint32_t browser = 0; browser < browsers_.size(); ++browser) {
      playAlone({.act = Act::LookAtClient, .server = server, .browser = browser});
    }
    for (std::uint32_t i = 0; i < model_.sessions.size(); ++i) {
      const auto browser = model_.sessions[i].browser;
      if (browser == SIZE_MAX) continue;
      playAlone({.act = Act::MintToken,
                 .server = server,
                 .browser = static_cast<std::uint32_t>(browser),
                 .thing = i,
                 .exact = true});
    }
  }
}

void Player::settle(const Planned& planned, const Result& result) {
  ++counts_.requests;
  if (result.struck) ++counts_.struck;
  if (!result.answer) {
    if (!result.struck) throw Broken("no answer to " + planned.request.method + " " + planned.request.path);
    ++counts_.lost;
    if (tell) std::printf("      no answer\n");
    return planned.lost();
  }
  const auto& answer = *result.answer;
  if (tell) {
    std::printf("      %s %s -> %d %.300s\n", planned.request.method.c_str(), planned.request.path.c_str(),
                answer.status, answer.status >= 400 ? answer.body.c_str() : "");
  }
  if (answer.status >= 500) {
    if (!result.struck) {
      throw Broken(std::to_string(answer.status) + " from " + planned.request.method + " " + planned.request.path +
                   " without a fault");
    }
    ++counts_.failed;
    return planned.lost();
  }
  const auto body = parsed(answer.body);
  if (planned.browser != SIZE_MAX) {
    auto& browser = browsers_[planned.browser];
    if (model_.racing) browser.cookieIsSure = false;
    browser.take(answer);
    if (model_.racing) browser.cookieIsSure = false;
    if (const auto id = textAt(body, {"client", "id"}); !id.empty()) browser.clientId = id;
  }
  planned.answered(answer.status, body);
}

Now Player::now() const {
  Now now{world_.now(0), world_.now(0)};
  for (std::size_t server = 1; server < world_.servers(); ++server) {
    now.earliest = std::min(now.earliest, world_.now(server));
    now.latest = std::max(now.latest, world_.now(server));
  }
  return now;
}

Player::Planned Player::backend(const Step& step, const std::string& method, const std::string& path,
                                const Json& body) {
  Planned planned;
  planned.server = step.server % world_.servers();
  planned.request = {.method = method,
                     .path = "/__bapi/v1" + path,
                     .headers = {{"authorization", "Bearer " + world_.secretKey()}},
                     .body = body.is_null() ? std::string() : boost::json::serialize(body)};
  if (!body.is_null()) planned.request.headers.emplace_back("content-type", "application/json");
  planned.answered = [](int, const Json&) {};
  planned.lost = [] {};
  return planned;
}

Player::Planned Player::frontend(const Step& step, const std::string& method, const std::string& path,
                                 const std::string& form) {
  Planned planned;
  planned.server = step.server % world_.servers();
  planned.browser = browserIndex(step);
  const bool tunnelled = method != "GET" && method != "POST";
  const auto separator = path.find('?') == std::string::npos ? "?" : "&";
  planned.request = {.method = method == "GET" ? "GET" : "POST",
                     .path = "/v1" + path + (tunnelled ? separator + ("_method=" + method) : ""),
                     .headers = {{"origin", "http://localhost:4000"}},
                     .body = form};
  if (method != "GET") planned.request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
  if (auto cookies = browserOf(step).cookieHeader(); !cookies.empty()) {
    planned.request.headers.emplace_back("cookie", std::move(cookies));
  }
  planned.answered = [](int, const Json&) {};
  planned.lost = [this, index = planned.browser] { browsers_[index].cookieIsSure = false; };
  return planned;
}

/// The one that has the address mostly, or any that had it.
Account* Player::accountOf(const Step& step) {
  auto& address = addressOf(step);
  if (address.accounts.empty()) return nullptr;
  if (step.thing % 2 == 0) {
    if (auto* present = address.present()) return present;
  }
  return &address.accounts[(step.thing / 2) % address.accounts.size()];
}

KnownSession* Player::sessionOf(const Step& step, bool ofBrowser) {
  std::vector<KnownSession*> candidates;
  for (auto& session : model_.sessions) {
    if (!ofBrowser || session.browser == browserIndex(step)) candidates.push_back(&session);
  }
  if (candidates.empty()) return nullptr;
  // The one of the user whom the step names rather, and one that is not over.
  const auto wanted = [&](const KnownSession* each) {
    return each->address == addressIndex(step) && each->over.cannotBe();
  };
  const auto found = std::ranges::find_if(candidates, wanted);
  if (step.thing % 2 == 0 && found != candidates.end()) return *found;
  return candidates[step.thing % candidates.size()];
}

KnownTicket* Player::ticketOf(const Step& step) {
  if (model_.tickets.empty()) return nullptr;
  // The newest ones, rather: the others are used up.
  const auto recent = std::min<std::size_t>(model_.tickets.size(), 3);
  return &model_.tickets[model_.tickets.size() - 1 - step.thing % recent];
}

// ---- what entering means

void Player::checkBearer(std::size_t address, const std::string& accountId, const std::string& what) const {
  const auto& accounts = model_.addresses[address].accounts;
  const auto account = std::ranges::find(accounts, accountId, &Account::id);
  if (account == accounts.end()) return;
  if (account->gone.before(model_.moment)) throw Broken(what + " of the deleted user " + accountId + " worked");
  if (account->banned == true && account->bannedSince < model_.moment) {
    throw Broken(what + " of the banned user " + accountId + " worked");
  }
}

void Player::finishSignUp(std::size_t browser, std::size_t address, const std::string& signUpId, const Json& body) {
  const auto userId = textAt(body, {"response", "created_user_id"});
  if (!model_.account(address, userId)) {
    if (model_.completions.contains(signUpId)) throw Broken("sign-up " + signUpId + " made two users");
    model_.created(address, userId).metadata = {-1};
  }
  finishEntry(browser, address, signUpId, body);
}

void Player::finishEntry(std::size_t browser, std::size_t address, const std::string& entry, const Json& body) {
  const auto sessionId = textAt(body, {"response", "created_session_id"});
  const auto clientId = textAt(body, {"client", "id"});
  std::string accountId;
  const Json* shown = nullptr;
  for (const auto& each : listAt(body, {"client", "sessions"})) {
    if (textAt(each, {"id"}) != sessionId) continue;
    accountId = textAt(each, {"user", "id"});
    shown = &each;
  }
  if (!accountId.empty()) checkBearer(address, accountId, "a sign-in");
  auto& session = model_.entered(address, browser, entry, sessionId, accountId, clientId);
  if (shown) {
    if (const auto& expireAt = at(*shown, {"expire_at"}); expireAt.is_int64()) {
      session.expireAt = instance::fromMilliseconds(expireAt.get_int64());
    }
  }
}

void Player::loseEntry(std::size_t browser, std::size_t address, const std::string& entry) {
  browsers_[browser].cookieIsSure = false;
  if (!model_.completions.contains(entry)) model_.addresses[address].lostEntries.insert(entry);
}

bool Player::speaksFor(std::size_t browser, const KnownSession& session) const {
  const auto& asking = browsers_[browser];
  return asking.cookieIsSure && !asking.clientId.empty() && asking.clientId == session.clientId;
}

// ---- users

Player::Plan Player::createUser(const Step& step) {
  const auto index = addressIndex(step);
  boost::json::object body{{"email_address", {addressOf(step).emailAddress}},
                           {"public_metadata", {{"n", 0}}},
                           {"skip_password_requirement", true}};
  if (index == 0) {
    body["password_digest"] = passwordDigest;
    body["password_hasher"] = "bcrypt";
  }
  auto planned = backend(step, "POST", "/users", body);
  planned.answered = [this, index](int status, const Json& answer) {
    auto& address = model_.addresses[index];
    if (status == 200) {
      model_.created(index, textAt(answer, {"id"}));
      address.totpSecret.clear();
      address.totpSteps.clear();
      address.backupCodes.clear();
      return;
    }
    const bool free = address.lostCreations == 0 &&
                      std::ranges::all_of(address.accounts, [](const Account& each) { return each.gone.certainly(); });
    if (free && !model_.racing) throw Broken(address.emailAddress + " is taken, though nobody has it");
  };
  planned.lost = [this, index] { ++model_.addresses[index].lostCreations; };
  return planned;
}

Player::Plan Player::startSignUp(const Step& step) {
  auto planned = frontend(step, "POST", "/client/sign_ups",
                          formOf({{"email_address", addressOf(step).emailAddress}, {"password", password}}));
  planned.answered = [this, browser = browserIndex(step), index = addressIndex(step)](int status, const Json& body) {
    if (status == 200) browsers_[browser].signUp = {.id = textAt(body, {"response", "id"}), .user = index};
  };
  return planned;
}

Player::Plan Player::prepareSignUp(const Step& step) {
  const auto& signUp = browserOf(step).signUp;
  if (signUp.id.empty()) return std::nullopt;
  return frontend(step, "POST", "/client/sign_ups/" + signUp.id + "/prepare_verification", "strategy=email_code");
}

Player::Plan Player::attemptSignUp(const Step& step) {
  const auto signUp = browserOf(step).signUp;
  if (signUp.id.empty()) return std::nullopt;
  const auto code = world_.codeFor(model_.addresses[signUp.user].emailAddress);
  if (code.empty()) return std::nullopt;
  auto planned = frontend(step, "POST", "/client/sign_ups/" + signUp.id + "/attempt_verification",
                          formOf({{"strategy", "email_code"}, {"code", code}}));
  const auto browser = browserIndex(step);
  planned.answered = [this, browser, signUp](int status, const Json& body) {
    if (status != 200 || textAt(body, {"response", "status"}) != "complete") return;
    finishSignUp(browser, signUp.user, signUp.id, body);
  };
  planned.lost = [this, browser, signUp] {
    if (!model_.completions.contains(signUp.id)) ++model_.addresses[signUp.user].lostCreations;
    loseEntry(browser, signUp.user, signUp.id);
  };
  return planned;
}

Player::Plan Player::setBan(const Step& step, bool banned) {
  const auto* account = accountOf(step);
  if (!account) return std::nullopt;
  auto planned = backend(step, "POST", "/users/" + account->id + (banned ? "/ban" : "/unban"));
  planned.answered = [this, banned, index = addressIndex(step), id = account->id](int status, const Json&) {
    auto& known = *model_.account(index, id);
    if (status == 404) return model_.missAccount(known);
    if (status != 200) return;
    known.banned = banned;
    known.bannedSince = model_.moment;
    if (model_.racing || (model_.late && known.lostBan)) known.banned.reset();
    if (banned) model_.endSessionsOf(index, id, true);
  };
  planned.lost = [this, banned, index = addressIndex(step), id = account->id] {
    auto& known = *model_.account(index, id);
    known.banned.reset();
    known.lostBan = true;
    if (banned) model_.endSessionsOf(index, id, false);
  };
  return planned;
}
Player::Plan Player::ban(const Step& step) { return setBan(step, true); }
Player::Plan Player::unban(const Step& step) { return setBan(step, false); }

Player::Plan Player::deleteUser(const Step& step) {
  const auto* account = accountOf(step);
  if (!account) return std::nullopt;
  auto planned = backend(step, "DELETE", "/users/" + account->id);
  planned.answered = [this, index = addressIndex(step), id = account->id](int status, const Json&) {
    auto& known = *model_.account(index, id);
    if (status == 404) return model_.missAccount(known);
    if (status != 200) return;
    model_.use(known.deleted, "the deletion of user " + id);
    known.gone.happened(model_.moment);
    model_.endSessionsOf(index, id, true);
  };
  planned.lost = [this, index = addressIndex(step), id = account->id] {
    model_.account(index, id)->gone.maybe = true;
    model_.endSessionsOf(index, id, false);
  };
  return planned;
}

Player::Plan Player::setMetadata(const Step& step) {
  const auto* account = accountOf(step);
  if (!account) return std::nullopt;
  const std::int64_t number = 2 * model_.moment + (step.server % 2);
  auto planned = backend(step, "PATCH", "/users/" + account->id + "/metadata",
                         boost::json::object{{"public_metadata", {{"n", number}}}});
  planned.answered = [this, number, index = addressIndex(step), id = account->id](int status, const Json&) {
    auto& known = *model_.account(index, id);
    if (status == 404) return model_.missAccount(known);
    if (status != 200) return;
    if (!model_.racing) known.metadata = model_.late ? known.lostMetadata : std::set<std::int64_t>();
    known.metadata.insert(number);
  };
  planned.lost = [this, number, index = addressIndex(step), id = account->id] {
    auto& known = *model_.account(index, id);
    known.metadata.insert(number);
    known.lostMetadata.insert(number);
  };
  return planned;
}

// ---- signing in

Player::Plan Player::startSignIn(const Step& step) {
  auto planned = frontend(step, "POST", "/client/sign_ins", formOf({{"identifier", addressOf(step).emailAddress}}));
  planned.answered = [this, browser = browserIndex(step), index = addressIndex(step)](int status, const Json& body) {
    if (status != 200) {
      const auto* account = model_.addresses[index].present();
      const bool unknown = body.is_object() && !listAt(body, {"errors"}).empty() &&
                           textAt(listAt(body, {"errors"})[0], {"code"}) == "form_identifier_not_found";
      if (unknown && account && account->made < model_.moment && !model_.racing) {
        throw Broken("nobody has " + model_.addresses[index].emailAddress + " though somebody has");
      }
      return;
    }
    Attempt attempt{.id = textAt(body, {"response", "id"}), .user = index};
    for (const auto& factor : listAt(body, {"response", "supported_first_factors"})) {
      if (textAt(factor, {"strategy"}) == "email_code") attempt.emailAddressId = textAt(factor, {"email_address_id"});
    }
    browsers_[browser].signIn = std::move(attempt);
  };
  return planned;
}

Player::Plan Player::signInWithPassword(const Step& step) {
  const auto entry = "password" + std::to_string(model_.moment) + "." + std::to_string(step.server);
  auto planned = frontend(
      step, "POST", "/client/sign_ins",
      formOf({{"identifier", addressOf(step).emailAddress}, {"strategy", "password"}, {"password", password}}));
  const auto browser = browserIndex(step);
  const auto index = addressIndex(step);
  planned.answered = [this, browser, index, entry](int status, const Json& body) {
    if (status != 200) return;
    const auto state = textAt(body, {"response", "status"});
    if (state == "complete") finishEntry(browser, index, entry, body);
    if (state == "needs_second_factor") {
      browsers_[browser].signIn = {.id = textAt(body, {"response", "id"}), .user = index, .waitsForSecondFactor = true};
    }
  };
  planned.lost = [this, browser, index, entry] { loseEntry(browser, index, entry); };
  return planned;
}

Player::Plan Player::prepareCode(const Step& step) {
  const auto& signIn = browserOf(step).signIn;
  if (signIn.emailAddressId.empty()) return std::nullopt;
  return frontend(step, "POST", "/client/sign_ins/" + signIn.id + "/prepare_first_factor",
                  formOf({{"strategy", "email_code"}, {"email_address_id", signIn.emailAddressId}}));
}

Player::Plan Player::attemptCode(const Step& step) {
  const auto browser = browserIndex(step);
  const auto signIn = browsers_[browser].signIn;
  if (signIn.emailAddressId.empty()) return std::nullopt;
  const auto code = world_.codeFor(model_.addresses[signIn.user].emailAddress);
  if (code.empty()) return std::nullopt;
  auto planned = frontend(step, "POST", "/client/sign_ins/" + signIn.id + "/attempt_first_factor",
                          formOf({{"strategy", "email_code"}, {"code", code}}));
  planned.answered = [this, browser, signIn](int status, const Json& body) {
    if (status != 200) return;
    const auto state = textAt(body, {"response", "status"});
    if (state == "complete") finishEntry(browser, signIn.user, signIn.id, body);
    if (state == "needs_second_factor") browsers_[browser].signIn.waitsForSecondFactor = true;
  };
  planned.lost = [this, browser, signIn] { loseEntry(browser, signIn.user, signIn.id); };
  return planned;
}

Player::Plan Player::createTicket(const Step& step) {
  const auto* account = accountOf(step);
  if (!account) return std::nullopt;
  auto planned = backend(step, "POST", "/sign_in_tokens", boost::json::object{{"user_id", account->id}});
  planned.answered = [this, index = addressIndex(step), id = account->id](int status, const Json& body) {
    auto& known = *model_.account(index, id);
    if (status == 404 || status == 422) return model_.missAccount(known);
    if (status != 200) return;
    if (known.gone.before(model_.moment)) throw Broken("a ticket for the deleted user " + id);
    model_.tickets.push_back(
        {.id = textAt(body, {"id"}), .token = textAt(body, {"token"}), .address = index, .accountId = id});
  };
  return planned;
}

Player::Plan Player::useTicket(const Step& step) {
  const auto* ticket = ticketOf(step);
  if (!ticket) return std::nullopt;
  const auto browser = browserIndex(step);
  const auto position = static_cast<std::size_t>(ticket - model_.tickets.data());
  auto planned =
      frontend(step, "POST", "/client/sign_ins", formOf({{"strategy", "ticket"}, {"ticket", ticket->token}}));
  planned.answered = [this, browser, position](int status, const Json& body) {
    auto& known = model_.tickets[position];
    if (status != 200) return;
    if (textAt(body, {"response", "status"}) != "complete") throw Broken("a ticket that did not complete its sign-in");
    model_.use(known.used, "ticket " + known.id);
    if (known.revoked.before(model_.moment)) throw Broken("ticket " + known.id + " worked after it was revoked");
    checkBearer(known.address, known.accountId, "ticket " + known.id);
    finishEntry(browser, known.address, known.id, body);
  };
  planned.lost = [this, browser, position] {
    auto& known = model_.tickets[position];
    known.used.maybe = true;
    browsers_[browser].cookieIsSure = false;
    if (!known.used.certainly()) loseEntry(browser, known.address, known.id);
  };
  return planned;
}

Player::Plan Player::revokeTicket(const Step& step) {
  const auto* ticket = ticketOf(step);
  if (!ticket) return std::nullopt;
  auto planned = backend(step, "POST", "/sign_in_tokens/" + ticket->id + "/revoke");
  const auto position = static_cast<std::size_t>(ticket - model_.tickets.data());
  planned.answered = [this, position](int status, const Json& body) {
    if (status == 200 && textAt(body, {"status"}) == "revoked") {
      model_.tickets[position].revoked.happened(model_.moment);
    }
  };
  return planned;
}

// ---- second factors

Player::Plan Player::startTotp(const Step& step) {
  const auto* session = sessionOf(step, true);
  if (!session) return std::nullopt;
  auto planned = frontend(step, "POST", "/me/totp?_clerk_session_id=" + session->id);
  planned.answered = [this, id = session->id](int status, const Json& body) {
    if (status != 200) return;
    const auto& session = *model_.session(id);
    model_.acted(session, now(), "starts an authenticator app");
    auto& address = model_.addresses[session.address];
    address.totpSecret = textAt(body, {"response", "secret"});
    address.totpSteps.clear();
  };
  planned.lost = [this, id = session->id, browser = planned.browser] {
    browsers_[browser].cookieIsSure = false;
    model_.addresses[model_.session(id)->address].totpSecret.clear();
  };
  return planned;
}

Player::Plan Player::proveTotp(const Step& step) {
  const auto* session = sessionOf(step, true);
  if (!session) return std::nullopt;
  const auto index = session->address;
  const auto secret = instance::base32Decode(model_.addresses[index].totpSecret);
  if (!secret || secret->empty()) return std::nullopt;
  const auto totpStep = instance::totpStep(world_.now(step.server % world_.servers()));
  auto planned = frontend(step, "POST", "/me/totp/attempt_verification?_clerk_session_id=" + session->id,
                          formOf({{"code", instance::totpCode(*secret, totpStep)}}));
  planned.answered = [this, id = session->id, index](int status, const Json& body) {
    if (status != 200) return;
    const auto& session = *model_.session(id);
    model_.acted(session, now(), "proves an authenticator app");
    auto& address = model_.addresses[index];
    address.mayHaveSecondFactor = true;
    const auto& codes = listAt(body, {"response", "backup_codes"});
    if (codes.empty()) return;
    address.backupCodes.clear();
    for (const auto& code : codes) address.backupCodes.emplace(std::string(code.as_string()), Once());
  };
  planned.lost = [this, index, browser = planned.browser] {
    browsers_[browser].cookieIsSure = false;
    model_.addresses[index].mayHaveSecondFactor = true;
  };
  return planned;
}

Player::Plan Player::attemptBackupCode(const Step& step) {
  const auto browser = browserIndex(step);
  const auto signIn = browsers_[browser].signIn;
  auto& codes = model_.addresses[signIn.user].backupCodes;
  if (!signIn.waitsForSecondFactor || codes.empty()) return std::nullopt;
  // A few of them, again and again.
  const auto code =
      std::next(codes.begin(), static_cast<long>(step.thing % std::min<std::size_t>(codes.size(), 2)))->first;
  auto planned = frontend(step, "POST", "/client/sign_ins/" + signIn.id + "/attempt_second_factor",
                          formOf({{"strategy", "backup_code"}, {"code", code}}));
  planned.answered = [this, browser, signIn, code](int status, const Json& body) {
    if (status != 200 || textAt(body, {"response", "status"}) != "complete") return;
    auto& codes = model_.addresses[signIn.user].backupCodes;
    if (const auto found = codes.find(code); found != codes.end()) model_.use(found->second, "a backup code");
    finishEntry(browser, signIn.user, signIn.id, body);
  };
  planned.lost = [this, browser, signIn, code] {
    auto& codes = model_.addresses[signIn.user].backupCodes;
    if (const auto found = codes.find(code); found != codes.end()) found->second.maybe = true;
    loseEntry(browser, signIn.user, signIn.id);
  };
  return planned;
}

Player::Plan Player::attemptTotp(const Step& step) {
  const auto browser = browserIndex(step);
  const auto signIn = browsers_[browser].signIn;
  const auto secret = instance::base32Decode(model_.addresses[signIn.user].totpSecret);
  if (!signIn.waitsForSecondFactor || !secret || secret->empty()) return std::nullopt;
  const auto totpStep = instance::totpStep(world_.now(step.server % world_.servers()));
  auto planned = frontend(step, "POST", "/client/sign_ins/" + signIn.id + "/attempt_second_factor",
                          formOf({{"strategy", "totp"}, {"code", instance::totpCode(*secret, totpStep)}}));
  planned.answered = [this, browser, signIn, totpStep](int status, const Json& body) {
    if (status != 200 || textAt(body, {"response", "status"}) != "complete") return;
    model_.use(model_.addresses[signIn.user].totpSteps[totpStep], "an authenticator's code");
    finishEntry(browser, signIn.user, signIn.id, body);
  };
  planned.lost = [this, browser, signIn, totpStep] {
    model_.addresses[signIn.user].totpSteps[totpStep].maybe = true;
    loseEntry(browser, signIn.user, signIn.id);
  };
  return planned;
}

// ---- invitations, and addresses that are added

Player::Plan Player::invite(const Step& step) {
  auto planned =
      backend(step, "POST", "/invitations",
              boost::json::object{
                  {"email_address", addressOf(step).emailAddress}, {"notify", false}, {"ignore_existing", true}});
  planned.answered = [this, index = addressIndex(step)](int status, const Json& body) {
    if (status != 200) return;
    const auto url = textAt(body, {"url"});
    const auto start = url.find("ticket=");
    if (start == std::string::npos) throw Broken("an invitation without its ticket");
    model_.invitations.push_back({.id = textAt(body, {"id"}), .ticket = url.substr(start + 7), .address = index});
  };
  return planned;
}

Player::Plan Player::acceptInvitation(const Step& step) {
  if (model_.invitations.empty()) return std::nullopt;
  const auto recent = std::min<std::size_t>(model_.invitations.size(), 2);
  const auto position = model_.invitations.size() - 1 - step.thing % recent;
  auto planned = frontend(
      step, "POST", "/client/sign_ups",
      formOf({{"strategy", "ticket"}, {"ticket", model_.invitations[position].ticket}, {"password", password}}));
  const auto browser = browserIndex(step);
  planned.answered = [this, browser, position](int status, const Json& body) {
    if (status != 200 || textAt(body, {"response", "status"}) != "complete") return;
    auto& known = model_.invitations[position];
    model_.use(known.used, "invitation " + known.id);
    finishSignUp(browser, known.address, textAt(body, {"response", "id"}), body);
  };
  planned.lost = [this, browser, position] {
    browsers_[browser].cookieIsSure = false;
    auto& known = model_.invitations[position];
    if (known.used.certainly()) return;
    known.used.maybe = true;
    ++model_.addresses[known.address].lostCreations;
    loseEntry(browser, known.address, known.id);
  };
  return planned;
}

Player::Plan Player::addAddress(const Step& step) {
  const auto* session = sessionOf(step, true);
  if (!session) return std::nullopt;
  auto planned = frontend(step, "POST", "/me/email_addresses?_clerk_session_id=" + session->id,
                          formOf({{"email_address", sharedAddress_}}));
  planned.answered = [this, browser = browserIndex(step), id = session->id](int status, const Json& body) {
    if (status != 200) return;
    model_.acted(*model_.session(id), now(), "adds an address");
    browsers_[browser].added = {textAt(body, {"response", "id"}), id};
  };
  return planned;
}

Player::Plan Player::prepareAddress(const Step& step) {
  const auto& added = browserOf(step).added;
  if (added.id.empty()) return std::nullopt;
  return frontend(step, "POST",
                  "/me/email_addresses/" + added.id + "/prepare_verification?_clerk_session_id=" + added.sessionId,
                  "strategy=email_code");
}

Player::Plan Player::proveAddress(const Step& step) {
  const auto& added = browserOf(step).added;
  const auto code = added.id.empty() ? std::string() : world_.codeFor(sharedAddress_);
  if (code.empty()) return std::nullopt;
  auto planned = frontend(
      step, "POST", "/me/email_addresses/" + added.id + "/attempt_verification?_clerk_session_id=" + added.sessionId,
      formOf({{"code", code}}));
  planned.answered = [this, id = added.sessionId](int status, const Json&) {
    if (status == 200) model_.acted(*model_.session(id), now(), "proves an address");
  };
  return planned;
}

Player::Plan Player::auditShared(const Step& step) {
  auto planned = backend(step, "GET", "/users?limit=100&email_address=" + encoded(sharedAddress_));
  planned.answered = [this](int status, const Json& body) {
    if (status != 200 || !body.is_array()) throw Broken("GET /v1/users answers " + std::to_string(status));
    int proved = 0;
    for (const auto& user : body.get_array()) {
      for (const auto& each : listAt(user, {"email_addresses"})) {
        const bool shared = textAt(each, {"email_address"}) == sharedAddress_;
        proved += shared && textAt(each, {"verification", "status"}) == "verified";
      }
    }
    if (proved > 1) throw Broken("two users have proved " + sharedAddress_);
  };
  return planned;
}

// ---- the end of sessions

Player::Plan Player::signOut(const Step& step) {
  auto planned = frontend(step, "DELETE", "/client/sessions");
  const auto browser = browserIndex(step);
  planned.answered = [this, browser](int status, const Json& body) {
    if (status != 200) return;
    auto clientId = textAt(body, {"client", "id"});
    if (clientId.empty()) clientId = textAt(body, {"response", "id"});
    if (clientId.empty()) throw Broken("a sign-out that does not say of which client");
    model_.endSessionsOfBrowser(browser, clientId, true);
  };
  planned.lost = [this, browser] {
    browsers_[browser].cookieIsSure = false;
    model_.endSessionsOfBrowser(browser, "", false);
  };
  return planned;
}

Player::Plan Player::destroyClient(const Step& step) {
  auto planned = frontend(step, "DELETE", "/client");
  const auto browser = browserIndex(step);
  planned.answered = [this, browser, sure = browsers_[browser].cookieIsSure, clientId = browsers_[browser].clientId](
                         int status, const Json&) {
    if (status != 200) return;
    if (sure && !model_.racing) {
      model_.endSessionsOfBrowser(browser, clientId, true);
    } else {
      model_.endSessionsOfBrowser(browser, "", false);
    }
    browsers_[browser].clientId.clear();
  };
  planned.lost = [this, browser] {
    browsers_[browser].cookieIsSure = false;
    model_.endSessionsOfBrowser(browser, "", false);
  };
  return planned;
}

Player::Plan Player::endWith(const Step& step, const std::string& how) {
  const auto* session = sessionOf(step, true);
  if (!session) return std::nullopt;
  auto planned = frontend(step, "POST", "/client/sessions/" + session->id + "/" + how);
  const auto browser = browserIndex(step);
  planned.answered = [this, browser, id = session->id](int status, const Json& body) {
    auto& known = *model_.session(id);
    if (status == 200) {
      const auto state = textAt(body, {"response", "status"});
      if (state == "active" || state == "pending") throw Broken("session " + id + " was ended and is " + state);
      if (state == "ended" || state == "removed" || state == "revoked") known.over.happened(model_.moment);
    } else if (speaksFor(browser, known)) {
      model_.missSession(known, now(), false, "not found when it is ended");
    }
  };
  planned.lost = [this, browser, id = session->id] {
    browsers_[browser].cookieIsSure = false;
    model_.session(id)->over.maybe = true;
  };
  return planned;
}
Player::Plan Player::endSession(const Step& step) { return endWith(step, "end"); }
Player::Plan Player::removeSession(const Step& step) { return endWith(step, "remove"); }

Player::Plan Player::revokeSession(const Step& step) {
  const auto* session = sessionOf(step, false);
  if (!session) return std::nullopt;
  auto planned = backend(step, "POST", "/sessions/" + session->id + "/revoke");
  planned.answered = [this, id = session->id](int status, const Json& body) {
    auto& known = *model_.session(id);
    if (status == 404) return model_.missSession(known, now(), true, "not found when it is revoked");
    if (status != 200) return;
    const auto state = textAt(body, {"status"});
    if (state == "active" || state == "pending") throw Broken("session " + id + " was revoked and is " + state);
    if (state == "revoked" || state == "ended" || state == "removed") known.over.happened(model_.moment);
  };
  planned.lost = [this, id = session->id] { model_.session(id)->over.maybe = true; };
  return planned;
}

// ---- looking

Player::Plan Player::mintToken(const Step& step) {
  const auto* session = step.exact ? &model_.sessions[step.thing] : sessionOf(step, false);
  if (!session) return std::nullopt;
  auto planned = frontend(step, "POST", "/client/sessions/" + session->id + "/tokens");
  const auto browser = browserIndex(step);
  // As it was when the request was sent.
  const bool anothers = browsers_[browser].cookieIsSure && !browsers_[browser].clientId.empty() &&
                        !session->clientId.empty() && browsers_[browser].clientId != session->clientId;
  const bool own = speaksFor(browser, *session);
  planned.answered = [this, anothers, own, id = session->id](int status, const Json&) {
    auto& known = *model_.session(id);
    if (status == 200) {
      if (anothers && !model_.racing) throw Broken("a token of the session " + id + " of another client");
      return model_.acted(known, now(), "a token was minted");
    }
    if (own) model_.missSession(known, now(), false, "gives no token");
  };
  return planned;
}

Player::Plan Player::touch(const Step& step) {
  const auto* session = sessionOf(step, true);
  if (!session) return std::nullopt;
  auto planned = frontend(step, "POST", "/client/sessions/" + session->id + "/touch");
  const bool own = speaksFor(browserIndex(step), *session);
  planned.answered = [this, own, id = session->id](int status, const Json&) {
    auto& known = *model_.session(id);
    if (status == 200) return model_.acted(known, now(), "was touched");
    if (own) model_.missSession(known, now(), false, "cannot be touched");
  };
  return planned;
}

void Player::seeClient(std::size_t browser, const Json& client) {
  std::set<std::string> shown;
  for (const auto& each : listAt(client, {"sessions"})) {
    const auto owner = textAt(each, {"user", "id"});
    shown.insert(textAt(each, {"id"}));
    for (std::size_t index = 0; index < model_.addresses.size(); ++index) {
      // Whoever it is of the accounts that are known; others are found by their address.
      const bool known = model_.account(index, owner);
      const bool named = textAt(each, {"public_user_data", "identifier"}) == model_.addresses[index].emailAddress;
      if (known || named) {
        model_.seeSession(index, each, now());
        if (auto* session = model_.session(textAt(each, {"id"}))) session->clientId = textAt(client, {"id"});
        break;
      }
    }
  }
  if (!browsers_[browser].cookieIsSure || browsers_[browser].clientId.empty()) return;
  for (auto& session : model_.sessions) {
    if (session.clientId == browsers_[browser].clientId && !shown.contains(session.id)) {
      model_.missSession(session, now(), false, "not shown by its client");
    }
  }
}

Player::Plan Player::lookAtClient(const Step& step) {
  auto planned = frontend(step, "GET", "/client");
  const auto browser = browserIndex(step);
  planned.answered = [this, browser](int status, const Json& body) {
    if (status != 200) throw Broken("GET /v1/client answers " + std::to_string(status));
    if (!model_.racing) seeClient(browser, at(body, {"response"}));
  };
  return planned;
}

Player::Plan Player::auditUser(const Step& step) {
  const auto* account = accountOf(step);
  if (!account) return std::nullopt;
  auto planned = backend(step, "GET", "/users/" + account->id);
  planned.answered = [this, index = addressIndex(step), id = account->id](int status, const Json& body) {
    auto& known = *model_.account(index, id);
    if (status == 404) return model_.missAccount(known);
    if (status != 200) throw Broken("GET /v1/users/" + id + " answers " + std::to_string(status));
    model_.seeAccount(index, id);
    if (model_.racing) return;
    const auto& banned = at(body, {"banned"});
    if (known.banned && known.bannedSince < model_.moment && banned != Json(*known.banned)) {
      throw Broken("user " + id + (*known.banned ? " was banned and is not" : " was unbanned and is banned"));
    }
    const auto& number = at(body, {"public_metadata", "n"});
    const auto value = number.is_int64() ? number.get_int64() : -1;
    if (!known.adopted && !known.metadata.contains(value)) {
      throw Broken("user " + id + " has metadata " + std::to_string(value) + " that nobody gave it last");
    }
  };
  return planned;
}

Player::Plan Player::auditAddress(const Step& step) {
  const auto index = addressIndex(step);
  auto planned = backend(step, "GET", "/users?email_address=" + encoded(addressOf(step).emailAddress));
  planned.answered = [this, index](int status, const Json& body) {
    if (status != 200 || !body.is_array()) throw Broken("GET /v1/users answers " + std::to_string(status));
    if (model_.racing) return;
    const auto& users = body.get_array();
    if (users.size() > 1) throw Broken("two users have " + model_.addresses[index].emailAddress);
    for (const auto& user : users) model_.seeAccount(index, textAt(user, {"id"}));
    for (auto& account : model_.addresses[index].accounts) {
      const bool shown = !users.empty() && textAt(users[0], {"id"}) == account.id;
      if (!shown) model_.missAccount(account);
    }
  };
  return planned;
}

Player::Plan Player::auditSessions(const Step& step) {
  const auto* account = accountOf(step);
  if (!account) return std::nullopt;
  auto planned = backend(step, "GET", "/sessions?limit=500&user_id=" + account->id);
  planned.answered = [this, index = addressIndex(step), id = account->id](int status, const Json& body) {
    if (status != 200 || !body.is_array()) throw Broken("GET /v1/sessions answers " + std::to_string(status));
    if (model_.racing) return;
    std::set<std::string> shown;
    for (const auto& each : body.get_array()) {
      shown.insert(textAt(each, {"id"}));
      model_.seeSession(index, each, now());
    }
    for (auto& session : model_.sessions) {
      if (session.address == index && session.accountId == id && !shown.contains(session.id)) {
        model_.missSession(session, now(), true, "not listed");
      }
    }
  };
  return planned;
}

Player::Plan Player::plan(const Step& step) {
  static constexpr Plan (Player::* deeds[])(const Step&) = {&Player::createUser,
                                                            &Player::startSignUp,
                                                            &Player::prepareSignUp,
                                                            &Player::attemptSignUp,
                                                            &Player::startSignIn,
                                                            &Player::signInWithPassword,
                                                            &Player::prepareCode,
                                                            &Player::attemptCode,
                                                            &Player::createTicket,
                                                            &Player::useTicket,
                                                            &Player::revokeTicket,
                                                            &Player::startTotp,
                                                            &Player::proveTotp,
                                                            &Player::attemptBackupCode,
                                                            &Player::attemptTotp,
                                                            &Player::invite,
                                                            &Player::acceptInvitation,
                                                            &Player::addAddress,
                                                            &Player::prepareAddress,
                                                            &Player::proveAddress,
                                                            &Player::signOut,
                                                            &Player::endSession,
                                                            &Player::removeSession,
                                                            &Player::destroyClient,
                                                            &Player::revokeSession,
                                                            &Player::ban,
                                                            &Player::unban,
                                                            &Player::deleteUser,
                                                            &Player::setMetadata,
                                                            &Player::mintToken,
                                                            &Player::touch,
                                                            &Player::lookAtClient,
                                                            &Player::auditUser,
                                                            &Player::auditAddress,
                                                            &Player::auditSessions,
                                                            &Player::auditShared};
  static_assert(std::size(deeds) == static_cast<std::size_t>(Act::KillIdle));
  return (this->*deeds[static_cast<std::size_t>(step.act)])(step);
}

}  // namespace faults
