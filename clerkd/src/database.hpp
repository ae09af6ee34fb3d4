#pragma once
// Which database a command works on, and the commands that do nothing else.

#include <clerk/instance.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace clerkd {

/// Of `data` and `url` one is set.
struct DatabaseOptions {
  std::filesystem::path data;  ///< folder of a SQLite file
  std::string url;             ///< a PostgreSQL database, "postgresql://clerk@db.example.com/clerk"
  bool testKeys = false;
  std::string encryptionKey;
};

/// What is wrong, in one line that names the option; absent when they can work.
std::optional<std::string> problemOfDatabase(const DatabaseOptions& options);

/// An instance's options with this database.
clerk::InstanceOptions instanceOptionsFor(const DatabaseOptions& options);

/// Brings the tables up to date. Returns the exit code.
int runMigrate(const DatabaseOptions& options);

/// The addresses as endpoints that get all events, each with the signing secret that follows from the instance's keys.
std::vector<clerk::WebhookEndpoint> webhookEndpoints(const std::vector<std::string>& addresses);

/// Prints what an app must find in its environment, the secret key among it; with the address of a webhook also what
/// its receiver needs. Returns the exit code.
int runKeys(const DatabaseOptions& options, const std::string& origin, const std::string& webhook);

}  // namespace clerkd
