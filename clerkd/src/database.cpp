#include "database.hpp"

#include "dotenv_text.hpp"
#include "server.hpp"

#include <cstdlib>
#include <exception>
#include <functional>
#include <iostream>

namespace clerkd {
namespace {

/// Opens the instance for `work`; says what is wrong when it cannot be opened.
template <class Work>
int withInstance(const DatabaseOptions& options, const std::function<void(clerk::InstanceOptions&)>& refine,
                 Work work) {
  if (const auto problem = problemOfDatabase(options)) return fail(*problem, exit_code::usage);
  try {
    auto instanceOptions = instanceOptionsFor(options);
    refine(instanceOptions);
    work(clerk::InstancePlugin(std::move(instanceOptions)));
  } catch (const std::exception& error) {
    return fail(error.what());
  }
  return EXIT_SUCCESS;
}

}  // namespace

std::optional<std::string> problemOfDatabase(const DatabaseOptions& options) {
  if (options.data.empty() != options.url.empty()) return std::nullopt;
  return "choose one of --data FOLDER (SQLite) and --database postgresql://... (PostgreSQL)";
}

clerk::InstanceOptions instanceOptionsFor(const DatabaseOptions& options) {
  return {.dataFolder = options.data,
          .database = options.url,
          .keyMode = options.testKeys ? clerk::KeyMode::Test : clerk::KeyMode::Live,
          .encryptionKey = options.encryptionKey};
}

std::vector<clerk::WebhookEndpoint> webhookEndpoints(const std::vector<std::string>& addresses) {
  std::vector<clerk::WebhookEndpoint> endpoints;
  for (const auto& address : addresses) endpoints.push_back({.url = address});
  return endpoints;
}

int runMigrate(const DatabaseOptions& options) {
  return withInstance(
      options, [](clerk::InstanceOptions&) {},
      [](const clerk::InstancePlugin&) { std::cout << "clerkd: the database is up to date" << std::endl; });
}

int runKeys(const DatabaseOptions& options, const std::string& origin, const std::string& webhook) {
  const auto refine = [&](clerk::InstanceOptions& instance) {
    if (!origin.empty()) instance.origin = origin;
    if (!webhook.empty()) instance.webhookEndpoints = webhookEndpoints({webhook});
  };
  return withInstance(options, refine, [&](const clerk::InstancePlugin& instance) {
    for (const auto& [name, value] : instance.environment()) std::cout << dotenvLine(name, value) << '\n';
    if (!webhook.empty()) {
      std::cout << dotenvLine("CLERK_WEBHOOK_SIGNING_SECRET", instance.webhookSecret(webhook)) << '\n';
    }
    std::cout << std::flush;
  });
}

}  // namespace clerkd
