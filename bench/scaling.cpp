// A hello world among many: what bench/run scaling measures. From the environment: ROUTES other routes (static ones,
// parameters and wildcards), SCOPES plugins one inside the other with the route in the innermost, PORT.
#include <fastify/fastify.hpp>

#include <cstdlib>
#include <string>

using namespace fastify;

namespace {

int numberFrom(const char* name) {
  const char* text = std::getenv(name);
  return text ? std::atoi(text) : 0;
}

void addOthers(Fastify& app, int count) {
  for (int i = 0; i < count; ++i) {
    const auto number = std::to_string(i);
    switch (i % 4) {
      case 0: app.get("/api/v" + std::to_string(i % 7) + "/things" + number, [] { return "static"; }); break;
      case 1: app.get("/users/:id/part" + number, [] { return "parameter"; }); break;
      case 2: app.get("/files/group" + number + "/*", [] { return "wildcard"; }); break;
      default: app.get("/org/:org/team" + number + "/:member", [] { return "parameters"; }); break;
    }
  }
}

void addHello(Fastify& app, int scopes) {
  if (scopes > 0) {
    app.registerPlugin([scopes](Fastify& inner) { addHello(inner, scopes - 1); });
    return;
  }
  app.get("/", [] { return Json{{"hello", "world"}}; });
  app.get("/users/:id/posts/:post", [](Request& request) { return Json{{"id", *request.param("id")}}; });
}

}  // namespace

int main() {
  Fastify app;
  addOthers(app, numberFrom("ROUTES"));
  addHello(app, numberFrom("SCOPES"));
  return app.run({.port = static_cast<std::uint16_t>(numberFrom("PORT")), .host = "127.0.0.1"});
}
