// A route behind Clerk's plugin with a networkless key (CLERK_JWT_KEY), and the same answer without: what the check
// costs. Listens on 127.0.0.1, port from the environment (PORT).
#include <clerk/fastify.hpp>

#include <cstdlib>

using namespace fastify;

int main() {
  Fastify app;
  app.registerPlugin([](Fastify& scope) {
    scope.registerPlugin(clerk::clerkPlugin);
    scope.get("/protected", [](Request& request, Reply& reply) {
      const auto auth = clerk::getAuth(request);
      if (!auth.userId) return reply.code(401).send({{"error", "Unauthorized"}});
      reply.send({{"userId", *auth.userId}});
    });
  });
  app.get("/bare", [](Request&, Reply& reply) { reply.send({{"userId", "user_2bench0000000000000000000000"}}); });
  const char* port = std::getenv("PORT");
  return app.run({.port = static_cast<std::uint16_t>(port ? std::atoi(port) : 3000), .host = "127.0.0.1"});
}
