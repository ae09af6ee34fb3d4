// clerk_cases FILE.json [--parity] [--only TEXT] [--decisions FILE]: runs the recorded cases against this SDK.

#include "recorded_case.hpp"

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

using namespace conformance;

namespace {

struct Arguments {
  std::string file;
  std::string decisions = CLERK_DECISIONS;
  std::string only;
  Mode mode = Mode::Product;
};

Arguments argumentsOf(int count, char** values) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = values[i];
    if (word == "--parity") {
      arguments.mode = Mode::Parity;
    } else if (word == "--decisions" && i + 1 < count) {
      arguments.decisions = values[++i];
    } else if (word == "--only" && i + 1 < count) {
      arguments.only = values[++i];
    } else {
      arguments.file = word;
    }
  }
  return arguments;
}

/// The rows `| id | mode | reason |` below the heading "## Clerk"; the mode is `product`, `parity` or `both`, with
/// `upstream` for those cases only that the file itself calls a flaw of the reference. An id may end in `*`.
class Decisions {
 public:
  Decisions(const std::string& path, Mode mode) {
    std::ifstream input(path);
    bool inSection = false;
    for (std::string line; std::getline(input, line);) {
      if (line.starts_with("## ")) inSection = line == "## Clerk";
      if (!inSection || !line.starts_with("| ")) continue;
      std::vector<std::string> cells;
      for (std::size_t at = 1; at < line.size();) {
        const auto end = line.find('|', at);
        if (end == std::string::npos) break;
        auto cell = line.substr(at, end - at);
        cell.erase(0, cell.find_first_not_of(" `"));
        cell.erase(cell.find_last_not_of(" `") + 1);
        cells.push_back(cell);
        at = end + 1;
      }
      if (cells.size() < 3) continue;
      const bool applies =
          cells[1].starts_with("both") || cells[1].starts_with(mode == Mode::Product ? "product" : "parity");
      if (applies) rows_.push_back({cells[0], cells[1].ends_with("upstream")});
    }
  }
  bool allow(const json::object& recorded) const {
    const auto id = textOf(recorded, "id");
    for (const auto& [decided, onlyFlaws] : rows_) {
      if (onlyFlaws && !recorded.contains("upstream")) continue;
      if (decided == id || (decided.ends_with('*') && id.starts_with(decided.substr(0, decided.size() - 1))))
        return true;
    }
    return false;
  }

 private:
  struct Row {
    std::string id;
    bool onlyFlaws;
  };
  std::vector<Row> rows_;
};

void addWorld(Outcome& outcome, World& world) {
  outcome["bapi"] = std::exchange(world.requests, {});
  outcome["console"] = std::exchange(world.console, {});
  outcome["sleepsMs"] = std::exchange(world.sleeps, {});
}

/// What is wrong with a case; empty when nothing is.
std::string check(const CaseFile& file, const json::object& recorded, Mode mode, std::set<std::string>& typedCalls) {
  World world(mode);
  world.typedCalls = &typedCalls;
  const auto& expected = recorded.at("expect").as_object();
  const bool isSequence = textOf(recorded, "fn") == "sequence";
  if (!isSequence) {
    auto outcome = run(file, recorded, world);
    if (!outcome) return "cannot be run by this program";
    addWorld(*outcome, world);
    return differenceOf(recorded, expected, *outcome, mode);
  }
  const auto& steps = recorded.at("steps").as_array();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    auto outcome = run(file, steps[i].as_object(), world);
    if (!outcome) return "cannot be run by this program";
    addWorld(*outcome, world);
    auto difference = differenceOf(recorded, expected.at("steps").at(i).as_object(), *outcome, mode);
    if (!difference.empty()) return "step " + std::to_string(i) + ": " + difference;
  }
  return {};
}

}  // namespace

int main(int count, char** values) {
  const auto arguments = argumentsOf(count, values);
  if (arguments.file.empty()) {
    std::cerr << "usage: clerk_cases FILE.json [--parity] [--only TEXT] [--decisions FILE]\n";
    return 2;
  }
  const auto file = CaseFile::load(arguments.file);
  const Decisions decisions(arguments.decisions, arguments.mode);
  int passed = 0, failed = 0, decided = 0;
  std::set<std::string> typedCalls;
  std::map<std::string, std::pair<int, int>> groups;
  for (const auto& entry : file.root.at("cases").as_array()) {
    const auto& recorded = entry.as_object();
    const auto id = textOf(recorded, "id");
    if (id.find(arguments.only) == std::string::npos) continue;
    std::string difference;
    try {
      difference = check(file, recorded, arguments.mode, typedCalls);
    } catch (const std::exception& error) {
      difference = std::string("unexpected exception: ") + error.what();
    }
    auto& group = groups[textOf(recorded, "group")];
    if (difference.empty()) {
      ++passed;
      ++group.first;
      continue;
    }
    ++failed;
    ++group.second;
    const bool allowed = decisions.allow(recorded);
    decided += allowed;
    std::cout << id << ": " << difference << (allowed ? " (decided)" : "") << '\n';
  }
  for (const auto& [name, counts] : groups)
    std::cout << "  " << name << ": " << counts.first << " passed, " << counts.second << " failed\n";
  if (!typedCalls.empty()) std::cout << typedCalls.size() << " methods were called with C++'s types, too\n";
  if (decided) std::cout << decided << " of the failures are decided in conformance/decisions.md\n";
  std::cout << passed << " passed, " << failed << " failed\n";
  return failed == decided ? 0 : 1;
}
