// `clerkd outbox`: messages and webhooks on their way.

#include "commands/commands.hpp"

#include "backend.hpp"
#include "database.hpp"
#include "server.hpp"
#include "text_table.hpp"

#include <clerk/maintenance.hpp>

#include <boost/json/serialize.hpp>

#include <cstdlib>
#include <iostream>
#include <memory>

namespace clerkd {
namespace {

using clerk::OutboxRetry;

/// Says what is wrong when the database does not do its work.
template <class Work>
int withDatabase(const DatabaseOptions& options, Work work) {
  try {
    return work(managingOptionsFor(options));
  } catch (const std::exception& error) {
    return failWith(error);
  }
}

struct List {
  DatabaseOptions database;
  std::string kind;
  std::string status;
  std::size_t limit = 20;
  std::size_t offset = 0;
  bool json = false;
};

clerk::OutboxQuery queryOf(const List& options) {
  return {.messages = options.kind != "webhook",
          .webhooks = options.kind != "message",
          .status = options.status,
          .limit = static_cast<std::int64_t>(options.limit),
          .offset = static_cast<std::int64_t>(options.offset)};
}

std::string attemptsOf(const fastify::Json& entry) {
  const auto* attempts = entry.get_object().if_contains("attempts");
  return attempts && attempts->is_int64() ? std::to_string(attempts->get_int64()) : "";
}

int list(const List& options) {
  return withDatabase(options.database, [&](const clerk::InstanceOptions& database) {
    const auto entries = clerk::outboxEntries(database, queryOf(options));
    if (options.json) {
      std::cout << boost::json::serialize(entries) << std::endl;
      return EXIT_SUCCESS;
    }
    TextTable table({"ID", "KIND", "STATUS", "WHAT", "TO", "CREATED", "TRIES", "LAST ERROR"});
    for (const auto& entry : entries) {
      table.add({textOf(entry, "id"), textOf(entry, "kind"), textOf(entry, "status"), textOf(entry, "what"),
                 textOf(entry, "to"), timeOf(entry, "created_at"), attemptsOf(entry), textOf(entry, "last_error")});
    }
    table.print(std::cout);
    std::cout << std::flush;
    return EXIT_SUCCESS;
  });
}

struct Show {
  DatabaseOptions database;
  std::string id;
  bool json = false;
};

int show(const Show& options) {
  return withDatabase(options.database, [&](const clerk::InstanceOptions& database) {
    const auto entry = clerk::findOutboxEntry(database, options.id);
    if (!entry) return fail("there is no " + options.id + " in the outbox");
    if (options.json) {
      std::cout << boost::json::serialize(*entry) << std::endl;
      return EXIT_SUCCESS;
    }
    for (const auto& [name, value] : *entry) {
      const auto time = name.ends_with("_at") ? timeOf(*entry, name) : std::string();
      const auto text = value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value);
      std::cout << name << ": " << printable(time.empty() ? text : time + " UTC") << '\n';
    }
    std::cout << std::flush;
    return EXIT_SUCCESS;
  });
}

struct Retry {
  DatabaseOptions database;
  std::vector<std::string> ids;
  bool all = false;
};

std::string spoken(OutboxRetry outcome) {
  switch (outcome) {
    case OutboxRetry::NotFound: return "is not in the outbox";
    case OutboxRetry::TooLate: return "was given up, and what it said is forgotten; its reader asks for a new one";
    case OutboxRetry::Delivered: return "was delivered";
    case OutboxRetry::UnderWay: return "is being sent at this moment";
    default: return "is due now";
  }
}

/// What waits, and the webhooks that were given up.
std::vector<std::string> retryable(const clerk::InstanceOptions& database) {
  constexpr std::int64_t page = 500;
  std::vector<std::string> ids;
  const auto addAll = [&](bool messages, const char* status) {
    for (std::int64_t offset = 0;; offset += page) {
      const auto entries = clerk::outboxEntries(
          database, {.messages = messages, .webhooks = !messages, .status = status, .limit = page, .offset = offset});
      for (const auto& entry : entries) ids.push_back(textOf(entry, "id"));
      if (entries.size() < page) return;
    }
  };
  addAll(true, "queued");
  addAll(false, "queued");
  addAll(false, "failed");
  return ids;
}

int retry(const Retry& options) {
  return withDatabase(options.database, [&](const clerk::InstanceOptions& database) {
    const auto ids = options.all ? retryable(database) : options.ids;
    bool all = true;
    for (const auto& id : ids) {
      const auto outcome = clerk::retryOutboxEntry(database, id);
      const bool good = outcome == OutboxRetry::Done || (options.all && outcome == OutboxRetry::UnderWay);
      (good ? std::cout : std::cerr) << (good ? "" : "clerkd: ") << id << " " << spoken(outcome) << '\n';
      all = all && good;
    }
    std::cout << std::flush;
    return all ? EXIT_SUCCESS : EXIT_FAILURE;
  });
}

}  // namespace

ReadyCommand declareListOutbox(OptionList& options) {
  auto values = std::make_shared<List>();
  declareDatabase(options, values->database);
  options.argumentChoice("kind", values->kind, {"message", "webhook"}, "Those alone")
      .argumentChoice("status", values->status, {"queued", "delivered", "failed"}, "Those alone")
      .argument("limit", values->limit, 1, 500, "At most so many")
      .argument("offset", values->offset, 0, 1'000'000'000, "Leaves so many out")
      .flag("json", values->json, "Prints JSON");
  return {[values] { return problemsOf(values->database); }, [values] { return list(*values); }};
}

ReadyCommand declareShowOutbox(OptionList& options) {
  auto values = std::make_shared<Show>();
  options.positional("ID", values->id, "Its id");
  declareDatabase(options, values->database);
  options.flag("json", values->json, "Prints JSON");
  return {[values] { return problemsOf(values->database); }, [values] { return show(*values); }};
}

ReadyCommand declareRetryOutbox(OptionList& options) {
  auto values = std::make_shared<Retry>();
  options.positionals("ID", values->ids, "Their ids").optional();
  declareDatabase(options, values->database);
  options.flag("all", values->all, "All that wait, and all webhooks that were given up");
  return {[values] {
            auto problems = problemsOf(values->database);
            if (values->ids.empty() != values->all) problems.emplace_back("name ids, or say --all");
            return problems;
          },
          [values] { return retry(*values); }};
}

}  // namespace clerkd
