// The smallest server: `curl http://localhost:3000/` answers {"hello":"world"}.
#include <fastify/fastify.hpp>

#include <cstdlib>

using namespace fastify;

int main() {
  Fastify app({.logger = true});

  app.get("/", [] { return Json{{"hello", "world"}}; });

  const char* port = std::getenv("PORT");
  return app.run({.port = static_cast<std::uint16_t>(port ? std::atoi(port) : 3000)});
}
