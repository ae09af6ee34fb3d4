#include "dev.hpp"

#include "child_process.hpp"
#include "database.hpp"
#include "dotenv_text.hpp"
#include "free_port.hpp"
#include "server.hpp"
#include "signals.hpp"

#include <clerk/instance.hpp>
#include <fastify/fastify.hpp>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace clerkd {
namespace {

constexpr auto childPatience = std::chrono::seconds(10);

/// Keys and people's data do not belong into a repository.
void keepOutOfGit(const std::filesystem::path& folder) {
  const auto file = folder / ".gitignore";
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) std::ofstream(file) << "*\n";
}

using Environment = std::vector<std::pair<std::string, std::string>>;

/// What an app reads; where it gets webhooks, also what it verifies them with. An app has one secret: the first one's.
Environment environmentOf(const clerk::InstancePlugin& instance, const DevOptions& options) {
  auto environment = instance.environment();
  if (!options.webhooks.empty()) {
    environment.emplace_back("CLERK_WEBHOOK_SIGNING_SECRET", instance.webhookSecret(options.webhooks.front()));
  }
  return environment;
}

void printEnvironment(const Environment& environment, const clerk::InstancePlugin& instance, bool hasDashboard) {
  for (const auto& [name, value] : environment) std::cout << dotenvLine(name, value) << '\n';
  std::cout << "# Sign up at " << instance.origin() << "/sign-up, read mails at " << instance.origin() << "/__dev"
            << std::endl;
  if (hasDashboard) std::cout << "# Look over everything at " << instance.origin() << "/dashboard" << std::endl;
}

/// Waits for what ends the instance; COMMAND's exit code when that is why.
std::optional<int> waitForEnd(Signals& signals, ChildProcess* child) {
  while (true) {
    // Asked first: it may have ended before anybody waited.
    if (child) {
      if (const auto code = child->poll()) return code;
    }
    if (signals.wait() == Signals::Kind::Stop) return std::nullopt;
  }
}

int serve(const DevOptions& options, const Environment& environment, fastify::Fastify& app, Signals& signals) {
  std::optional<ChildProcess> child;
  if (!options.command.empty()) {
    try {
      child.emplace(options.command, environment);
    } catch (const std::system_error& error) {
      app.close();
      return fail("cannot run " + options.command.front() + ": " + error.code().message(),
                  error.code().value() == ENOENT ? exit_code::notFound : exit_code::cannotExecute);
    }
  }
  const auto childCode = waitForEnd(signals, child ? &*child : nullptr);
  signals.restore();  // from here on a second Ctrl-C ends the program at once
  if (child && !childCode) child->stop(childPatience);
  app.close();
  return childCode.value_or(EXIT_SUCCESS);
}

}  // namespace

int runDev(const DevOptions& options) {
  Signals signals;
  const auto port = options.port != 0 ? options.port : findFreePort();
  if (port == 0) return fail("no port of this machine is free");
  const clerk::InstanceOptions instanceOptions{
      .dataFolder = options.database.empty() ? options.data : std::filesystem::path(),
      .database = options.database,
      .origin = "http://localhost:" + std::to_string(port),
      .keyMode = options.testKeys ? clerk::KeyMode::Test : clerk::KeyMode::Live,
      .applicationName = options.applicationName,
      .portalPackages = options.portalPackages.empty() ? findPortalPackages() : options.portalPackages,
      .allowedOrigins = options.allowedOrigins,
      .testControl = options.testControl,
      .dashboard = options.dashboard,
      .settingsFile = options.settings,
      .encryptionKey = std::getenv("CLERKD_ENCRYPTION_KEY") ? std::getenv("CLERKD_ENCRYPTION_KEY") : "",
      .webhookEndpoints = webhookEndpoints(options.webhooks)};
  std::optional<clerk::InstancePlugin> instance;
  try {
    instance.emplace(instanceOptions);
  } catch (const std::exception& error) {
    return fail(error.what());
  }
  if (options.database.empty()) keepOutOfGit(options.data);
  if (!instance->hasPortalPackages()) {
    std::cerr << "clerkd: no Clerk components in " << instanceOptions.portalPackages.string()
              << "; the APIs work, the pages do not (see --portal-packages)" << std::endl;
  }

  fastify::Fastify app(appOptions(options.logLevel));
  app.registerPlugin(*instance);
  try {
    app.listen({.port = port, .host = "localhost"});
  } catch (...) {
    return fail(
        listenError(fastify::FastifyError::from(std::current_exception()), "port " + std::to_string(port), "--port"));
  }
  const auto environment = environmentOf(*instance, options);
  printEnvironment(environment, *instance, options.dashboard);
  return serve(options, environment, app, signals);
}

}  // namespace clerkd
