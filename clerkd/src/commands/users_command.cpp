// `clerkd users`: looking at people, and what an operator does to them.

#include "commands/commands.hpp"

#include "backend.hpp"
#include "database.hpp"
#include "text_table.hpp"

#include <boost/json/serialize.hpp>

#include <cstdlib>
#include <iostream>
#include <iterator>
#include <memory>

namespace clerkd {
namespace {

using fastify::Json;
using fastify::JsonArray;
using fastify::JsonObject;

void print(const Json& json) { std::cout << boost::json::serialize(json) << std::endl; }

/// The address that is the primary one, or the first.
std::string addressOf(const Json& user, std::string_view list, std::string_view member, std::string_view primary) {
  const auto* items = user.get_object().if_contains(list);
  if (!items || !items->is_array() || items->get_array().empty()) return {};
  const auto primaryId = textOf(user, primary);
  for (const auto& item : items->get_array()) {
    if (textOf(item, "id") == primaryId) return textOf(item, member);
  }
  return textOf(items->get_array().front(), member);
}

std::string identifierOf(const Json& user) {
  auto found = addressOf(user, "email_addresses", "email_address", "primary_email_address_id");
  if (found.empty()) found = addressOf(user, "phone_numbers", "phone_number", "primary_phone_number_id");
  return found.empty() ? textOf(user, "username") : found;
}

std::string nameOf(const Json& user) {
  const auto first = textOf(user, "first_name");
  const auto last = textOf(user, "last_name");
  return first + (first.empty() || last.empty() ? "" : " ") + last;
}

std::string stateOf(const Json& user) {
  return truthOf(user, "banned") ? "banned" : truthOf(user, "locked") ? "locked" : "";
}

void printTable(const JsonArray& users) {
  TextTable table({"ID", "IDENTIFIER", "NAME", "CREATED", "LAST SIGN-IN", "STATE"});
  for (const auto& user : users) {
    table.add({textOf(user, "id"), identifierOf(user), nameOf(user), timeOf(user, "created_at"),
               timeOf(user, "last_sign_in_at"), stateOf(user)});
  }
  table.print(std::cout);
  std::cout << std::flush;
}

struct Common {
  DatabaseOptions database;
  bool json = false;
};

void declareCommon(OptionList& options, Common& common) {
  declareDatabase(options, common.database);
  options.flag("json", common.json, "Prints JSON, as the Backend API answers");
}

struct List : Common {
  std::string query;
  std::string orderBy = "-created_at";
  std::size_t limit = 20;
  std::size_t offset = 0;
  bool banned = false;
};

int list(const List& options) {
  return withBackend(options.database, [&](Backend& backend) {
    Backend::Query query{{"limit", std::to_string(options.limit)},
                         {"offset", std::to_string(options.offset)},
                         {"order_by", options.orderBy}};
    if (!options.query.empty()) query.emplace_back("query", options.query);
    if (options.banned) query.emplace_back("banned", "true");
    const auto users = backend.get("/users", query);
    options.json ? print(users) : printTable(users.get_array());
    return EXIT_SUCCESS;
  });
}

struct Show : Common {
  std::string user;
};

void printLines(const Json& user) {
  for (const auto& [name, value] : user.get_object()) {
    if (value.is_null()) continue;
    const auto time = name.ends_with("_at") ? timeOf(user, name) : std::string();
    const auto text = !time.empty()       ? time + " UTC"
                      : value.is_string() ? std::string(value.get_string())
                                          : boost::json::serialize(value);
    if (!text.empty() && text != "[]" && text != "{}") std::cout << name << ": " << printable(text) << '\n';
  }
  std::cout << std::flush;
}

int show(const Show& options) {
  return withBackend(options.database, [&](Backend& backend) {
    const auto user = backend.findUser(options.user);
    options.json ? print(user) : printLines(user);
    return EXIT_SUCCESS;
  });
}

struct Create : Common {
  std::vector<std::string> emails;
  std::string username;
  std::string firstName;
  std::string lastName;
  std::string externalId;
  bool passwordFromInput = false;
};

std::string passwordFromInput() {
  std::string line;
  std::getline(std::cin, line);
  return line;
}

int create(const Create& options) {
  return withBackend(options.database, [&](Backend& backend) {
    JsonObject body{{"email_address", JsonArray(options.emails.begin(), options.emails.end())}};
    const auto put = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) body[name] = value;
    };
    put("username", options.username);
    put("first_name", options.firstName);
    put("last_name", options.lastName);
    put("external_id", options.externalId);
    if (options.passwordFromInput) {
      body["password"] = passwordFromInput();
    } else {
      body["skip_password_requirement"] = true;
    }
    const auto user = backend.post("/users", std::move(body));
    options.json ? print(user) : printTable({user});
    return EXIT_SUCCESS;
  });
}

struct Act : Common {
  std::vector<std::string> users;
  bool yes = false;
};

/// Does the same to each of several users; who is not there does not keep the others waiting.
template <class Do>
int forEach(const Act& options, Do act) {
  return withBackend(options.database, [&](Backend& backend) {
    JsonArray done;
    bool all = true;
    for (const auto& who : options.users) {
      try {
        done.push_back(act(backend, textOf(backend.findUser(who), "id")));
      } catch (const BackendError& error) {
        failWith(std::runtime_error(who + ": " + error.what()));
        all = false;
      }
    }
    if (options.json) print(done);
    return all ? EXIT_SUCCESS : EXIT_FAILURE;
  });
}

ReadyCommand declareAction(OptionList& options, std::string action, std::string done) {
  auto values = std::make_shared<Act>();
  options.positionals("USER", values->users, "Who");
  declareCommon(options, *values);
  return {[values] { return problemsOf(values->database); },
          [values, action = std::move(action), done = std::move(done)] {
            return forEach(*values, [&](Backend& backend, const std::string& id) {
              auto user = backend.post("/users/" + id + "/" + action);
              if (!values->json) std::cout << id << " " << printable(identifierOf(user)) << " " << done << std::endl;
              return user;
            });
          }};
}

}  // namespace

ReadyCommand declareListUsers(OptionList& options) {
  auto values = std::make_shared<List>();
  options.positional("QUERY", values->query, "A part of an address, a name, a username or an id").optional();
  declareCommon(options, *values);
  options.argument("limit", values->limit, 1, 500, "At most so many")
      .argument("offset", values->offset, 0, 1'000'000'000, "Leaves so many out")
      .argument("order-by", values->orderBy,
                "created_at, last_sign_in_at, email_address, ...; with - before it, the other way")
      .flag("banned", values->banned, "Those alone who are banned");
  return {[values] { return problemsOf(values->database); }, [values] { return list(*values); }};
}

ReadyCommand declareShowUser(OptionList& options) {
  auto values = std::make_shared<Show>();
  options.positional("USER", values->user, "Who");
  declareCommon(options, *values);
  return {[values] { return problemsOf(values->database); }, [values] { return show(*values); }};
}

ReadyCommand declareCreateUser(OptionList& options) {
  auto values = std::make_shared<Create>();
  options.argument("email", values->emails, "An address, taken as verified; the first is the primary one")
      .argument("username", values->username, "Username")
      .argument("first-name", values->firstName, "First name")
      .argument("last-name", values->lastName, "Last name")
      .argument("external-id", values->externalId, "The user's id in another system")
      .flag("password-stdin", values->passwordFromInput, "Reads a password from the first line of standard input");
  declareCommon(options, *values);
  return {[values] {
            auto problems = problemsOf(values->database);
            if (values->emails.empty() && values->username.empty()) {
              problems.emplace_back("a user needs --email or --username");
            }
            return problems;
          },
          [values] { return create(*values); }};
}

ReadyCommand declareBanUsers(OptionList& options) { return declareAction(options, "ban", "is banned"); }
ReadyCommand declareUnbanUsers(OptionList& options) { return declareAction(options, "unban", "is no longer banned"); }
ReadyCommand declareLockUsers(OptionList& options) { return declareAction(options, "lock", "is locked"); }
ReadyCommand declareUnlockUsers(OptionList& options) { return declareAction(options, "unlock", "is no longer locked"); }

ReadyCommand declareDeleteUsers(OptionList& options) {
  auto values = std::make_shared<Act>();
  options.positionals("USER", values->users, "Who");
  declareCommon(options, *values);
  options.flag("yes", values->yes, "Does it: there is no way back");
  return {[values] {
            auto problems = problemsOf(values->database);
            if (!values->yes) problems.emplace_back("deleting has no way back: say --yes");
            return problems;
          },
          [values] {
            return forEach(*values, [&](Backend& backend, const std::string& id) {
              auto deleted = backend.erase("/users/" + id);
              if (!values->json) std::cout << id << " is deleted" << std::endl;
              return deleted;
            });
          }};
}

}  // namespace clerkd
