#pragma once
// `clerkd serve`: an instance for others, alone or with its like over one PostgreSQL database.

#include "database.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace clerkd {

struct ServeOptions {
  /// `host:port`, `[::1]:port`, or the path of a Unix socket. Sockets that systemd hands over win.
  std::string listen = "127.0.0.1:4000";
  /// Where browsers and apps reach it, such as "https://accounts.example.com".
  std::string origin;
  /// The host inside the publishable key; empty: `clerk.` + the origin's host.
  std::string frontendApiHost;
  DatabaseOptions database;
  std::string applicationName = "Application";
  std::filesystem::path settings;  ///< docs/instance-settings.md; empty: none
  std::vector<std::string> allowedOrigins;
  std::vector<std::string> webhooks;        ///< addresses that get all events
  std::vector<std::string> trustedProxies;  ///< addresses and networks whose X-Forwarded-* count
  std::filesystem::path tlsCertificate;
  std::filesystem::path tlsKey;
  std::filesystem::path portalPackages;  ///< empty: the installed ones
  std::string smtpUrl;
  std::string mailFrom;
  std::string messageWebhook;
  std::string messageWebhookSecret;
  std::size_t threads = 1;
  std::string logLevel = "info";
};

/// What is wrong with the options, in one line that names the option; absent when they can work. Reads no network.
std::optional<std::string> problemOf(const ServeOptions& options);

/// Serves until SIGINT or SIGTERM, then finishes what is under way. Returns the exit code. Call it from `main`, before
/// there are other threads.
int runServe(const ServeOptions& options);

}  // namespace clerkd
