#pragma once
// What `clerkd serve` can be told, and what is wrong with it.

#include "command_line/option_list.hpp"
#include "database.hpp"

#include <clerk/instance.hpp>
#include <fastify/options.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace clerkd {

struct ServeOptions {
  /// `host:port`, `[::1]:port`, or the path of a Unix socket. Sockets that systemd hands over win.
  std::string listen = "127.0.0.1:4000";
  /// The same, for Prometheus: there, numbers are given to whoever asks. Empty: none.
  std::string metricsListen;
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
  std::string dashboard = "on";  ///< the operator's page: `on` or `off`
  std::size_t threads = 1;
  std::string logLevel = "info";
};

void declareServeOptions(OptionList& options, ServeOptions& serve);

/// All that is wrong, a line each that names the option. Reads the files that are named, and no network.
std::vector<std::string> problemsOf(const ServeOptions& options);

/// The host inside the publishable key: `given`, or what follows from the origin.
std::string frontendApiHostOf(const std::string& origin, const std::string& given);

/// Throws std::runtime_error for a file that cannot be read.
fastify::FastifyOptions serverOptionsOf(const ServeOptions& options);

clerk::InstanceOptions instanceOptionsOf(const ServeOptions& options);

}  // namespace clerkd
