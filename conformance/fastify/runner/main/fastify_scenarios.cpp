// Plays the recorded scenarios against a server and tells what differs from Fastify's answers.
#include "../decisions.hpp"
#include "../difference.hpp"
#include "../play.hpp"
#include "../scenario.hpp"

#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <functional>
#include <iostream>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace conformance {
namespace {

constexpr std::string_view usage =
    "usage: fastify_scenarios [ID_PREFIX] [--priority P0] [--area NAME] [--serve COMMAND] [--startup COMMAND]\n"
    "                         [--scenarios FILE] [--decisions FILE] [--jobs N] [--list-areas] [--verbose]\n"
    "Runs COMMAND APP VARIANT for servers and COMMAND CASE for start-up cases; by default the fastify_app beside it.\n";

struct Options {
  std::string prefix;
  std::string priority;
  std::string area;
  std::string serve;
  std::string startup;
  std::filesystem::path scenarios = SCENARIOS_FILE;
  std::filesystem::path decisions = DECISIONS_FILE;
  std::size_t jobs = 2;
  bool listAreas = false;
  bool verbose = false;
};

Options parseOptions(int argc, char** argv) {
  Options options;
  const auto app = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "fastify_app";
  options.serve = app.string();
  options.startup = app.string() + " startup";
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    auto value = [&]() -> std::string {
      if (++i == argc) throw std::invalid_argument(name + " needs a value");
      return argv[i];
    };
    if (name == "--priority") {
      options.priority = value();
    } else if (name == "--area") {
      options.area = value();
    } else if (name == "--serve") {
      options.serve = value();
    } else if (name == "--startup") {
      options.startup = value();
    } else if (name == "--scenarios") {
      options.scenarios = value();
    } else if (name == "--decisions") {
      options.decisions = value();
    } else if (name == "--jobs") {
      options.jobs = std::max(1ul, std::stoul(value()));
    } else if (name == "--list-areas") {
      options.listAreas = true;
    } else if (name == "--verbose") {
      options.verbose = true;
    } else if (name.starts_with("-") || !options.prefix.empty()) {
      throw std::invalid_argument("unknown argument " + name);
    } else {
      options.prefix = name;
    }
  }
  return options;
}

std::vector<std::string> words(const std::string& command) {
  std::istringstream stream(command);
  return {std::istream_iterator<std::string>(stream), {}};
}

bool isWanted(const Scenario& scenario, const Options& options) {
  return scenario.id.starts_with(options.prefix) &&
         (options.priority.empty() || scenario.priority == options.priority) &&
         (options.area.empty() || scenario.area == options.area);
}

struct Result {
  const Scenario* scenario;
  std::vector<std::string> differences;
};

std::vector<std::string> startupDifferences(const Scenario& scenario, Watch& watch, const Options& options) {
  const auto got = ecmascript::stringify(playStartup(scenario, watch, words(options.startup)));
  const auto want = ecmascript::stringify(scenario.observed);
  if (got == want) return {};
  return {"want " + want + ", got " + got};
}

/// Scenarios that share a server, in their order.
using Group = std::vector<Result*>;

std::vector<Group> groupsOf(std::vector<Result>& results) {
  std::vector<Group> groups;
  const Scenario* last = nullptr;
  for (auto& result : results) {
    const auto& scenario = *result.scenario;
    const bool joins = last && !scenario.fresh && !last->fresh && scenario.kind == last->kind &&
                       scenario.app == last->app && scenario.variant == last->variant;
    if (!joins) groups.emplace_back();
    groups.back().push_back(&result);
    last = &scenario;
  }
  return groups;
}

void runGroup(const Group& group, const Options& options) {
  Watch watch;
  std::unique_ptr<ServerProcess> server;
  for (auto* result : group) {
    const auto& scenario = *result->scenario;
    try {
      if (scenario.kind == Scenario::Kind::Startup) {
        result->differences = startupDifferences(scenario, watch, options);
        continue;
      }
      if (server && server->exited()) server.reset();
      if (!server)
        server = std::make_unique<ServerProcess>(watch, words(options.serve), scenario.app, scenario.variant);
      const bool http2 = scenario.kind == Scenario::Kind::Http2;
      result->differences =
          differences(scenario.observed, http2 ? playHttp2(scenario, *server) : play(scenario, watch, *server));
    } catch (const std::exception& error) {
      result->differences = {error.what()};
    }
  }
}

/// Runs the groups on `options.jobs` threads.
void runAll(const std::vector<Group>& groups, const Options& options) {
  std::atomic<std::size_t> next = 0;
  auto work = [&] {
    for (auto i = next++; i < groups.size(); i = next++) runGroup(groups[i], options);
  };
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < options.jobs; ++i) threads.emplace_back(work);
}

void print(const Result& result, std::string_view outcome) {
  std::cout << outcome << ' ' << result.scenario->id << ": ";
  const auto& lines = result.differences;
  for (std::size_t i = 0; i < lines.size(); ++i) std::cout << (i ? "; " : "") << lines[i];
  std::cout << '\n';
}

/// Prints what differs, and the sum; returns the number of failures.
std::size_t report(const std::vector<Result>& results, const Options& options) {
  const auto decisions = readDecisions(options.decisions);
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t decided = 0;
  for (const auto& result : results) {
    const auto decision = decisions.find(result.scenario->id);
    if (result.differences.empty()) {
      ++passed;
      if (decision != decisions.end())
        std::cout << "EQUAL " << result.scenario->id << ": decisions.md says that it differs\n";
    } else if (decision != decisions.end()) {
      ++decided;
      if (options.verbose) print(result, "DECIDED");
    } else {
      ++failed;
      print(result, "FAIL");
    }
  }
  if (decided > 0) std::cout << decided << " differ by decision (decisions.md)\n";
  std::cout << passed << " passed, " << failed << " failed\n";
  return failed;
}

void listAreas(const std::vector<Scenario>& scenarios) {
  std::set<std::string> areas;
  for (const auto& scenario : scenarios) areas.insert(scenario.area);
  for (const auto& area : areas) std::cout << area << '\n';
}

int run(const Options& options) {
  const auto scenarios = readScenarios(options.scenarios);
  if (options.listAreas) {
    listAreas(scenarios);
    return 0;
  }
  std::vector<Result> results;
  for (const auto& scenario : scenarios) {
    if (isWanted(scenario, options)) results.push_back({&scenario, {}});
  }
  if (results.empty()) throw std::invalid_argument("no scenario is asked for");
  runAll(groupsOf(results), options);
  return report(results, options) == 0 ? 0 : 1;
}

}  // namespace
}  // namespace conformance

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return conformance::run(conformance::parseOptions(argc, argv));
  } catch (const std::invalid_argument& error) {
    std::cerr << error.what() << '\n' << conformance::usage;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
  }
  return 2;
}
