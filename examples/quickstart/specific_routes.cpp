// Clerk's Fastify quickstart, "Configure clerkPlugin for specific routes". Reads CLERK_PUBLISHABLE_KEY and
// CLERK_SECRET_KEY from the environment or from .env; PORT says where to listen (8080).
#include <clerk/fastify.hpp>
#include <dotenv/dotenv.hpp>

#include <cstdlib>

using namespace fastify;

void protectedRoutes(Fastify& instance) {
  instance.registerPlugin(clerk::clerkPlugin);

  instance.get("/protected", [](Request& request, Reply& reply) -> Task<> {
    const auto auth = clerk::getAuth(request);

    // Protect the route from those who are not signed in
    if (!auth.userId) co_return reply.code(403).send({{"message", "Access denied. Authentication required."}});

    const auto user = co_await clerk::clerkClient().users.getUser(*auth.userId);

    // Only those who are signed in see this
    reply.send({{"message", "This is a protected route."}, {"user", user}});
  });
}

void publicRoutes(Fastify& instance) {
  instance.get("/", [](Request&, Reply& reply) { reply.send({{"message", "This is a public route."}}); });
}

int main() {
  dotenv::config();
  Fastify app({.logger = true});

  app.registerPlugin(protectedRoutes);
  app.registerPlugin(publicRoutes);

  const char* port = std::getenv("PORT");
  return app.run({.port = static_cast<std::uint16_t>(port ? std::atoi(port) : 8080)});
}
