#pragma once
// 503 when the process has too much to do; @fastify/under-pressure for C++.

#include <fastify/error.hpp>
#include <fastify/json.hpp>
#include <fastify/plugin.hpp>
#include <fastify/route.hpp>
#include <fastify/task.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace fastify {

class Reply;
class Request;

/// What a check found.
struct HealthCheckResult {
  HealthCheckResult(bool healthy) : healthy(healthy) {}
  /// Healthy, and members for the status route's answer.
  HealthCheckResult(JsonObject more) : healthy(true), more(std::move(more)) {}
  bool healthy;
  JsonObject more;
};

struct StatusRoute {
  std::string url = "/status";
  /// Everything else of the route: logLevel, hooks, config, …
  RouteOptions routeOpts;
  /// Properties of the answer beside `status`.
  JsonObject routeResponseSchemaOpts;
};

enum class PressureType { EventLoopDelay, HeapUsedBytes, RssBytes, HealthCheck, EventLoopUtilization };

struct UnderPressureOptions {
  /// 0: not looked at. How late a worker's loop takes up work, on average over `sampleInterval`.
  std::chrono::milliseconds maxEventLoopDelay{0};
  std::uint64_t maxHeapUsedBytes = 0;
  std::uint64_t maxRssBytes = 0;
  /// How much of a worker's time goes into work, 0 to 1.
  double maxEventLoopUtilization = 0;
  std::chrono::milliseconds sampleInterval{1000};
  /// Of the Retry-After header, seconds.
  int retryAfter = 10;
  std::string message = "Service Unavailable";
  /// Thrown instead of FST_UNDER_PRESSURE.
  std::optional<FastifyError> customError;
  /// Asked when the app starts, again with the first request after `healthCheckInterval`, and by the status route each
  /// time.
  std::function<Task<HealthCheckResult>(Fastify& instance)> healthCheck;
  std::chrono::milliseconds healthCheckInterval{-1};
  /// A route that tells whether all is well.
  std::optional<StatusRoute> exposeStatusRoute;
  /// Called instead of answering 503; what it does not answer goes on.
  std::function<void(Request& request, Reply& reply, PressureType type, double value)> pressureHandler;
};

struct MemoryUsage {
  double eventLoopDelay = 0;  // milliseconds
  std::uint64_t rssBytes = 0;
  std::uint64_t heapUsed = 0;
  double eventLoopUtilized = 0;
};

/// `app.memoryUsage()` and `app.isUnderPressure()`. Any thread, after the plugin is loaded.
MemoryUsage memoryUsage(Fastify& instance);
bool isUnderPressure(Fastify& instance);

namespace detail {
Task<> startUnderPressure(Fastify& instance, const UnderPressureOptions& options);
}

/// `app.registerPlugin(fastify::underPressure, {.maxEventLoopDelay = 1s, .maxRssBytes = 1'000'000'000})`.
inline constexpr Plugin<UnderPressureOptions> underPressure{detail::startUnderPressure, "@fastify/under-pressure",
                                                            "5.x"};

}  // namespace fastify
