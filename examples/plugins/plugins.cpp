// A small service with the official plugins: its documentation is at /documentation when SWAGGER_UI names the folder of
// swagger-ui-dist.
#include <fastify/cookie.hpp>
#include <fastify/cors.hpp>
#include <fastify/fastify.hpp>
#include <fastify/helmet.hpp>
#include <fastify/metrics.hpp>
#include <fastify/multipart.hpp>
#include <fastify/rate_limit.hpp>
#include <fastify/swagger.hpp>
#include <fastify/under_pressure.hpp>
#include <fastify/websocket.hpp>

#include <cstdlib>
#include <string>

using namespace fastify;

namespace {

std::string fromEnvironment(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value ? value : otherwise;
}

Json things() { return R"([{"id": 1, "name": "anvil"}, {"id": 2, "name": "bell"}])"_json; }

Task<Json> upload(Request& request) {
  const auto photo = co_await file(request);
  if (!photo) throw FastifyError(400, "a file is missing");
  const auto stream = photo->file();
  while (co_await stream->read()) {
  }
  co_return Json{{"name", photo->filename.value_or("")}, {"bytes", photo->bytesRead}};
}

Task<> echo(WebSocketPtr socket, Request&) {
  while (const auto message = co_await socket->receive()) {
    if (!socket->send(message->data)) co_await socket->drain();
  }
}

}  // namespace

int main() {
  Fastify app({.logger = true});

  app.registerPlugin(cors, {.origin = {fromEnvironment("APP_ORIGIN", "http://localhost:5173")},
                            .methods = {"GET", "PUT", "POST"},
                            .credentials = true});
  app.registerPlugin(helmet, {.contentSecurityPolicy = R"({"directives": {"upgrade-insecure-requests": null}})"_json,
                              .crossOriginResourcePolicy = false});
  app.registerPlugin(rateLimit, {.max = 1000, .timeWindow = "1 minute"});
  app.registerPlugin(underPressure, {.maxEventLoopDelay = std::chrono::seconds(1), .exposeStatusRoute = StatusRoute{}});
  app.registerPlugin(metrics);
  app.registerPlugin(cookie, {.secret = fromEnvironment("COOKIE_SECRET", "change me")});
  app.registerPlugin(multipart, {.limits = {.files = 1, .fileSize = 1024 * 1024}});
  app.registerPlugin(websocket, {.maxPayload = 65536});
  app.registerPlugin(
      swagger,
      {.openapi =
           R"({"info": {"title": "Things", "version": "1.0.0"}, "tags": [{"name": "things"}]})"_json.as_object()});
  app.registerPlugin(swaggerUi, {.baseDir = fromEnvironment("SWAGGER_UI", "")});
  app.after();  // what follows is seen by those that look at routes

  app.addSchema(
      R"({"$id": "thing", "type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}})"_json);

  app.get(
      "/things",
      {.schema =
           {.querystring =
                R"({"type": "object", "properties": {"limit": {"type": "integer", "minimum": 1, "default": 10}}})"_json,
            .response = R"({"200": {"description": "All things", "type": "array", "items": {"$ref": "thing#"}}})"_json,
            .documentation = R"({"summary": "Lists things", "tags": ["things"]})"_json.as_object()}},
      [](Request&) { return things(); });
  app.put("/things/:id",
          {.schema = {.body = R"({"$ref": "thing#"})"_json,
                      .params = R"({"type": "object", "properties": {"id": {"type": "integer"}}})"_json,
                      .documentation = R"({"summary": "Replaces a thing", "tags": ["things"]})"_json.as_object()}},
          [](Request& request) { return Json{{"id", request.params()["id"]}, {"name", request.body()->at("name")}}; });
  app.get("/visits", {.schema = {.documentation = R"({"summary": "Counts your visits"})"_json.as_object()}},
          [](Request& request, Reply& reply) {
            const auto* sent = request[cookies].if_contains("visits");
            const auto known = sent ? unsignCookie(request, sent->as_string()) : UnsignResult();
            const auto visits = known.valid ? std::atoi(known.value->c_str()) + 1 : 1;
            setCookie(reply, "visits", std::to_string(visits),
                      {.path = "/", .httpOnly = true, .secure = "auto", .sign = true})
                .send({{"visits", visits}});
          });
  app.post("/photos", {.schema = {.documentation = R"({"summary": "Takes a photo", "hide": true})"_json.as_object()}},
           upload);
  app.get("/echo", {.schema = {.documentation = {{"hide", true}}}}, websocketHandler(echo));

  return app.run({.port = static_cast<std::uint16_t>(std::atoi(fromEnvironment("PORT", "3000").c_str())),
                  .host = fromEnvironment("HOST", "localhost")});
}
