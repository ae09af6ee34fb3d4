// Thirty lines of an app, as its developer writes them: what their compiler takes for it is measured.
#include <clerk/fastify.hpp>
#include <dotenv/dotenv.hpp>

#include <cstdlib>

using namespace fastify;

int main() {
  dotenv::config();
  Fastify app({.logger = true});

  app.registerPlugin(clerk::clerkPlugin);

  app.get("/", [](Request&, Reply& reply) { return reply.send({{"hello", "world"}}); });

  app.get("/me", [](Request& request, Reply& reply) -> Task<> {
    const auto auth = clerk::getAuth(request);
    if (!auth.userId) co_return reply.code(401).send({{"error", "signed out"}});
    const auto user = co_await clerk::clerkClient().users.getUser(*auth.userId);
    co_return reply.send({{"user", user}});
  });

  app.setErrorHandler([](FastifyError& error, Request& request, Reply& reply) {
    request.log().error(error.message);
    return reply.code(500).send({{"error", "something broke"}});
  });

  const char* port = std::getenv("PORT");
  return app.run({.port = static_cast<std::uint16_t>(port ? std::atoi(port) : 8080)});
}
