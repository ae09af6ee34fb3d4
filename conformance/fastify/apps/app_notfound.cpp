// 404: the built-in answer, an own handler, one handler per prefix.
#include "app.hpp"
#include "app_parts.hpp"

using namespace fastify;

namespace conformance {
namespace {

const Decorator<std::vector<std::string>> trace{"trace"};

auto note(std::string what) {
  return [what = std::move(what)](Request& request) { request[trace].push_back(what); };
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text.append(text.empty() ? "" : ",").append(part);
  return text;
}

void hooks(Fastify& app) {
  app.decorateRequest(trace);
  app.addHook(onRequest, note("onRequest"));
  app.addHook(preParsing, note("preParsing"));
  app.addHook(preValidation, note("preValidation"));
  app.addHook(preHandler, note("preHandler"));
  app.addHook(onSend, [](Request& request, Reply& reply) {
    request[trace].push_back("onSend");
    reply.header("x-trace", joined(request[trace]));
  });
}

void rootHandler(Fastify& app) {
  app.setNotFoundHandler(
      {.preValidation = note("nf.preValidation"), .preHandler = note("nf.preHandler")},
      [](Request& request, Reply& reply) {
        reply.code(404).send(
            {{"custom", "root"}, {"is404", request.is404()}, {"url", request.url()}, {"method", request.method()}});
      });
}

Handler answer404(std::string name) {
  return [name = std::move(name)](Request&, Reply& reply) { reply.code(404).send({{"custom", name}}); };
}

void nestedHandlers(Fastify& app) {
  app.registerPlugin(
      [](Fastify& v1) {
        v1.addHook(onRequest, note("v1.onRequest"));
        v1.setNotFoundHandler(answer404("v1"));
        v1.get("/here", [] { return Json{{"v1", true}}; });
        v1.get("/call", [](Request&, Reply& reply) { reply.callNotFound(); });
        v1.registerPlugin([](Fastify& deep) { deep.setNotFoundHandler(answer404("v1-deep")); }, {.prefix = "/deep"});
      },
      {.prefix = "/v1"});
  app.registerPlugin(
      [](Fastify& v2) {
        v2.addHook(onRequest, note("v2.onRequest"));
        v2.get("/here", [] { return Json{{"v2", true}}; });
      },
      {.prefix = "/v2"});
}

}  // namespace

std::unique_ptr<Fastify> buildNotFound(const Setup& setup) {
  auto app = std::make_unique<Fastify>();
  hooks(*app);
  app->get("/ok", [](Request& request) { return Json{{"ok", true}, {"is404", request.is404()}}; });
  app->get("/call", [](Request&, Reply& reply) { reply.callNotFound(); });
  app->post("/ok", [] { return Json{{"ok", true}}; });
  if (setup.variant == "custom" || setup.variant == "nested") rootHandler(*app);
  if (setup.variant == "handler-200")
    app->setNotFoundHandler([](Request&, Reply& reply) { reply.send({{"spa", true}}); });
  if (setup.variant == "handler-throws") app->setNotFoundHandler([]() -> Json { throw failure("nothing here", 410); });
  if (setup.variant == "nested") nestedHandlers(*app);
  return app;
}

}  // namespace conformance
