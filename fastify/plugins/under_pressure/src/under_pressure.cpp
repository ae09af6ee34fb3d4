#include <fastify/under_pressure.hpp>

#include "../../support/process_usage.hpp"
#include "loop_monitor.hpp"

#include <fastify/instance.hpp>
#include <fastify/reply.hpp>
#include <fastify/request.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>

namespace fastify {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// The latest look at the process, and at what the program's own check says.
class Pressure {
 public:
  explicit Pressure(const UnderPressureOptions& options)
      : options_(options), monitor_(std::max(options.sampleInterval, std::chrono::milliseconds(10))) {
    sample();
  }

  const UnderPressureOptions& options() const noexcept { return options_; }
  detail::LoopMonitor& monitor() noexcept { return monitor_; }

  MemoryUsage usage() {
    if (const auto now = Clock::now(); isDue(sampled_, options_.sampleInterval, now)) sample();
    return {monitor_.delay(), rss_.load(std::memory_order_relaxed), heap_.load(std::memory_order_relaxed),
            monitor_.utilization()};
  }

  struct Finding {
    PressureType type;
    double value;
  };
  /// What is too much, if anything is; in the package's order.
  std::optional<Finding> finding() {
    const auto now = usage();
    const auto& limit = options_;
    if (limit.maxEventLoopDelay > 0ms && now.eventLoopDelay > static_cast<double>(limit.maxEventLoopDelay.count()))
      return Finding{PressureType::EventLoopDelay, now.eventLoopDelay};
    if (limit.maxHeapUsedBytes > 0 && now.heapUsed > limit.maxHeapUsedBytes)
      return Finding{PressureType::HeapUsedBytes, static_cast<double>(now.heapUsed)};
    if (limit.maxRssBytes > 0 && now.rssBytes > limit.maxRssBytes)
      return Finding{PressureType::RssBytes, static_cast<double>(now.rssBytes)};
    if (!healthy_) return Finding{PressureType::HealthCheck, 0};
    if (limit.maxEventLoopUtilization > 0 && now.eventLoopUtilized > limit.maxEventLoopUtilization)
      return Finding{PressureType::EventLoopUtilization, now.eventLoopUtilized};
    return std::nullopt;
  }

  bool watchesLoops() const noexcept {
    return options_.maxEventLoopDelay > 0ms || options_.maxEventLoopUtilization > 0;
  }
  bool watchesAnything() const noexcept {
    return watchesLoops() || options_.maxHeapUsedBytes > 0 || options_.maxRssBytes > 0 || options_.healthCheck;
  }

  /// True once for each interval that has passed: the caller asks.
  bool healthCheckIsDue() {
    return options_.healthCheck && options_.healthCheckInterval > 0ms &&
           isDue(checked_, options_.healthCheckInterval, Clock::now());
  }

  Task<> checkHealth(Fastify& instance) {
    try {
      healthy_ = (co_await options_.healthCheck(instance)).healthy;
    } catch (const std::exception& error) {
      healthy_ = false;
      instance.log().error(std::string("external healthCheck function supplied to `under-pressure` threw an error. "
                                       "setting the service status to unhealthy: ") +
                           error.what());
    }
  }

  FastifyError error() const {
    if (options_.customError) return *options_.customError;
    return FastifyError(503, "FST_UNDER_PRESSURE", options_.message);
  }

 private:
  static bool isDue(std::atomic<std::int64_t>& last, std::chrono::milliseconds interval, Clock::time_point now) {
    const auto count = now.time_since_epoch().count();
    auto before = last.load(std::memory_order_relaxed);
    if (count - before < std::chrono::nanoseconds(interval).count()) return false;
    return last.compare_exchange_strong(before, count);
  }
  void sample() {
    rss_ = detail::processMemory().rssBytes;
    if (options_.maxHeapUsedBytes > 0) heap_ = detail::heapUsedBytes();
  }

  const UnderPressureOptions options_;
  detail::LoopMonitor monitor_;
  std::atomic<std::int64_t> sampled_{Clock::now().time_since_epoch().count()};
  std::atomic<std::int64_t> checked_{Clock::now().time_since_epoch().count()};
  std::atomic<std::uint64_t> rss_{0};
  std::atomic<std::uint64_t> heap_{0};
  std::atomic<bool> healthy_{true};
};

const Decorator<std::shared_ptr<Pressure>> pressureOf{"memoryUsage"};

void respond(Pressure& pressure, Request& request, Reply& reply) {
  const auto found = pressure.finding();
  if (!found) return;
  if (pressure.options().pressureHandler)
    return pressure.options().pressureHandler(request, reply, found->type, found->value);
  reply.code(503).header("retry-after", std::to_string(pressure.options().retryAfter));
  throw pressure.error();
}

Task<> checkThenRespond(std::shared_ptr<Pressure> pressure, Request& request, Reply& reply) {
  co_await pressure->checkHealth(request.server());
  respond(*pressure, request, reply);
}

Task<> onPressedRequest(const std::shared_ptr<Pressure>& pressure, Request& request, Reply& reply) {
  // Injected requests have loops of their own, which do not last; so has a Unix socket no port, and is not watched.
  if (pressure->watchesLoops() && request.remotePort() != 0) pressure->monitor().watch(async::EventLoop::current());
  if (pressure->healthCheckIsDue()) return checkThenRespond(pressure, request, reply);
  respond(*pressure, request, reply);
  return Task<>();
}

Task<Json> status(std::shared_ptr<Pressure> pressure, Request& request, Reply& reply) {
  JsonObject answer{{"status", "ok"}};
  if (!pressure->options().healthCheck) co_return answer;
  std::optional<HealthCheckResult> result;
  try {
    result = co_await pressure->options().healthCheck(request.server());
  } catch (const std::exception& error) {
    request.log().error(std::string("external health check failed with error: ") + error.what());
  }
  if (!result || !result->healthy) {
    reply.code(503).header("retry-after", std::to_string(pressure->options().retryAfter));
    throw pressure->error();
  }
  for (const auto& [name, value] : result->more) answer[name] = value;
  co_return answer;
}

void addStatusRoute(Fastify& instance, const std::shared_ptr<Pressure>& pressure) {
  const auto& wanted = *pressure->options().exposeStatusRoute;
  auto route = wanted.routeOpts;
  route.method = "GET";
  route.url = wanted.url;
  if (route.schema.response.is_null()) {
    auto response = R"({
      "200": {"type": "object", "description": "Health Check Succeeded", "example": {"status": "ok"}, "properties": {"status": {"type": "string"}}},
      "500": {"type": "object", "description": "Error Performing Health Check", "properties": {
        "message": {"type": "string", "description": "Error message for failure during health check", "example": "Internal Server Error"},
        "statusCode": {"type": "number", "description": "Code representing the error. Always matches the HTTP response code.", "example": 500}}},
      "503": {"type": "object", "description": "Health Check Failed", "properties": {
        "code": {"type": "string", "description": "Error code associated with the failing check", "example": "FST_UNDER_PRESSURE"},
        "error": {"type": "string", "description": "Error thrown during health check", "example": "Service Unavailable"},
        "message": {"type": "string", "description": "Error message to explain health check failure", "example": "Service Unavailable"},
        "statusCode": {"type": "number", "description": "Code representing the error. Always matches the HTTP response code.", "example": 503}}}})"_json;
    auto& properties = response.at("200").at("properties").as_object();
    for (const auto& [name, schema] : wanted.routeResponseSchemaOpts) properties[name] = schema;
    route.schema.response = std::move(response);
  }
  route.handler = [pressure](Request& request, Reply& reply) { return status(pressure, request, reply); };
  instance.route(std::move(route));
}

}  // namespace

MemoryUsage memoryUsage(Fastify& instance) { return instance[pressureOf]->usage(); }
bool isUnderPressure(Fastify& instance) { return instance[pressureOf]->finding().has_value(); }

namespace detail {

Task<> startUnderPressure(Fastify& instance, const UnderPressureOptions& options) {
  if (options.healthCheck && options.healthCheckInterval <= 0ms && !options.exposeStatusRoute) {
    throw FastifyError(500, "opts.healthCheck requires opts.healthCheckInterval or opts.exposeStatusRoute");
  }
  auto pressure = std::make_shared<Pressure>(options);
  instance.decorate(pressureOf, pressure);
  if (options.healthCheck) co_await pressure->checkHealth(instance);
  // Before the workers and their loops go.
  instance.addHook(preClose, [pressure] { pressure->monitor().stop(); });
  if (options.exposeStatusRoute) addStatusRoute(instance, pressure);
  if (!pressure->watchesAnything()) co_return;
  instance.addHook(onRequest, [pressure](Request& request, Reply& reply) -> Task<> {
    return onPressedRequest(pressure, request, reply);
  });
}

}  // namespace detail
}  // namespace fastify
