// The server under test. `fastify_app APP [VARIANT]` listens on 127.0.0.1 (environment PORT: which port, default any)
// and prints one JSON object a line: {"listening":PORT} first, then the app's events and log lines. A line `close` on
// standard input starts the graceful close and is answered with {"closed":true}; `exit` or the end of input ends the
// program. `fastify_app startup CASE` prints what one start-up case gives; `fastify_app startup --list` names the
// cases.
#include "app.hpp"
#include "startup.hpp"

#include <ecmascript/json_text.hpp>

#include <unistd.h>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>

using namespace fastify;

namespace conformance {
namespace {

/// Whole lines, whichever thread they come from.
void printLine(const JsonObject& object) {
  static std::mutex mutex;
  const auto line = ecmascript::stringify(object) + "\n";
  const std::lock_guard lock(mutex);
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fflush(stdout);
}

std::uint16_t portFromEnvironment() {
  const char* port = std::getenv("PORT");
  return port ? static_cast<std::uint16_t>(std::atoi(port)) : 0;
}

void closeAndTell(Fastify& app) {
  try {
    app.close();
    printLine({{"closed", true}});
  } catch (const std::exception& error) {
    printLine({{"closed", false}, {"error", error.what()}});
  }
}

/// Closing waits for what is in flight, and `exit` must be heard meanwhile: hence a thread.
void obeyInput(Fastify& app) {
  std::thread closing;
  for (std::string line; std::getline(std::cin, line) && line != "exit";) {
    if (line == "close" && !closing.joinable()) closing = std::thread([&app] { closeAndTell(app); });
  }
  app.log().flush();
  std::fflush(stdout);
  std::_Exit(0);  // at once, like Node's process.exit: whatever handlers are doing
}

int serve(const App& app, const std::string& variant) {
  try {
    const auto instance = app.build({.variant = variant, .emit = printLine});
    instance->listen({.port = portFromEnvironment(), .host = "127.0.0.1"});
    printLine({{"listening", instance->addresses().at(0).port}});
    obeyInput(*instance);
  } catch (...) {
    const auto error = FastifyError::from(std::current_exception());
    printLine({{"startup_error", {{"code", error.code}, {"message", error.message}}}});
  }
  return 1;
}

int startup(const std::string& name) {
  const auto cases = startupCases();
  if (name == "--list") {
    for (const auto& startupCase : cases) std::cout << startupCase.name << '\n';
    return 0;
  }
  const auto found = std::ranges::find(cases, name, &StartupCase::name);
  if (found == cases.end()) {
    std::cerr << "no start-up case is called " << name << "; `fastify_app startup --list` names them\n";
    return 2;
  }
  printLine(runStartupCase(*found));
  return 0;
}

int usage() {
  std::cerr << "usage: fastify_app APP [VARIANT] | fastify_app startup CASE | fastify_app startup --list\napps:";
  for (const auto& app : apps()) std::cerr << ' ' << app.name;
  std::cerr << '\n';
  return 2;
}

}  // namespace
}  // namespace conformance

int main(int argc, char** argv) {
  using namespace conformance;
  const std::string name = argc > 1 ? argv[1] : "";
  const std::string second = argc > 2 ? argv[2] : "default";
  if (name == "startup" && argc > 2) return startup(second);
  const auto found = std::ranges::find(apps(), name, &App::name);
  return found == apps().end() ? usage() : serve(*found, second);
}
