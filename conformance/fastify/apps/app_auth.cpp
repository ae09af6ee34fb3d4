// An authentication plugin that uses the framework as an SDK like Clerk's does: `fp`, request decorators, one hook,
// headers from a result, a handshake with cookies, answers from the hook. The header x-demo says what it does; x-user
// signs in.
#include "app.hpp"
#include "app_parts.hpp"

#include <crypto/digest.hpp>
#include <ecmascript/json_text.hpp>

using namespace fastify;

namespace conformance {
namespace {

struct Auth {
  std::optional<std::string> userId;
  Json json() const { return {{"userId", userId ? Json(*userId) : Json(nullptr)}}; }
};

const Decorator<std::optional<Auth>> auth{"auth"};
const Decorator<std::string> client{"client"};

/// encodeURIComponent: all but letters, digits and -_.!~*'() as %XX.
std::string encodeComponent(std::string_view text) {
  constexpr std::string_view kept = "-_.!~*'()";
  constexpr char digits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const unsigned char c : text) {
    if (std::isalnum(c) || kept.find(static_cast<char>(c)) != kept.npos) {
      encoded += static_cast<char>(c);
    } else {
      encoded.append({'%', digits[c >> 4], digits[c & 15]});
    }
  }
  return encoded;
}

void handshake(Request& request, Reply& reply) {
  for (const auto* cookie :
       {"__session=; Path=/; Max-Age=0", "__client_uat=0; Path=/", "hs=1; HttpOnly; SameSite=Lax"}) {
    reply.header("set-cookie", cookie);
  }
  reply.header("cache-control", "no-store");
  reply.header("location", "https://accounts.example.test/v1/client/handshake?redirect_url=" +
                               encodeComponent("http://" + std::string(request.host()) + std::string(request.url())));
  reply.code(307).send();
}

Task<> authenticate(Request& request, Reply& reply) {
  const auto demo = request.headers()["x-demo"].value_or("");
  const auto user = request.headers()["x-user"];
  if (demo == "bad") co_return reply.code(400).send();
  if (demo == "fail") throw failure("handshake status without redirect");
  if (demo == "proxy") {
    reply.code(203).header("x-upstream", "yes").header("content-type", "application/json");
    co_return reply.send(streamOf({"{\"proxied\":", "true}"}));
  }
  reply.header("x-auth-status", user ? "signed-in" : "signed-out");
  if (demo == "handshake") co_return handshake(request, reply);
  if (demo == "drop") {
    reply.header("location", "/x").header("cache-control", "no-store");
    reply.removeHeader("location").removeHeader("cache-control");
  }
  request[auth] = Auth{user ? std::optional(std::string(*user)) : std::nullopt};
  request[client] = "client";
}

void authPlugin(Fastify& scope, const PluginOptions& options) {
  scope.decorateRequest(auth);
  scope.decorateRequest(client);
  const std::string_view hookName = options.values.at("hookName").as_string();
  if (hookName == "onRequest") {
    scope.addHook(onRequest, authenticate);
  } else if (hookName == "preHandler") {
    scope.addHook(preHandler, authenticate);
  } else {
    throw failure("Unsupported hookName: " + std::string(hookName));
  }
}

bool signedIn(Request& request) { return request[auth] && request[auth]->userId; }

Json authOf(Request& request) { return request[auth] ? request[auth]->json() : Json(nullptr); }

void routes(Fastify& app) {
  app.get("/public", [](Request& request) { return Json{{"auth", authOf(request)}, {"client", request[client]}}; });
  app.get("/protected", [](Request& request, Reply& reply) -> Task<> {
    if (!signedIn(request)) co_return reply.code(401).send({{"error", "User not authenticated"}});
    co_return reply.send({{"message", "ok"}, {"userId", *request[auth]->userId}});
  });
  app.get("/redirect", [](Request& request, Reply& reply) -> Task<> {
    if (!signedIn(request)) co_return reply.redirect("/sign-in", 303);
    co_return reply.send("in");
  });
  const auto schema = R"({"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}})"_json;
  app.post("/items", {.schema = {.body = schema}}, [](Request& request, Reply& reply) {
    if (!signedIn(request)) return reply.code(403).send({{"error", "Forbidden"}});
    reply.code(201).send({{"n", request.body()->at("n")}, {"by", *request[auth]->userId}});
  });
  app.registerPlugin(
      [](Fastify& admin) {
        admin.addHook(preHandler, [](Request& request, Reply& reply) -> Task<> {
          if (!signedIn(request)) reply.code(401).send({{"error", "admins only"}});
          co_return;
        });
        admin.get("/panel", [](Request& request) { return Json{{"panel", true}, {"user", *request[auth]->userId}}; });
      },
      {.prefix = "/admin"});
}

void webhook(Fastify& app) {
  app.registerPlugin([](Fastify& scope) {
    scope.addContentTypeParser("application/json", {.parseAs = ParseAs::Buffer},
                               [](Request&, std::string_view body) { return Buffer{std::string(body)}; });
    scope.post("/webhook", [](Request& request, Reply& reply) -> Task<> {
      const auto body = request.rawBody();
      if (crypto::hexEncode(crypto::bytesOf(crypto::hmacSha256("secret", body))) !=
          request.headers()["x-signature"].value_or("")) {
        co_return reply.code(400).send({{"ok", false}});
      }
      co_return reply.send({{"ok", true}, {"bytes", body.size()}});
    });
  });
  app.post("/restringify", [](Request& request, Reply& reply) {
    reply.type("text/plain").send(ecmascript::stringify(*request.body()));
  });
}

}  // namespace

std::unique_ptr<Fastify> buildAuth(const Setup& setup) {
  auto app = std::make_unique<Fastify>();
  app->get("/before", [](Request& request) { return Json{{"auth", authOf(request)}}; });
  app->registerPlugin(fp(authPlugin, {.name = "demo-auth", .fastify = "5.x"}),
                      {.values = {{"hookName", setup.variant == "on-request" ? "onRequest" : "preHandler"}}});
  routes(*app);
  webhook(*app);
  app->setErrorHandler([](FastifyError& error, Request&, Reply& reply) {
    const Json entry = {{"code", error.code.empty() ? "internal" : error.code}, {"message", error.message}};
    reply.code(error.statusCode.value_or(500)).send({{"errors", JsonArray{entry}}});
  });
  return app;
}

}  // namespace conformance
