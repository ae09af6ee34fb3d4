// `clerkd keys`: what an app must find in its environment.

#include "commands/commands.hpp"

#include "database.hpp"
#include "dotenv_text.hpp"
#include "serve_options.hpp"
#include "server.hpp"

#include <cstdlib>
#include <iostream>
#include <memory>

namespace clerkd {
namespace {

struct Keys {
  DatabaseOptions database;
  std::string origin;
  std::string frontendApiHost;
  std::string webhook;
};

int run(const Keys& options) {
  try {
    auto instanceOptions = instanceOptionsFor(options.database);
    instanceOptions.purpose = clerk::Purpose::SetUp;
    if (!options.origin.empty()) {
      instanceOptions.origin = options.origin;
      instanceOptions.frontendApiHost = frontendApiHostOf(options.origin, options.frontendApiHost);
    }
    if (!options.webhook.empty()) instanceOptions.webhookEndpoints = webhookEndpoints({options.webhook});
    const clerk::InstancePlugin instance(std::move(instanceOptions));
    for (const auto& [name, value] : instance.environment()) std::cout << dotenvLine(name, value) << '\n';
    if (!options.webhook.empty()) {
      std::cout << dotenvLine("CLERK_WEBHOOK_SIGNING_SECRET", instance.webhookSecret(options.webhook)) << '\n';
    }
    std::cout << std::flush;
  } catch (const std::exception& error) {
    return fail(error.what());
  }
  return EXIT_SUCCESS;
}

}  // namespace

ReadyCommand declareKeys(OptionList& options) {
  auto values = std::make_shared<Keys>();
  declareDatabase(options, values->database);
  options.option("origin", values->origin, "Where browsers and apps reach the instance")
      .option("frontend-api-host", values->frontendApiHost, "The host inside the publishable key")
      .argument("webhook", values->webhook, "An address that gets events: prints what its receiver verifies with");
  return {[values] { return problemsOf(values->database); }, [values] { return run(*values); }};
}

}  // namespace clerkd
