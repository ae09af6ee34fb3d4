// `clerkd migrate`: the tables, brought up to date or looked at.

#include "commands/commands.hpp"

#include "database.hpp"
#include "server.hpp"

#include <clerk/maintenance.hpp>

#include <cstdlib>
#include <iostream>
#include <memory>

namespace clerkd {
namespace {

struct Migrate {
  DatabaseOptions database;
  bool dryRun = false;
  bool sql = false;
};

std::string steps(std::size_t count) { return std::to_string(count) + (count == 1 ? " step" : " steps"); }

void printPlan(const clerk::SchemaState& state, bool sql) {
  std::cout << (sql ? "-- " : "") << state.engine << " " << state.place << " has schema version " << state.version
            << ", this program " << state.newest << ": "
            << (state.pending.empty() ? "nothing is to be done" : steps(state.pending.size()) + " to run") << '\n';
  for (const auto& step : state.pending) {
    std::cout << (sql ? "\n-- " : "") << step.version << " " << step.name << '\n';
    if (sql) std::cout << step.sql;
  }
  std::cout << std::flush;
}

int run(const Migrate& options) {
  try {
    auto instance = instanceOptionsFor(options.database);
    const auto state = clerk::inspectSchema(instance);
    if (options.dryRun || options.sql) {
      printPlan(state, options.sql);
      return EXIT_SUCCESS;
    }
    instance.purpose = clerk::Purpose::SetUp;
    const clerk::InstancePlugin opened(std::move(instance));
    std::cout << "clerkd: the database is up to date";
    if (!state.pending.empty()) std::cout << " (" << steps(state.pending.size()) << " run)";
    std::cout << std::endl;
  } catch (const std::exception& error) {
    return fail(error.what());
  }
  return EXIT_SUCCESS;
}

}  // namespace

ReadyCommand declareMigrate(OptionList& options) {
  auto values = std::make_shared<Migrate>();
  declareDatabase(options, values->database);
  options.flag("dry-run", values->dryRun, "Says what would be done, and changes nothing")
      .flag("sql", values->sql, "Like --dry-run, with the statements");
  return {[values] { return problemsOf(values->database); }, [values] { return run(*values); }};
}

}  // namespace clerkd
