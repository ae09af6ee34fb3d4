// HTTP/2 without TLS (prior knowledge).
#include "app.hpp"
#include "app_parts.hpp"

using namespace fastify;

namespace conformance {

std::unique_ptr<Fastify> buildH2(const Setup&) {
  auto app = std::make_unique<Fastify>(FastifyOptions{.http2 = true});
  app->get("/obj", [](Request& request, Reply& reply) {
    reply.header("X-Mixed", "1");
    return Json{{"hello", "world"},
                {"version", request.raw().httpVersion()},
                {"host", request.host()},
                {"hostname", request.hostname()},
                {"port", request.port() ? Json(*request.port()) : Json(nullptr)},
                {"protocol", request.protocol()}};
  });
  app->get("/stream", [](Request&, Reply& reply) { reply.type("text/plain").send(streamOf({"a", "b"})); });
  app->post("/echo", [](Request& request) { return Json{{"body", *request.body()}}; });
  app->get("/fail", []() -> Task<int> { throw failure("boom"); });
  app->get("/204", [](Request&, Reply& reply) { reply.code(204).send(); });
  app->get("/cookies", [](Request& request, Reply& reply) {
    reply.header("set-cookie", {"a=1", "b=2"});
    return Json{{"cookie", request.headers()["cookie"].value_or("")}};
  });
  app->get("/connection", [](Request&, Reply& reply) { reply.header("connection", "close").send("x"); });
  app->get("/trailer", [](Request&, Reply& reply) {
    reply.trailer("x-sum", [](const Payload&) -> Task<std::string> { co_return "t"; }).send("body");
  });
  app->get("/big", [] { return std::string(200000, 'y'); });
  return app;
}

}  // namespace conformance
