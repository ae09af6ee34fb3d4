// `clerkd sessions`: where a user is signed in, and ending that.

#include "commands/commands.hpp"

#include "backend.hpp"
#include "database.hpp"
#include "text_table.hpp"

#include <boost/json/serialize.hpp>

#include <cstdlib>
#include <iostream>
#include <memory>

namespace clerkd {
namespace {

using fastify::Json;
using fastify::JsonArray;

struct List {
  DatabaseOptions database;
  std::string user;
  std::string status;
  std::size_t limit = 20;
  bool json = false;
};

/// The Backend API gives a list, or a page of one.
const JsonArray& itemsOf(const Json& answer) {
  return answer.is_array() ? answer.get_array() : answer.as_object().at("data").as_array();
}

JsonArray sessionsOf(Backend& backend, const std::string& userId, const std::string& status, std::size_t limit) {
  Backend::Query query{{"user_id", userId}, {"limit", std::to_string(limit)}};
  if (!status.empty()) query.emplace_back("status", status);
  return itemsOf(backend.get("/sessions", query));
}

std::string deviceOf(const Json& session) {
  const auto* activity = session.get_object().if_contains("latest_activity");
  if (!activity || !activity->is_object()) return {};
  const auto browser = textOf(*activity, "browser_name");
  const auto device = textOf(*activity, "device_type");
  return browser + (browser.empty() || device.empty() ? "" : ", ") + device;
}

void printTable(const JsonArray& sessions) {
  TextTable table({"ID", "STATUS", "CREATED", "LAST ACTIVE", "ENDS", "DEVICE"});
  for (const auto& session : sessions) {
    table.add({textOf(session, "id"), textOf(session, "status"), timeOf(session, "created_at"),
               timeOf(session, "last_active_at"), timeOf(session, "expire_at"), deviceOf(session)});
  }
  table.print(std::cout);
  std::cout << std::flush;
}

int list(const List& options) {
  return withBackend(options.database, [&](Backend& backend) {
    const auto sessions =
        sessionsOf(backend, textOf(backend.findUser(options.user), "id"), options.status, options.limit);
    if (options.json) {
      std::cout << boost::json::serialize(sessions) << std::endl;
    } else {
      printTable(sessions);
    }
    return EXIT_SUCCESS;
  });
}

struct Revoke {
  DatabaseOptions database;
  std::vector<std::string> sessions;
  std::string user;
  bool json = false;
};

/// All that are live: a page at a time, since revoked ones leave the list.
std::vector<std::string> liveSessions(Backend& backend, const std::string& who) {
  constexpr std::size_t most = 500;
  const auto id = textOf(backend.findUser(who), "id");
  std::vector<std::string> live;
  for (const auto* status : {"active", "pending"}) {
    for (const auto& session : sessionsOf(backend, id, status, most)) live.push_back(textOf(session, "id"));
  }
  return live;
}

int revoke(const Revoke& options) {
  return withBackend(options.database, [&](Backend& backend) {
    JsonArray revoked;
    bool all = true;
    const auto end = [&](const std::string& id) {
      try {
        if (id.find_first_of("/?#%") != std::string::npos) throw BackendError("there is no such session");
        revoked.push_back(backend.post("/sessions/" + id + "/revoke"));
        if (!options.json) std::cout << id << " is revoked" << std::endl;
      } catch (const BackendError& error) {
        failWith(std::runtime_error(id + ": " + error.what()));
        all = false;
      }
    };
    for (const auto& id : options.sessions) end(id);
    while (!options.user.empty() && all) {
      const auto live = liveSessions(backend, options.user);
      if (live.empty()) break;
      for (const auto& id : live) end(id);
    }
    if (options.json) std::cout << boost::json::serialize(revoked) << std::endl;
    return all ? EXIT_SUCCESS : EXIT_FAILURE;
  });
}

}  // namespace

ReadyCommand declareListSessions(OptionList& options) {
  auto values = std::make_shared<List>();
  options.positional("USER", values->user, "Whose");
  declareDatabase(options, values->database);
  options
      .argumentChoice("status", values->status,
                      {"active", "pending", "ended", "removed", "replaced", "expired", "abandoned", "revoked"},
                      "Those alone")
      .argument("limit", values->limit, 1, 500, "At most so many")
      .flag("json", values->json, "Prints JSON, as the Backend API answers");
  return {[values] { return problemsOf(values->database); }, [values] { return list(*values); }};
}

ReadyCommand declareRevokeSessions(OptionList& options) {
  auto values = std::make_shared<Revoke>();
  options.positionals("SESSION", values->sessions, "Ids, sess_...").optional();
  declareDatabase(options, values->database);
  options.argument("user", values->user, "All of this user")
      .flag("json", values->json, "Prints JSON, as the Backend API answers");
  return {[values] {
            auto problems = problemsOf(values->database);
            if (values->sessions.empty() == values->user.empty()) {
              problems.emplace_back("name sessions, or a user with --user");
            }
            return problems;
          },
          [values] { return revoke(*values); }};
}

}  // namespace clerkd
