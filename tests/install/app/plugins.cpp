// Every official plugin, as an app outside the source tree gets it.
#include <fastify/cookie.hpp>
#include <fastify/cors.hpp>
#include <fastify/fastify.hpp>
#include <fastify/formbody.hpp>
#include <fastify/helmet.hpp>
#include <fastify/metrics.hpp>
#include <fastify/multipart.hpp>
#include <fastify/rate_limit.hpp>
#include <fastify/static.hpp>
#include <fastify/swagger.hpp>
#include <fastify/under_pressure.hpp>
#include <fastify/websocket.hpp>

#include <cstdio>

using namespace fastify;

int main() {
  Fastify app;
  app.registerPlugin(cookie, {.secret = "secret"});
  app.registerPlugin(cors, {.origin = {Pattern{"\\.example$"}}});
  app.registerPlugin(formbody);
  app.registerPlugin(helmet);
  app.registerPlugin(metrics);
  app.registerPlugin(multipart);
  app.registerPlugin(rateLimit, {.max = 1});
  app.registerPlugin(swagger);
  app.registerPlugin(swaggerUi);
  app.registerPlugin(underPressure, {.maxEventLoopDelay = std::chrono::seconds(1)});
  app.registerPlugin(websocket);
  app.registerPlugin(fastifyStatic, {.root = "/tmp", .prefix = "/files/"});
  app.after();
  app.get("/", [](Request&, Reply& reply) { setCookie(reply, "a", "b", {.sign = true}).send("ok"); });
  app.get("/socket", websocketHandler([](WebSocketPtr, Request&) -> Task<> { co_return; }));
  const auto first = app.inject({.url = "/", .headers = {{"origin", "https://a.example"}}}),
             second = app.inject({.url = "/"});
  std::printf("%d %d %s\n", first.statusCode, second.statusCode,
              first.header("access-control-allow-origin").value_or("none").c_str());
  return first.statusCode == 200 && second.statusCode == 429 && first.cookies().size() == 1 ? 0 : 1;
}
