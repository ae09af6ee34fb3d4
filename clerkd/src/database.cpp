#include "database.hpp"

namespace clerkd {

void declareDatabase(OptionList& options, DatabaseOptions& database) {
  options.option("data", database.data, "Folder of keys and data (SQLite)")
      .option("database", database.url, "A PostgreSQL database: postgresql://user@host/name")
      .option("encryption-key", database.encryptionKey, "Seals the keys in the database; better as a variable")
      .choice("key-mode", database.keyMode, {"live", "test"},
              "Form of the keys: with test keys, clients run their development-browser flow");
}

std::vector<std::string> problemsOf(const DatabaseOptions& options) {
  std::vector<std::string> problems;
  if (options.data.empty() == options.url.empty()) {
    problems.emplace_back("choose one of --data FOLDER (SQLite) and --database postgresql://... (PostgreSQL)");
  }
  constexpr std::size_t shortestKey = 16;
  if (!options.encryptionKey.empty() && options.encryptionKey.size() < shortestKey) {
    problems.emplace_back(
        "--encryption-key is too short; use 32 random bytes, such as `openssl rand -base64 32` prints");
  }
  return problems;
}

clerk::InstanceOptions instanceOptionsFor(const DatabaseOptions& options) {
  return {.dataFolder = options.data,
          .database = options.url,
          .keyMode = options.keyMode == "test" ? clerk::KeyMode::Test : clerk::KeyMode::Live,
          .encryptionKey = options.encryptionKey};
}

clerk::InstanceOptions managingOptionsFor(const DatabaseOptions& options) {
  auto instance = instanceOptionsFor(options);
  instance.purpose = clerk::Purpose::Manage;
  instance.developerTools = false;
  return instance;
}

std::vector<clerk::WebhookEndpoint> webhookEndpoints(const std::vector<std::string>& addresses) {
  std::vector<clerk::WebhookEndpoint> endpoints;
  for (const auto& address : addresses) endpoints.push_back({.url = address});
  return endpoints;
}

}  // namespace clerkd
