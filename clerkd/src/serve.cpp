#include "serve.hpp"

#include "listen_address.hpp"
#include "server.hpp"
#include "signals.hpp"

#include <clerk/instance.hpp>
#include <fastify/fastify.hpp>
#include <fastify/metrics.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

namespace clerkd {
namespace {

/// The part of an origin after its scheme, without a port; empty when it is no origin.
std::string hostOfOrigin(std::string_view origin) {
  const auto scheme = origin.find("://");
  if (scheme == std::string_view::npos) return {};
  const auto kind = origin.substr(0, scheme);
  auto rest = origin.substr(scheme + 3);
  if ((kind != "https" && kind != "http") || rest.find_first_of("/?#@ ") != std::string_view::npos) return {};
  return std::string(rest.substr(0, rest.find(':')));
}

bool isThisMachine(const std::string& host) { return host == "localhost" || host == "127.0.0.1"; }

std::string frontendApiHostOf(const ServeOptions& options) {
  if (!options.frontendApiHost.empty()) return options.frontendApiHost;
  const auto host = hostOfOrigin(options.origin);
  // A key's host needs a dot; nobody looks it up.
  return host.find('.') == std::string::npos || isThisMachine(host) ? "clerk.localhost.test" : "clerk." + host;
}

std::string contentOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream)
    throw std::runtime_error("file " + file.string() + " cannot be read; check the path and its permissions");
  return {std::istreambuf_iterator<char>(stream), {}};
}

clerk::InstanceOptions instanceOptions(const ServeOptions& options) {
  auto instance = instanceOptionsFor(options.database);
  instance.origin = options.origin;
  instance.frontendApiHost = frontendApiHostOf(options);
  instance.applicationName = options.applicationName;
  instance.settingsFile = options.settings;
  instance.portalPackages = options.portalPackages.empty() ? findPortalPackages() : options.portalPackages;
  instance.allowedOrigins = options.allowedOrigins;
  instance.webhookEndpoints = webhookEndpoints(options.webhooks);
  instance.developerTools = false;
  instance.delivery = {.smtpUrl = options.smtpUrl,
                       .mailFrom = options.mailFrom,
                       .webhookUrl = options.messageWebhook,
                       .webhookSecret = options.messageWebhookSecret,
                       .report = [](const std::string& line) { std::cerr << "clerkd: " + line + "\n"
                                                                         << std::flush; }};
  return instance;
}

fastify::FastifyOptions serverOptions(const ServeOptions& options) {
  auto server = appOptions(options.logLevel);
  server.threads = options.threads;
  if (!options.trustedProxies.empty()) server.trustProxy = options.trustedProxies;
  if (!options.tlsCertificate.empty()) {
    server.https = {.key = contentOf(options.tlsKey), .cert = contentOf(options.tlsCertificate)};
  }
  return server;
}

/// Only who has the secret key may look.
void onlyWithSecretKey(const clerk::InstancePlugin& instance, fastify::Request& request, fastify::Reply& reply) {
  constexpr std::string_view scheme = "Bearer ";
  const std::string_view header = request.headers().get("authorization").value_or("");
  if (header.starts_with(scheme) && instance.isSecretKey(header.substr(scheme.size()))) return;
  reply.code(401).send(
      {{"error", "Unauthorized"}, {"message", "Present the instance's secret key as a bearer token."}});
}

/// For load balancers, and for Prometheus: whether the process lives, whether it can work, what it does.
void addOperations(fastify::Fastify& app, const clerk::InstancePlugin& instance) {
  app.get("/__clerkd/health", {.logLevel = "silent"},
          [](fastify::Request&, fastify::Reply& reply) { reply.send({{"status", "ok"}}); });
  app.get("/__clerkd/ready", {.logLevel = "silent"},
          [instance](fastify::Request&, fastify::Reply& reply) -> fastify::Task<> {
            std::string problem;
            try {
              co_await instance.probe();
            } catch (const std::exception& error) {
              problem = error.what();
            }
            if (problem.empty()) co_return reply.send({{"status", "ok"}});
            std::cerr << "clerkd: not ready: " + problem + "\n" << std::flush;
            reply.code(503).send({{"status", "unavailable"}});
          });
  app.get("/__clerkd/metrics", {.onRequest = {[instance](fastify::Request& request, fastify::Reply& reply) {
                                  onlyWithSecretKey(instance, request, reply);
                                }}},
          [&app](fastify::Request&, fastify::Reply& reply) {
            reply.type("text/plain; version=0.0.4; charset=utf-8").send(fastify::metricsText(app));
          });
}

fastify::ListenOptions listenOptions(const ListenAddress& address) {
  if (!address.path.empty()) return {.path = address.path};
  return {.port = address.port, .host = address.host};
}

void printKeys(const clerk::InstancePlugin& instance, const fastify::Fastify& app) {
  std::cout << "clerkd: listening at " << app.listeningOrigin() << ", reached at " << instance.origin() << "\n"
            << "CLERK_PUBLISHABLE_KEY=" << instance.publishableKey() << "\n"
            << "# All keys: clerkd keys" << std::endl;
}

}  // namespace

std::optional<std::string> problemOf(const ServeOptions& options) {
  const auto host = hostOfOrigin(options.origin);
  if (host.empty()) return "--origin must say where browsers reach the instance, such as https://accounts.example.com";
  if (options.origin.starts_with("http://") && !isThisMachine(host)) {
    return "--origin must be https://, or http:// on this machine: cookies would travel readable";
  }
  if (const auto problem = problemOfDatabase(options.database)) return problem;
  if (!parseListenAddress(options.listen)) {
    return "--listen must be HOST:PORT or the path of a socket, not '" + options.listen + "'";
  }
  if (frontendApiHostOf(options).find('.') == std::string::npos) return "--frontend-api-host needs a dot";
  if (options.tlsCertificate.empty() != options.tlsKey.empty()) return "--tls-certificate and --tls-key go together";
  if (options.smtpUrl.empty() && options.messageWebhook.empty()) {
    return "nobody would get a code: set --smtp-url and --mail-from, or --message-webhook";
  }
  if (!options.messageWebhook.empty() && options.messageWebhookSecret.empty()) {
    return "--message-webhook needs --message-webhook-secret";
  }
  if (options.threads == 0 || options.threads > 256) return "--threads must be 1 to 256";
  return std::nullopt;
}

int runServe(const ServeOptions& options) {
  if (const auto problem = problemOf(options)) return fail(*problem, exit_code::usage);
  Signals signals;
  try {
    const clerk::InstancePlugin instance(instanceOptions(options));
    fastify::Fastify app(serverOptions(options));
    app.registerPlugin(fastify::metrics, {.endpoint = ""}).after();
    addOperations(app, instance);
    app.registerPlugin(instance);
    try {
      app.listen(listenOptions(*parseListenAddress(options.listen)));
    } catch (...) {
      return fail(listenError(fastify::FastifyError::from(std::current_exception()), options.listen, "--listen"));
    }
    printKeys(instance, app);
    while (signals.wait() != Signals::Kind::Stop) {
    }
    signals.restore();  // from here on a second Ctrl-C ends the program at once
    app.close();
  } catch (const std::exception& error) {
    return fail(error.what());
  }
  return EXIT_SUCCESS;
}

}  // namespace clerkd
