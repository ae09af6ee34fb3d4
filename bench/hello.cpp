// Hello world as an app writes it, without a logger. Listens on 127.0.0.1, port from the environment (PORT).
#include <fastify/fastify.hpp>

#include <cstdlib>

using namespace fastify;

int main() {
  Fastify app;
  app.get("/", [](Request&, Reply& reply) { reply.send({{"hello", "world"}}); });
  const char* port = std::getenv("PORT");
  return app.run({.port = static_cast<std::uint16_t>(port ? std::atoi(port) : 3000), .host = "127.0.0.1"});
}
