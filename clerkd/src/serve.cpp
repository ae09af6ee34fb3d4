#include "serve.hpp"

#include "listen_address.hpp"
#include "metrics_server.hpp"
#include "server.hpp"
#include "signals.hpp"

#include <clerk/instance.hpp>
#include <fastify/fastify.hpp>
#include <fastify/metrics.hpp>
#include <fastify/service_manager.hpp>

#include <cstdlib>
#include <iostream>
#include <optional>

namespace clerkd {
namespace {

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

void printKeys(const clerk::InstancePlugin& instance, const fastify::Fastify& app) {
  std::cout << "clerkd: listening at " << app.listeningOrigin() << ", reached at " << instance.origin() << "\n"
            << "CLERK_PUBLISHABLE_KEY=" << instance.publishableKey() << "\n"
            << "# All keys: clerkd keys" << std::endl;
}

/// Says what is wrong when it cannot listen.
bool listen(fastify::Fastify& app, const std::string& address, const std::string& option) {
  try {
    app.listen(listenOptionsOf(*parseListenAddress(address)));
    return true;
  } catch (...) {
    fail(listenError(fastify::FastifyError::from(std::current_exception()), address, option));
    return false;
  }
}

void waitForStop(Signals& signals) {
  while (signals.wait() != Signals::Kind::Stop) {
  }
  fastify::notifyServiceManager("STOPPING=1");
  signals.restore();  // from here on a second Ctrl-C ends the program at once
}

}  // namespace

int runServe(const ServeOptions& options) {
  Signals signals;
  try {
    const clerk::InstancePlugin instance(instanceOptionsOf(options));
    fastify::Fastify app(serverOptionsOf(options));
    app.registerPlugin(fastify::metrics, {.endpoint = ""}).after();
    addOperations(app, instance);
    app.registerPlugin(instance);
    // First: it takes the sockets of a service manager.
    if (!listen(app, options.listen, "--listen")) return exit_code::failed;
    std::optional<MetricsServer> numbers;
    if (!options.metricsListen.empty()) {
      numbers.emplace(app, instanceOptionsFor(options.database));
      if (!listen(numbers->app(), options.metricsListen, "--metrics-listen")) return exit_code::failed;
    }
    printKeys(instance, app);
    fastify::notifyServiceManager("READY=1");
    waitForStop(signals);
    app.close();
  } catch (const std::exception& error) {
    return fail(error.what());
  }
  return EXIT_SUCCESS;
}

}  // namespace clerkd
