#pragma once
// Numbers for Prometheus: how long requests took, what the process uses; the names of fastify-metrics for Node.

#include <fastify/json.hpp>
#include <fastify/plugin.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fastify {

class Reply;
class Request;

struct RouteMetricsOptions {
  bool enabled = true;
  /// False: requests that found no route count as well, under `invalidRouteGroup`.
  bool registeredRoutesOnly = true;
  std::string invalidRouteGroup = "__unknown__";
  /// 2xx, 4xx, … instead of each status.
  bool groupStatusCodes = false;
  /// Patterns of routes that are not counted.
  std::vector<std::string> routeBlacklist;
  std::vector<std::string> methodBlacklist = {"HEAD", "OPTIONS", "TRACE", "CONNECT"};
  std::string histogramName = "http_request_duration_seconds";
  std::string histogramHelp = "request duration in seconds";
  /// Upper bounds, seconds, ascending.
  std::vector<double> buckets = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
};

struct MetricsOptions {
  /// Empty: no route; `metricsText` gives the same.
  std::string endpoint = "/metrics";
  RouteMetricsOptions routeMetrics;
  /// process_cpu_seconds_total, process_resident_memory_bytes, process_open_fds, …
  bool defaultMetrics = true;
  /// Adds the program's own numbers, in Prometheus' text format, each line ended.
  std::function<void(std::string& text)> collect;
};

/// What `/metrics` answers. Any thread.
std::string metricsText(Fastify& instance);

/// A label's value or help text, escaped for `collect`.
std::string escapedLabel(std::string_view value);

namespace detail {
Task<> startMetrics(Fastify& instance, const MetricsOptions& options);
}

/// `app.registerPlugin(fastify::metrics).after()`: routes declared before it are not counted. A route is left out with
/// `config = {{"disableMetrics", true}}`, and named otherwise with `{{"statsId", "name"}}`.
inline constexpr Plugin<MetricsOptions> metrics{detail::startMetrics, "fastify-metrics", "5.x"};

}  // namespace fastify
