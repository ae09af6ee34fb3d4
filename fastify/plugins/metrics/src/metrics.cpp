#include <fastify/metrics.hpp>

#include "../../support/route_config.hpp"
#include "histogram.hpp"

#include <fastify/instance.hpp>
#include <fastify/reply.hpp>
#include <fastify/request.hpp>

#include <algorithm>
#include <memory>
#include <set>

namespace fastify {
namespace {

using detail::findRouteConfig;

struct Collector {
  MetricsOptions options;
  detail::RequestHistogram histogram;
  std::set<std::pair<std::string, std::string>> counted;  // method and pattern; frozen when the app is ready
};
const Decorator<std::shared_ptr<Collector>> collectorOf{"metrics"};

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

std::string upperCase(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

void addRoute(Collector& collector, const RouteOptions& route) {
  const auto& wanted = collector.options.routeMetrics;
  if (contains(wanted.routeBlacklist, route.url)) return;
  for (const auto& name : route.method.names()) {
    if (const auto method = upperCase(name); !contains(wanted.methodBlacklist, method))
      collector.counted.emplace(method, route.url);
  }
}

bool counts(const Collector& collector, const Request& request) {
  const auto* disabled = findRouteConfig(request, "disableMetrics");
  if (disabled && disabled->is_bool() && disabled->get_bool()) return false;
  const auto& wanted = collector.options.routeMetrics;
  const auto& url = request.routeOptions().url;
  if (url && !request.is404()) return collector.counted.contains({std::string(request.method()), *url});
  return !wanted.registeredRoutesOnly && !contains(wanted.methodBlacklist, request.method());
}

std::string routeLabel(const Collector& collector, const Request& request) {
  if (const auto* id = findRouteConfig(request, "statsId"); id && id->is_string()) return std::string(id->get_string());
  const auto& url = request.routeOptions().url;
  return url && !request.is404() ? *url : collector.options.routeMetrics.invalidRouteGroup;
}

std::string statusLabel(const Collector& collector, int status) {
  return collector.options.routeMetrics.groupStatusCodes ? std::to_string(status / 100) + "xx" : std::to_string(status);
}

std::string textOf(const Collector& collector) {
  std::string text;
  if (collector.options.defaultMetrics) detail::writeProcessMetrics(text);
  if (collector.options.routeMetrics.enabled) collector.histogram.write(text);
  if (collector.options.collect) collector.options.collect(text);
  return text;
}

}  // namespace

std::string metricsText(Fastify& instance) { return textOf(*instance[collectorOf]); }

namespace detail {

Task<> startMetrics(Fastify& instance, const MetricsOptions& options) {
  const auto& wanted = options.routeMetrics;
  if (!std::ranges::is_sorted(wanted.buckets)) throw FastifyError(500, "fastify-metrics: buckets must ascend");
  std::shared_ptr<Collector> collector(
      new Collector{options, {wanted.histogramName, wanted.histogramHelp, wanted.buckets}, {}});
  instance.decorate(collectorOf, collector);
  if (wanted.enabled) {
    instance.addHook(onRoute, [collector](RouteOptions& route) { addRoute(*collector, route); });
    instance.addHook(onResponse, [collector](Request& request, Reply& reply) {
      if (!counts(*collector, request)) return;
      collector->histogram.observe(
          {std::string(request.method()), routeLabel(*collector, request), statusLabel(*collector, reply.statusCode())},
          reply.elapsedTime() / 1000);
    });
  }
  if (options.endpoint.empty()) return Task<>();
  instance.get(options.endpoint, {.logLevel = "fatal", .exposeHeadRoute = false}, [collector](Request&, Reply& reply) {
    reply.header("content-type", "text/plain; version=0.0.4; charset=utf-8").send(textOf(*collector));
  });
  return Task<>();
}

}  // namespace detail
}  // namespace fastify
