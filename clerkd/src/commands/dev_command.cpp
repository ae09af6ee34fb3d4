// `clerkd dev`, as it is typed.

#include "commands/commands.hpp"

#include "dev.hpp"
#include "server.hpp"

#include <memory>

namespace clerkd {

ReadyCommand declareDev(OptionList& options) {
  struct Dev : DevOptions {
    std::string keyMode = "live";
    std::string dashboardChoice = "on";
    std::size_t portNumber = DevOptions().port;
  };
  auto values = std::make_shared<Dev>();
  options.argument("port", values->portNumber, 0, 65535, "Port to listen on; 0 takes any free one")
      .argument("data", values->data, "Folder of keys and data; made when missing")
      .argument("database", values->database, "A PostgreSQL database instead of the folder")
      .argument("portal-packages", values->portalPackages, "A node_modules folder with @clerk/clerk-js and @clerk/ui")
      .argumentChoice("key-mode", values->keyMode, {"live", "test"},
                      "Form of the keys: with test keys, clients run their development-browser flow")
      .argument("settings", values->settings, "JSON file: identifiers, factors and social connections of the instance")
      .argument("name", values->applicationName, "Name of the application, as pages show it")
      .argument("allow-origin", values->allowedOrigins,
                "An origin besides this machine to which browsers may be sent back, such as https://app.example.com")
      .argument("webhook", values->webhooks, "An address that gets all events; its secret is printed, too")
      .flag("test-control", values->testControl,
            "Lets tests of an app read what was sent, move the clock and remove everybody, at /__control")
      .argumentChoice("dashboard", values->dashboardChoice, {"on", "off"}, "The operator's page at /dashboard")
      .argumentChoice("log-level", values->logLevel, logLevels(),
                      "Lowest level of log lines, which go to standard error")
      .argument("command", values->command, "What stands behind a bare --");
  return {[values] { return std::vector<std::string>(); },
          [values] {
            values->dashboard = values->dashboardChoice == "on";
            values->testKeys = values->keyMode == "test";
            values->port = static_cast<std::uint16_t>(values->portNumber);
            return runDev(*values);
          }};
}

}  // namespace clerkd
