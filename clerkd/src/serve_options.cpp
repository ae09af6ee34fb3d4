#include "serve_options.hpp"

#include "listen_address.hpp"
#include "server.hpp"

#include <clerk/maintenance.hpp>
#include <fastify/fastify.hpp>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace clerkd {
namespace {

namespace fs = std::filesystem;
using Problems = std::vector<std::string>;

/// The part of an origin after its scheme, without a port; empty when it is no origin.
std::string hostOfOrigin(std::string_view origin) {
  const auto scheme = origin.find("://");
  if (scheme == std::string_view::npos) return {};
  const auto kind = origin.substr(0, scheme);
  const auto rest = origin.substr(scheme + 3);
  if ((kind != "https" && kind != "http") || rest.find_first_of("/?#@ ") != std::string_view::npos) return {};
  return std::string(rest.substr(0, rest.find(':')));
}

bool isThisMachine(const std::string& host) { return host == "localhost" || host == "127.0.0.1"; }

bool isWebAddress(const std::string& url) {
  const auto scheme = url.starts_with("https://") ? 8u : url.starts_with("http://") ? 7u : 0u;
  return scheme != 0 && url.size() > scheme && url[scheme] != '/' && url.find_first_of(" \t\n") == std::string::npos;
}

std::string contentOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error("file " + file.string() + ": " + std::strerror(errno));
  std::string content((std::istreambuf_iterator<char>(stream)), {});
  if (stream.bad()) throw std::runtime_error("file " + file.string() + " cannot be read");
  return content;
}

void checkOrigin(const ServeOptions& options, Problems& problems) {
  const auto host = hostOfOrigin(options.origin);
  if (host.empty()) {
    problems.emplace_back("--origin must say where browsers reach the instance, such as https://accounts.example.com");
  } else if (options.origin.starts_with("http://") && !isThisMachine(host)) {
    problems.emplace_back("--origin must be https://, or http:// on this machine: cookies would travel readable");
  }
  if (frontendApiHostOf(options.origin, options.frontendApiHost).find('.') == std::string::npos) {
    problems.emplace_back("--frontend-api-host needs a dot");
  }
  for (const auto& allowed : options.allowedOrigins) {
    if (hostOfOrigin(allowed).empty()) {
      problems.push_back("--allow-origin must be an origin such as https://app.example.com, not '" + allowed + "'");
    }
  }
}

void checkAddress(const std::string& text, const std::string& option, Problems& problems) {
  const auto address = parseListenAddress(text);
  if (!address) {
    problems.push_back(option + " must be HOST:PORT or the path of a socket, not '" + text + "'");
  } else if (!address->path.empty()) {
    const auto folder = fs::path(address->path).parent_path();
    std::error_code ignored;
    if (!folder.empty() && !fs::is_directory(folder, ignored)) {
      problems.push_back(option + ": there is no folder " + folder.string());
    }
  }
}

void checkAddresses(const ServeOptions& options, Problems& problems) {
  checkAddress(options.listen, "--listen", problems);
  if (options.metricsListen.empty()) return;
  checkAddress(options.metricsListen, "--metrics-listen", problems);
  if (options.metricsListen == options.listen) {
    problems.emplace_back("--metrics-listen must be another address than --listen");
  }
}

void checkFiles(const ServeOptions& options, Problems& problems) {
  if (!options.settings.empty()) {
    for (auto& problem : clerk::problemsOfSettingsFile(options.settings)) problems.push_back("--settings: " + problem);
  }
  std::error_code ignored;
  if (!options.portalPackages.empty() && !fs::exists(options.portalPackages / "@clerk/clerk-js", ignored)) {
    problems.push_back("--portal-packages: there is no @clerk/clerk-js in " + options.portalPackages.string());
  }
}

/// Certificate, key and trusted networks are judged by the server that will use them.
void checkServer(const ServeOptions& options, Problems& problems) {
  if (options.tlsCertificate.empty() != options.tlsKey.empty()) {
    problems.emplace_back("--tls-certificate and --tls-key go together");
    return;
  }
  try {
    auto server = serverOptionsOf(options);
    server.logger = false;
    fastify::Fastify trial(server);
    trial.ready();
  } catch (const fastify::FastifyError& error) {
    const bool tls = error.code.starts_with("ERR_TLS");
    problems.push_back((tls ? "--tls-certificate, --tls-key: " : "--trust-proxy: ") + error.message);
  } catch (const std::exception& error) {
    problems.push_back(std::string("--tls-certificate, --tls-key: ") + error.what());
  }
}

void checkDelivery(const ServeOptions& options, Problems& problems) {
  if (options.smtpUrl.empty() && options.messageWebhook.empty()) {
    problems.emplace_back("nobody would get a code: set --smtp-url and --mail-from, or --message-webhook");
  }
  if (options.smtpUrl.empty() && !options.mailFrom.empty()) problems.emplace_back("--mail-from needs --smtp-url");
  if (options.messageWebhook.empty() != options.messageWebhookSecret.empty()) {
    problems.emplace_back("--message-webhook and --message-webhook-secret go together");
  } else {
    for (auto& problem : clerk::problemsOfDelivery(instanceOptionsOf(options).delivery)) {
      problems.push_back(std::move(problem));
    }
  }
  for (const auto& webhook : options.webhooks) {
    if (!isWebAddress(webhook)) problems.push_back("--webhook must be an https or http address, not '" + webhook + "'");
  }
}

}  // namespace

void declareServeOptions(OptionList& options, ServeOptions& serve) {
  declareDatabase(options, serve.database);
  options.option("listen", serve.listen, "HOST:PORT, or the path of a Unix socket")
      .option("metrics-listen", serve.metricsListen, "HOST:PORT or socket for Prometheus, which asks no key")
      .option("origin", serve.origin, "Where browsers and apps reach it: https://accounts.example.com")
      .option("frontend-api-host", serve.frontendApiHost, "The host inside the publishable key")
      .option("name", serve.applicationName, "Name of the application, as pages show it")
      .option("settings", serve.settings, "A JSON file: how people sign in (docs/instance-settings.md)")
      .option("allow-origin", serve.allowedOrigins, "An origin of an app to which browsers may be sent back")
      .option("webhook", serve.webhooks, "An address that gets all events; its secret: clerkd keys --webhook")
      .option("trust-proxy", serve.trustedProxies, "An address or network whose X-Forwarded-* headers count")
      .option("tls-certificate", serve.tlsCertificate, "PEM file: the certificate, then those above it")
      .option("tls-key", serve.tlsKey, "PEM file: its private key")
      .option("portal-packages", serve.portalPackages, "A node_modules folder with @clerk/clerk-js and @clerk/ui")
      .option("smtp-url", serve.smtpUrl, "Mail server: smtp://user:password@host:587 or smtps://...")
      .option("mail-from", serve.mailFrom, "Sender of mails: \"Example <no-reply@example.com>\"")
      .option("message-webhook", serve.messageWebhook, "Gets text messages (mails, too, without --smtp-url)")
      .option("message-webhook-secret", serve.messageWebhookSecret, "whsec_..., signs what goes there")
      .option("threads", serve.threads, 1, 256, "Threads that answer requests")
      .choice("dashboard", serve.dashboard, {"on", "off"}, "The operator's page at /dashboard")
      .choice("log-level", serve.logLevel, logLevels(), "Lowest level of log lines, which go to standard error");
}

Problems problemsOf(const ServeOptions& options) {
  Problems problems;
  checkOrigin(options, problems);
  for (auto& problem : problemsOf(options.database)) problems.push_back(std::move(problem));
  checkAddresses(options, problems);
  checkFiles(options, problems);
  checkServer(options, problems);
  checkDelivery(options, problems);
  return problems;
}

std::string frontendApiHostOf(const std::string& origin, const std::string& given) {
  if (!given.empty()) return given;
  const auto host = hostOfOrigin(origin);
  // A key's host needs a dot; nobody looks it up.
  return host.find('.') == std::string::npos || isThisMachine(host) ? "clerk.localhost.test" : "clerk." + host;
}

fastify::FastifyOptions serverOptionsOf(const ServeOptions& options) {
  auto server = appOptions(options.logLevel);
  server.threads = options.threads;
  if (!options.trustedProxies.empty()) server.trustProxy = options.trustedProxies;
  if (!options.tlsCertificate.empty()) {
    server.https = {.key = contentOf(options.tlsKey), .cert = contentOf(options.tlsCertificate)};
  }
  return server;
}

clerk::InstanceOptions instanceOptionsOf(const ServeOptions& options) {
  auto instance = instanceOptionsFor(options.database);
  instance.origin = options.origin;
  instance.frontendApiHost = frontendApiHostOf(options.origin, options.frontendApiHost);
  instance.applicationName = options.applicationName;
  instance.settingsFile = options.settings;
  instance.portalPackages = options.portalPackages.empty() ? findPortalPackages() : options.portalPackages;
  instance.allowedOrigins = options.allowedOrigins;
  instance.webhookEndpoints = webhookEndpoints(options.webhooks);
  instance.developerTools = false;
  instance.dashboard = options.dashboard == "on";
  instance.delivery = {.smtpUrl = options.smtpUrl,
                       .mailFrom = options.mailFrom,
                       .webhookUrl = options.messageWebhook,
                       .webhookSecret = options.messageWebhookSecret,
                       .report = [](const std::string& line) { std::cerr << "clerkd: " + line + "\n"
                                                                         << std::flush; }};
  return instance;
}

}  // namespace clerkd
