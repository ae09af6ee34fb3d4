#include "server.hpp"

#include <clerk/instance.hpp>
#include <fastify/fastify.hpp>

#include <iostream>
#include <string_view>
#include <system_error>

namespace clerkd {
namespace {

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

}  // namespace

int fail(const std::string& what, int code) {
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

std::vector<std::string> logLevels() { return {"trace", "debug", "info", "warn", "error", "fatal", "silent"}; }

fastify::ListenOptions listenOptionsOf(const ListenAddress& address) {
  if (!address.path.empty()) return {.path = address.path};
  return {.port = address.port, .host = address.host};
}

fastify::FastifyOptions appOptions(const std::string& logLevel) {
  fastify::LoggerOptions logger{.level = logLevel, .destination = 2};
  logger.serializers["req"] = withoutSecrets;
  return {.logger = logger, .frameworkErrors = clerk::answerFrameworkError};
}

std::string listenError(const fastify::FastifyError& error, const std::string& where, const std::string& option) {
  if (error.code == "EADDRINUSE") {
    return where + " is in use; choose another one with " + option + ", or stop what uses it";
  }
  if (error.code == "EACCES") return where + " needs privileges; choose one above 1023 with " + option;
  return "cannot listen on " + where + ": " + error.message;
}

}  // namespace clerkd
