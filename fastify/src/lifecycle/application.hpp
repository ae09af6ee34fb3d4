#pragma once
// What all requests of a server share once it is ready. Immutable but for the counters.

#include "compiled_route.hpp"
#include "trust_proxy.hpp"

#include "../router/router.hpp"

#include <fastify/logger.hpp>
#include <fastify/options.hpp>

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fastify {

struct Application {
  FastifyOptions options;
  Logger logger;
  bool logging = false;
  std::shared_ptr<LogController> logController;  // never null
  /// Requests without the framework's lines.
  std::function<bool(const Request&)> silent;
  ProxyTrust trustProxy;

  /// By the routers' numbers.
  std::vector<std::unique_ptr<CompiledRoute>> routes;
  router::Router router;
  /// Which not-found handler a path has; knows one method, GET. Its params are nobody's.
  router::Router notFoundRouter;
  CompiledRoute* rootNotFound = nullptr;
  /// What answers a path that has routes, but none for the method; nullptr: the same as for any unknown path.
  CompiledRoute* methodNotAllowed = nullptr;
  /// For what is answered without a lifecycle: no hooks, no lines.
  CompiledRoute unrouted;

  /// Methods whose bodies are parsed.
  std::array<bool, http::methodCount> bodyMethods{};

  /// True once `close()` has begun.
  std::atomic<bool> closing{false};
  mutable std::atomic<std::uint64_t> requestCount{0};
};

}  // namespace fastify
