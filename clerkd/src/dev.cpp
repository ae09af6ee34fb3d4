#include "dev.hpp"

#include "child_process.hpp"
#include "dotenv_text.hpp"
#include "free_port.hpp"
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
#include <system_error>

namespace clerkd {
namespace {

constexpr auto childPatience = std::chrono::seconds(10);

int fail(const std::string& what, int code = exit_code::failed) {
  std::cerr << "clerkd: " << what << std::endl;
  return code;
}

/// Beside the program (an installation that was moved), where it was installed, or in the source tree.
std::filesystem::path findPortalPackages() {
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const std::filesystem::path places[] = {program.parent_path().parent_path() / "share/clerk/portal/node_modules",
                                          CLERKD_INSTALLED_PACKAGES, CLERKD_SOURCE_PACKAGES};
  for (const auto& place : places) {
    if (std::filesystem::exists(place / "@clerk/clerk-js", ignored)) return place;
  }
  return places[1];
}

/// Keys and people's data do not belong into a repository.
void keepOutOfGit(const std::filesystem::path& folder) {
  const auto file = folder / ".gitignore";
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) std::ofstream(file) << "*\n";
}

/// What stands in a log line of a request: its path alone, since queries, cookies and headers carry tokens and tickets.
fastify::Json withoutSecrets(const fastify::Json& request) {
  auto shown = request;
  auto* object = shown.if_object();
  if (object) object->erase("headers");
  auto* url = object ? object->if_contains("url") : nullptr;
  if (url && url->is_string()) {
    const auto& text = url->get_string();
    *url = std::string_view(text).substr(0, std::string_view(text).find('?'));
  }
  return shown;
}

fastify::FastifyOptions appOptions(const DevOptions& options) {
  fastify::LoggerOptions logger{.level = options.logLevel, .destination = 2};
  logger.serializers["req"] = withoutSecrets;
  return {.logger = logger, .frameworkErrors = clerk::answerFrameworkError};
}

std::string listenError(const fastify::FastifyError& error, std::uint16_t port) {
  const auto number = std::to_string(port);
  if (error.code == "EADDRINUSE") {
    return "port " + number + " is in use; choose another one with --port, or stop what uses it";
  }
  if (error.code == "EACCES") return "port " + number + " needs privileges; choose one above 1023 with --port";
  return "cannot listen on port " + number + ": " + error.message;
}

void printEnvironment(const clerk::Instance& instance) {
  for (const auto& [name, value] : instance.environment()) std::cout << dotenvLine(name, value) << '\n';
  std::cout << "# Sign up at " << instance.origin() << "/sign-up, read mails at " << instance.origin() << "/__dev"
            << std::endl;
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

int serve(const DevOptions& options, const clerk::Instance& instance, fastify::Fastify& app, Signals& signals) {
  std::optional<ChildProcess> child;
  if (!options.command.empty()) {
    try {
      child.emplace(options.command, instance.environment());
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
      .dataFolder = options.data,
      .origin = "http://localhost:" + std::to_string(port),
      .keyMode = options.testKeys ? clerk::KeyMode::Test : clerk::KeyMode::Live,
      .applicationName = options.applicationName,
      .portalPackages = options.portalPackages.empty() ? findPortalPackages() : options.portalPackages,
      .allowedOrigins = options.allowedOrigins,
      .settingsFile = options.settings,
      .encryptionKey = std::getenv("CLERKD_ENCRYPTION_KEY") ? std::getenv("CLERKD_ENCRYPTION_KEY") : ""};
  std::optional<clerk::Instance> instance;
  try {
    instance.emplace(instanceOptions);
  } catch (const std::exception& error) {
    return fail(error.what());
  }
  keepOutOfGit(options.data);
  if (!instance->hasPortalPackages()) {
    std::cerr << "clerkd: no Clerk components in " << instanceOptions.portalPackages.string()
              << "; the APIs work, the pages do not (see --portal-packages)" << std::endl;
  }

  fastify::Fastify app(appOptions(options));
  app.registerPlugin(*instance);
  try {
    app.listen({.port = port, .host = "localhost"});
  } catch (...) {
    return fail(listenError(fastify::FastifyError::from(std::current_exception()), port));
  }
  printEnvironment(*instance);
  return serve(options, *instance, app, signals);
}

}  // namespace clerkd
