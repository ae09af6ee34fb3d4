#pragma once
// Which database a command works on.

#include "command_line/option_list.hpp"

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
  std::string keyMode = "live";
  std::string encryptionKey;
};

void declareDatabase(OptionList& options, DatabaseOptions& database);

/// What is wrong, a line each that names the option.
std::vector<std::string> problemsOf(const DatabaseOptions& options);

/// An instance's options with this database.
clerk::InstanceOptions instanceOptionsFor(const DatabaseOptions& options);

/// The same for a command that works beside servers.
clerk::InstanceOptions managingOptionsFor(const DatabaseOptions& options);

/// The addresses as endpoints that get all events, each with the signing secret that follows from the instance's keys.
std::vector<clerk::WebhookEndpoint> webhookEndpoints(const std::vector<std::string>& addresses);

}  // namespace clerkd
