// clerkd: a Clerk instance of one's own.

#include "dev.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

namespace {

/// What stands after a bare `--`: the command to run; the rest is ours.
std::vector<std::string> takeCommand(std::vector<std::string>& arguments) {
  const auto dashes = std::ranges::find(arguments, "--");
  if (dashes == arguments.end()) return {};
  std::vector<std::string> command(dashes + 1, arguments.end());
  arguments.erase(dashes, arguments.end());
  return command;
}

void declareDev(CLI::App& program, clerkd::DevOptions& options) {
  auto* dev = program.add_subcommand("dev", "Runs an instance on this machine, for development");
  dev->footer(
      "Usage with a command: clerkd dev [OPTIONS] -- COMMAND [ARGUMENTS...]\n"
      "Prints the environment that an app needs; COMMAND is run with it and ended with the instance, and its exit code "
      "is "
      "passed on.\nCLERKD_ENCRYPTION_KEY seals the keys in the data folder.");
  dev->add_option("--port", options.port, "Port to listen on; 0 takes any free one")->capture_default_str();
  dev->add_option("--data", options.data, "Folder of keys and data; made when missing")->capture_default_str();
  dev->add_option("--portal-packages", options.portalPackages,
                  "A node_modules folder with @clerk/clerk-js and @clerk/ui");
  dev->add_option_function<std::string>(
         "--key-mode", [&options](const std::string& mode) { options.testKeys = mode == "test"; },
         "Form of the keys: live (pk_live_) or test (pk_test_, clients run their development-browser flow)")
      ->check(CLI::IsMember({"live", "test"}))
      ->default_str("live");
  dev->add_option("--settings", options.settings,
                  "JSON file: identifiers, factors and social connections of the instance");
  dev->add_option("--name", options.applicationName, "Name of the application, as pages show it")
      ->capture_default_str();
  dev->add_option("--allow-origin", options.allowedOrigins,
                  "An origin besides this machine to which browsers may be sent back, such as https://app.example.com");
  dev->add_option("--log-level", options.logLevel, "Lowest level of log lines, which go to standard error")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "fatal", "silent"}))
      ->capture_default_str();
}

}  // namespace

int main(int count, char** values) {
  std::vector<std::string> arguments(values + 1, values + count);
  clerkd::DevOptions options;
  options.command = takeCommand(arguments);

  CLI::App program("A Clerk instance of your own: Frontend API, Backend API, key set and account portal.", "clerkd");
  program.set_version_flag("--version", "clerkd " CLERKD_VERSION);
  program.require_subcommand(1);
  declareDev(program, options);
  try {
    std::ranges::reverse(arguments);  // what CLI11 wants of a vector
    program.parse(arguments);
  } catch (const CLI::Success& asked) {
    return program.exit(asked);  // --help, --version
  } catch (const CLI::ParseError& error) {
    std::cerr << "clerkd: " << error.what() << " (see clerkd --help)\n";
    return clerkd::exit_code::usage;
  }
  return clerkd::runDev(options);
}
