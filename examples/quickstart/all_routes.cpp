// Clerk's Fastify quickstart, "Configure clerkPlugin for all routes". Reads CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY
// from the environment or from .env; PORT says where to listen (8080).
#include <clerk/fastify.hpp>
#include <dotenv/dotenv.hpp>

#include <cstdlib>

using namespace fastify;

int main() {
  dotenv::config();
  Fastify app({.logger = true});

  app.registerPlugin(clerk::clerkPlugin);

  app.get("/", [](Request& request, Reply& reply) -> Task<> {
    const auto auth = clerk::getAuth(request);

    // Protect the route from those who are not signed in
    if (!auth.userId) co_return reply.code(403).send({{"error", "Unauthorized request."}});

    const auto user = co_await clerk::clerkClient().users.getUser(*auth.userId);

    co_return reply.send({{"message", "User retrieved successfully."}, {"user", user}});
  });

  const char* port = std::getenv("PORT");
  return app.run({.port = static_cast<std::uint16_t>(port ? std::atoi(port) : 8080)});
}
