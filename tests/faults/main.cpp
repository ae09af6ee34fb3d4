// Plays random histories of people who sign up, in and out, and of backends that manage them, while servers are killed,
// connections cut, databases restarted and clocks moved; holds what is answered against a model (model.hpp).
//   faults [--world in-process|sqlite|postgres] [--histories 1000] [--seed 1] [--steps 50] [--tell]
// A history follows from its seed: `--histories 1 --seed N` plays it again. One that breaks a promise is shortened, and
// printed. The last line is `N passed, N failed`.

#include "in_process_world.hpp"
#include "player.hpp"
#include "process_world.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <string>

namespace {

using namespace faults;

struct Options {
  std::string world = "in-process";
  std::uint64_t histories = 1000;
  std::uint64_t seed = 1;
  std::size_t steps = 50;
  bool tell = false;
};

/// Plays histories; knows how to have a world for the next one.
class Theatre {
 public:
  explicit Theatre(const Options& options) : options_(options) {
    traits_ = {
        .twoServers = options.world == "postgres", .sockets = options.world != "in-process", .steps = options.steps};
  }

  const Traits& traits() const noexcept { return traits_; }

  std::optional<Violation> play(const std::vector<Step>& steps, std::uint64_t seed) {
    // A world inside this process begins anew each time, so that a history is the same whatever was played before.
    if (!world_ || !traits_.sockets) world_ = makeWorld();
    Player player(*world_, "h" + std::to_string(seed) + "p" + std::to_string(++plays_));
    player.tell = options_.tell;
    auto violation = player.play(steps);
    total_.requests += player.counts().requests;
    total_.lost += player.counts().lost;
    total_.struck += player.counts().struck;
    total_.failed += player.counts().failed;
    return violation;
  }
  const Counts& total() const noexcept { return total_; }

 private:
  std::unique_ptr<World> makeWorld() {
    world_.reset();
    if (!traits_.sockets) return makeInProcessWorld();
    const auto binaries = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    return makeProcessWorld(traits_.twoServers ? Engine::Postgres : Engine::Sqlite, binaries);
  }

  const Options& options_;
  Traits traits_;
  std::unique_ptr<World> world_;
  std::uint64_t plays_ = 0;
  Counts total_;
};

/// Leaves out what the violation does not need: what follows it, then step by step.
std::vector<Step> shorten(Theatre& theatre, std::vector<Step> steps, std::uint64_t seed, Violation& violation) {
  // Where servers race, one try does not prove that a step is needed.
  const int tries = theatre.traits().sockets ? 3 : 1;
  const auto breaks = [&](const std::vector<Step>& candidate) {
    for (int i = 0; i < tries; ++i) {
      if (auto again = theatre.play(candidate, seed)) {
        violation = *again;
        return true;
      }
    }
    return false;
  };
  if (violation.step + 1 < steps.size()) {
    auto prefix = steps;
    prefix.resize(violation.step + 1);
    if (breaks(prefix)) steps = prefix;
  }
  for (std::size_t at = steps.size(); at-- > 0;) {
    auto fewer = steps;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at));
    if (breaks(fewer)) steps = std::move(fewer);
  }
  return steps;
}

void report(Theatre& theatre, const Options& options, std::uint64_t seed, std::vector<Step> steps,
            Violation violation) {
  std::printf("seed %llu breaks a promise at step %zu: %s\n", static_cast<unsigned long long>(seed), violation.step,
              violation.what.c_str());
  std::fflush(stdout);
  const auto first = violation.what;
  steps = shorten(theatre, std::move(steps), seed, violation);
  std::printf("shortened to %zu steps: %s\n", steps.size(), violation.what.c_str());
  for (const auto& step : steps) std::printf("  %s\n", describe(step).c_str());
  std::printf("again: faults --world %s --steps %zu --histories 1 --seed %llu --tell\n", options.world.c_str(),
              options.steps, static_cast<unsigned long long>(seed));
}

template <class Number>
Number number(const std::string& text) {
  Number value{};
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size()) {
    std::cerr << "faults: '" << text << "' is no number" << std::endl;
    std::exit(2);
  }
  return value;
}

Options optionsOf(int count, char** values) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string name = values[i];
    if (name == "--tell") {
      options.tell = true;
      continue;
    }
    const std::string value = i + 1 < count ? values[++i] : "";
    if (name == "--world" && (value == "in-process" || value == "sqlite" || value == "postgres")) {
      options.world = value;
    } else if (name == "--histories") {
      options.histories = number<std::uint64_t>(value);
    } else if (name == "--seed") {
      options.seed = number<std::uint64_t>(value);
    } else if (name == "--steps") {
      options.steps = number<std::size_t>(value);
    } else {
      std::cerr << "faults [--world in-process|sqlite|postgres] [--histories N] [--seed N] [--steps N] [--tell]"
                << std::endl;
      std::exit(2);
    }
  }
  return options;
}

}  // namespace

int main(int count, char** values) {
  const auto options = optionsOf(count, values);
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
  try {
    Theatre theatre(options);
    const auto started = std::chrono::steady_clock::now();
    for (std::uint64_t i = 0; i < options.histories && failed < 5; ++i) {
      const auto seed = options.seed + i;
      const auto steps = makeHistory(seed, theatre.traits());
      if (auto violation = theatre.play(steps, seed)) {
        ++failed;
        report(theatre, options, seed, steps, *std::move(violation));
      } else {
        ++passed;
      }
      if ((i + 1) % 1000 == 0) {
        std::printf("%llu histories\n", static_cast<unsigned long long>(i + 1));
        std::fflush(stdout);
      }
    }
    const auto& total = theatre.total();
    const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    std::printf(
        "%s: seeds %llu to %llu, %zu requests, %zu struck by a fault, %zu without an answer, %zu failed by it; %.0f "
        "s\n",
        options.world.c_str(), static_cast<unsigned long long>(options.seed),
        static_cast<unsigned long long>(options.seed + options.histories - 1), total.requests, total.struck, total.lost,
        total.failed, took);
  } catch (const std::exception& error) {
    std::printf("faults: %s\n", error.what());
    ++failed;
  }
  std::printf("%llu passed, %llu failed\n", static_cast<unsigned long long>(passed),
              static_cast<unsigned long long>(failed));
  return failed == 0 && passed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
