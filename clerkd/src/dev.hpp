#pragma once
// `clerkd dev`: an instance for one's own machine.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace clerkd {

/// Exit codes of the command; those of a child's are its own.
namespace exit_code {
inline constexpr int failed = 1;           ///< it could not start, or not go on
inline constexpr int usage = 2;            ///< the arguments are wrong
inline constexpr int cannotExecute = 126;  ///< COMMAND is not a program
inline constexpr int notFound = 127;       ///< COMMAND is not there
}  // namespace exit_code

struct DevOptions {
  std::uint16_t port = 4000;  ///< 0: any free one
  std::filesystem::path data = ".clerkd";
  std::filesystem::path portalPackages;  ///< empty: the installed ones, else those of the source tree
  std::filesystem::path settings;        ///< empty: the defaults
  bool testKeys = false;
  std::string applicationName = "Application";
  std::vector<std::string> allowedOrigins;
  std::string logLevel = "warn";
  std::vector<std::string> command;  ///< empty: none
};

/// Serves until SIGINT or SIGTERM, or until COMMAND ends. Returns the exit code. Prints the environment of an app to
/// standard output, log lines to standard error. Call it from `main`, before there are other threads.
int runDev(const DevOptions& options);

}  // namespace clerkd
