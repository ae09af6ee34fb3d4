// clerkd: a Clerk instance of one's own.

#include "database.hpp"
#include "dev.hpp"
#include "exit_code.hpp"
#include "serve.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
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

void declareLogLevel(CLI::App& command, std::string& level) {
  command.add_option("--log-level", level, "Lowest level of log lines, which go to standard error")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "fatal", "silent"}))
      ->capture_default_str();
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
  dev->add_option("--webhook", options.webhooks, "An address that gets all events; its secret: clerkd keys --webhook");
  declareLogLevel(*dev, options.logLevel);
}

/// A file of `name = value` lines belongs to the command that is run, whichever that is.
class CommandConfig final : public CLI::ConfigTOML {
 public:
  explicit CommandConfig(std::string command) : command_(std::move(command)) {}
  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override {
    auto items = CLI::ConfigTOML::from_config(input);
    for (auto& item : items) item.parents.insert(item.parents.begin(), command_);
    return items;
  }

 private:
  std::string command_;
};

/// Each option may also be a line of the configuration file (`origin = "https://…"`), or a variable: CLERKD_ORIGIN.
template <class Value>
CLI::Option* declare(CLI::App& command, const std::string& name, Value& value, const std::string& help) {
  std::string variable = "CLERKD_" + name;
  std::ranges::transform(variable, variable.begin(), [](char c) { return c == '-' ? '_' : std::toupper(c); });
  return command.add_option("--" + name, value, help)->envname(variable);
}

void declareDatabase(CLI::App& command, clerkd::DatabaseOptions& options) {
  declare(command, "data", options.data, "Folder of keys and data (SQLite); made when missing");
  declare(command, "database", options.url, "A PostgreSQL database: postgresql://user@host/name");
  declare(command, "encryption-key", options.encryptionKey, "Seals the keys in the database; better as a variable");
  command
      .add_option_function<std::string>(
          "--key-mode", [&options](const std::string& mode) { options.testKeys = mode == "test"; },
          "Form of the keys: live (pk_live_) or test (pk_test_, clients run their development-browser flow)")
      ->check(CLI::IsMember({"live", "test"}))
      ->default_str("live")
      ->envname("CLERKD_KEY_MODE");
}

void declareServe(CLI::App& program, clerkd::ServeOptions& options) {
  auto* serve = program.add_subcommand("serve", "Runs an instance for others");
  serve->footer("Every option may stand in the file of --config, or be a variable: --smtp-url is CLERKD_SMTP_URL.");
  declareDatabase(*serve, options.database);
  declare(*serve, "listen", options.listen, "HOST:PORT, or the path of a Unix socket")->capture_default_str();
  declare(*serve, "origin", options.origin, "Where browsers and apps reach it: https://accounts.example.com");
  declare(*serve, "frontend-api-host", options.frontendApiHost, "The host inside the publishable key");
  declare(*serve, "name", options.applicationName, "Name of the application, as pages show it")->capture_default_str();
  declare(*serve, "settings", options.settings, "A JSON file: how people sign in (docs/instance-settings.md)");
  declare(*serve, "allow-origin", options.allowedOrigins, "An origin of an app to which browsers may be sent back");
  declare(*serve, "webhook", options.webhooks, "An address that gets all events; its secret: clerkd keys --webhook");
  declare(*serve, "trust-proxy", options.trustedProxies, "An address or network whose X-Forwarded-* headers count");
  declare(*serve, "tls-certificate", options.tlsCertificate, "PEM file: the certificate, then those above it");
  declare(*serve, "tls-key", options.tlsKey, "PEM file: its private key");
  declare(*serve, "portal-packages", options.portalPackages,
          "A node_modules folder with @clerk/clerk-js and @clerk/ui");
  declare(*serve, "smtp-url", options.smtpUrl, "Mail server: smtp://user:password@host:587 or smtps://...");
  declare(*serve, "mail-from", options.mailFrom, "Sender of mails: \"Example <no-reply@example.com>\"");
  declare(*serve, "message-webhook", options.messageWebhook, "Gets text messages (mails, too, without --smtp-url)");
  declare(*serve, "message-webhook-secret", options.messageWebhookSecret, "whsec_..., signs what goes there");
  declare(*serve, "threads", options.threads, "Threads that answer requests")->capture_default_str();
  declareLogLevel(*serve, options.logLevel);
}

}  // namespace

int main(int count, char** values) {
  std::vector<std::string> arguments(values + 1, values + count);
  clerkd::DevOptions dev;
  clerkd::ServeOptions serve;
  clerkd::DatabaseOptions database;
  std::string origin;
  std::string webhook;
  dev.command = takeCommand(arguments);

  CLI::App program("A Clerk instance of your own: Frontend API, Backend API, key set and account portal.", "clerkd");
  program.set_version_flag("--version", "clerkd " CLERKD_VERSION);
  program.require_subcommand(1);
  program.fallthrough();  // for --config behind the command
  program.set_config("--config", "", "A file of options, one `name = value` a line");
  program.allow_config_extras(CLI::config_extras_mode::error);
  program.config_formatter(std::make_shared<CommandConfig>(arguments.empty() ? std::string() : arguments.front()));
  declareDev(program, dev);
  declareServe(program, serve);
  auto* migrate = program.add_subcommand("migrate", "Brings a database up to date");
  declareDatabase(*migrate, database);
  auto* keys = program.add_subcommand("keys", "Prints the environment that an app needs, with the secret key");
  declareDatabase(*keys, database);
  declare(*keys, "origin", origin, "Where browsers and apps reach the instance");
  keys->add_option("--webhook", webhook, "An address that gets events: prints what its receiver verifies with");
  try {
    std::ranges::reverse(arguments);  // what CLI11 wants of a vector
    program.parse(arguments);
  } catch (const CLI::Success& asked) {
    return program.exit(asked);  // --help, --version
  } catch (const CLI::ParseError& error) {
    std::cerr << "clerkd: " << error.what() << " (see clerkd --help)\n";
    return clerkd::exit_code::usage;
  }
  if (program.got_subcommand("serve")) return clerkd::runServe(serve);
  if (program.got_subcommand(migrate)) return clerkd::runMigrate(database);
  if (program.got_subcommand(keys)) return clerkd::runKeys(database, origin, webhook);
  return clerkd::runDev(dev);
}
