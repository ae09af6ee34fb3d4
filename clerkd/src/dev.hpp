#pragma once
// `clerkd dev`: an instance for one's own machine.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace clerkd {

struct DevOptions {
  std::uint16_t port = 4000;  ///< 0: any free one
  std::filesystem::path data = ".clerkd";
  std::string database;                  ///< a PostgreSQL database instead of `data`
  std::filesystem::path portalPackages;  ///< empty: the installed ones, else those of the source tree
  std::filesystem::path settings;        ///< empty: the defaults
  bool testKeys = false;
  bool testControl = false;  ///< `/__control`, for tests of an app
  bool dashboard = true;  ///< the operator's page
  std::string applicationName = "Application";
  std::vector<std::string> allowedOrigins;
  std::vector<std::string> webhooks;  ///< addresses that get all events
  std::string logLevel = "warn";
  std::vector<std::string> command;  ///< empty: none
};

/// Serves until SIGINT or SIGTERM, or until COMMAND ends. Returns the exit code. Prints the environment of an app to
/// standard output, log lines to standard error. Call it from `main`, before there are other threads.
int runDev(const DevOptions& options);

}  // namespace clerkd
