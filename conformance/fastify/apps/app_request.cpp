// What a request tells: addresses with and without trusted proxies, ids, the target, headers.
#include "app.hpp"
#include "app_parts.hpp"

using namespace fastify;

namespace conformance {
namespace {

FastifyOptions optionsOf(std::string_view variant) {
  if (variant == "trust-all") return {.trustProxy = true};
  if (variant == "trust-loopback") return {.trustProxy = "loopback"};
  if (variant == "trust-list") return {.trustProxy = std::vector<std::string>{"127.0.0.1", "10.0.0.0/8"}};
  if (variant == "trust-other") return {.trustProxy = "192.0.2.1"};
  if (variant == "trust-function") {
    return {.trustProxy = [](std::string_view address, int hop) { return address == "127.0.0.1" && hop == 0; }};
  }
  if (variant == "request-id-header") return {.requestIdHeader = "x-trace-id"};
  if (variant == "request-id-true") return {.requestIdHeader = "request-id"};
  if (variant == "gen-req-id") {
    return {
        .genReqId = [](const RawRequest& raw) { return "gen-" + std::string(raw.header("x-seed").value_or("none")); }};
  }
  return {};
}

JsonObject network(Request& request) {
  JsonObject net{{"ip", request.ip()}};
  if (const auto ips = request.ips(); !ips.empty()) net["ips"] = boost::json::value_from(ips);
  net["host"] = request.host();
  net["hostname"] = request.hostname();
  net["port"] = request.port() ? Json(*request.port()) : Json(nullptr);
  net["protocol"] = request.protocol();
  return net;
}

JsonObject target(Request& request) {
  const auto& route = request.routeOptions().url;
  return {{"method", request.method()},  {"url", request.url()},       {"originalUrl", request.originalUrl()},
          {"route", route.value_or("")}, {"params", request.params()}, {"query", request.query()},
          {"is404", request.is404()}};
}

}  // namespace

std::unique_ptr<Fastify> buildRequest(const Setup& setup) {
  auto app = std::make_unique<Fastify>(optionsOf(setup.variant));
  app->get("/net", network);
  app->get("/id", [](Request& request) { return Json{{"id", request.id()}}; });
  app->get("/url/:x", target);
  app->get("/headers", [](Request& request) { return request.headers().json(); });
  return app;
}

}  // namespace conformance
