#include "recorded_case.hpp"

#include <clerk/fastify.hpp>
#include <ecmascript/json_text.hpp>

namespace conformance {
namespace {

using fastify::Fastify;
using fastify::Reply;
using fastify::Request;
using fastify::Task;

json::object objectOf(const json::object& recorded, std::string_view name) {
  const auto* value = recorded.if_contains(name);
  return value && value->is_object() ? value->get_object() : json::object();
}

clerk::FrontendApiProxyOptions proxyOptionsOf(const json::object& given) {
  clerk::FrontendApiProxyOptions options;
  options.enabled = flagOf(given, "enabled");
  if (const auto prefix = textOf(given, "enabledFor"); !prefix.empty()) {
    options.enabled = [prefix](const std::string& url) {
      return std::string_view(url).substr(url.find('/', url.find("://") + 3)).starts_with(prefix);
    };
  }
  options.path = textOf(given, "path", "/__clerk");
  return options;
}

clerk::ClerkFastifyOptions pluginOptionsOf(const json::object& given, World& world) {
  const auto request = requestOptionsOf(given, given, world);
  clerk::ClerkFastifyOptions options{.publishableKey = request.publishableKey,
                                     .secretKey = request.secretKey,
                                     .jwtKey = request.jwtKey,
                                     .machineSecretKey = request.machineSecretKey,
                                     .apiUrl = request.apiUrl,
                                     .proxyUrl = request.proxyUrl,
                                     .domain = request.domain,
                                     .isSatellite = request.isSatellite,
                                     .satelliteAutoSync = request.satelliteAutoSync,
                                     .signInUrl = request.signInUrl,
                                     .signUpUrl = request.signUpUrl,
                                     .afterSignInUrl = request.afterSignInUrl,
                                     .afterSignUpUrl = request.afterSignUpUrl,
                                     .audience = request.audience,
                                     .authorizedParties = request.authorizedParties,
                                     .issuer = request.issuer,
                                     .clockSkew = request.clockSkew,
                                     .organizationSyncOptions = request.organizationSyncOptions,
                                     .requireInstanceIssuer = request.requireInstanceIssuer,
                                     .keySetPolicy = request.keySetPolicy,
                                     .strictness = request.strictness,
                                     .runtime = world.runtime};
  options.hookName = textOf(given, "hookName", "preHandler");
  options.apiVersion = textOf(given, "apiVersion");
  options.enableHandshake = flagOf(given, "__internal_enableHandshake", true);
  options.frontendApiProxy = proxyOptionsOf(objectOf(given, "frontendApiProxy"));
  if (world.mode == Mode::Parity) {
    options.trustForwardedHeaders = true;
    options.requireKeys = false;
    options.requestPolicy.retries = 0;
    // The reference's plugin does not know CLERK_API_URL.
    const auto key =
        options.publishableKey.empty() ? textOf(world.environment, "CLERK_PUBLISHABLE_KEY") : options.publishableKey;
    if (options.apiUrl.empty()) options.apiUrl = clerk::apiUrlFromPublishableKey(key);
  }
  return options;
}

fastify::FastifyOptions serverOptionsOf(const json::object& recorded) {
  const auto given = objectOf(recorded, "serverOptions");
  fastify::FastifyOptions options;
  if (flagOf(given, "trustProxy")) options.trustProxy = true;
  if (const auto* networks = given.if_contains("trustProxy"); networks && networks->is_string())
    options.trustProxy = textsOf(given, "trustProxy");
  if (const auto* limit = given.if_contains("bodyLimit")) options.bodyLimit = limit->to_number<std::int64_t>();
  return options;
}

/// The recorder's notes on members that JavaScript has as undefined, as far as they are true of ours.
json::object authNoteOf(const json::value& auth, const json::value* expected) {
  json::object note{{"json", auth}};
  const auto* names = expected && expected->is_object() ? expected->get_object().if_contains("undefinedKeys") : nullptr;
  if (!names) return note;
  json::array absent;
  for (const auto& name : names->as_array()) {
    if (!auth.as_object().contains(name.as_string())) absent.push_back(name);
  }
  note["undefinedKeys"] = absent;
  return note;
}

std::string firstLine(std::string_view text) { return std::string(text.substr(0, text.find('\n'))); }

/// The route that the recorder's server has.
class RecordersRoute {
 public:
  explicit RecordersRoute(const json::object& recorded) : recorded_(recorded) {}

  void addTo(Fastify& app) {
    const auto hook = textOf(recorded_, "earlyHook");
    if (hook == "onRequest") app.addHook(fastify::onRequest, [this](Request& request, Reply&) { lookEarly(request); });
    if (hook == "preValidation")
      app.addHook(fastify::preValidation, [this](Request& request, Reply&) { lookEarly(request); });
    if (hook == "preHandler")
      app.addHook(fastify::preHandler, [this](Request& request, Reply&) { lookEarly(request); });
    app.all("/*", [this](Request& request, Reply& reply) { reply.send(answer(request)); });
  }

 private:
  clerk::Auth authOf(Request& request) const {
    const auto options = objectOf(recorded_, "getAuthOptions");
    const auto* accepts = options.if_contains("acceptsToken");
    if (!accepts) return clerk::getAuth(request);
    return clerk::getAuth(request, {.acceptsToken = acceptsTokenOf(accepts)});
  }

  const json::value* expected(std::string_view name) const {
    const auto* body = recorded_.at("expect").as_object().if_contains("body");
    return body && body->is_object() ? body->get_object().if_contains(name) : nullptr;
  }

  void lookEarly(Request& request) {
    try {
      early_ = authNoteOf(authOf(request).toJson(), expected("early"));
    } catch (const std::exception& error) {
      early_ = json::object{{"throws", firstLine(error.what())}};
    }
  }

  json::value answer(Request& request) const {
    if (flagOf(recorded_, "webhook")) {
      const auto options = objectOf(recorded_, "webhookOptions");
      clerk::VerifyWebhookOptions how{.runtime = runtime};
      if (options.contains("signingSecret")) how.signingSecret = textOf(options, "signingSecret");
      return {{"event", clerk::verifyWebhook(request, how)}};
    }
    Outcome outcome;
    const auto auth = authOf(request);
    addAuth(outcome, recorded_, auth);
    json::object body{{"auth", authNoteOf(outcome.at("auth"), expected("auth"))}};
    if (early_) body["early"] = *early_;
    for (auto name : {"has", "getToken"}) {
      if (outcome.contains(name)) body[name] = outcome.at(name);
    }
    clerk::getClerk(request);  // throws when there is none
    body["hasClerk"] = "object";
    return body;
  }

  const json::object& recorded_;
  std::optional<json::value> early_;

 public:
  std::shared_ptr<clerk::Runtime> runtime;
};

fastify::InjectRequest requestOf(const json::object& recorded) {
  const auto given = objectOf(recorded, "request");
  fastify::InjectRequest request{.method = textOf(given, "method", "GET"), .url = textOf(given, "url", "/")};
  bool namesAgent = false;
  if (const auto* headers = given.if_contains("headers")) {
    for (const auto& pair : headers->as_array()) {
      request.headers.emplace_back(pair.at(0).as_string(), pair.at(1).as_string());
      namesAgent = namesAgent || request.headers.back().first == "user-agent";
    }
  }
  if (!namesAgent) request.headers.emplace_back("user-agent", "lightMyRequest");
  if (const auto* body = given.if_contains("body"); body && body->is_string())
    request.payload = std::string(body->get_string());
  return request;
}

Outcome outcomeOf(const fastify::InjectResponse& response) {
  json::object headers;
  for (const auto& [name, value] : response.headers) {
    auto [place, isNew] = headers.emplace(name, value);
    if (isNew) continue;
    auto& known = place->value();
    if (!known.is_array()) known = json::array{known};
    known.get_array().push_back(json::value(value));
  }
  return {{"statusCode", response.statusCode}, {"headers", headers}};
}

Outcome uncaught(const json::object& recorded, const std::exception& error) {
  const auto* expected = recorded.at("expect").as_object().if_contains("uncaught");
  const json::value text(error.what());
  if (expected && expected->is_object()) return {{"uncaught", {{"message", text}}}};
  return {{"uncaught", text}};
}

Outcome runPluginCase(const json::object& recorded, World& world) {
  Fastify app(serverOptionsOf(recorded));
  RecordersRoute route(recorded);
  route.runtime = world.runtime;
  const auto* plugin = recorded.if_contains("plugin");
  if (!plugin || plugin->is_object()) {
    const auto options = pluginOptionsOf(objectOf(recorded, "plugin"), world);
    app.registerPlugin(clerk::clerkPlugin, options);
    if (flagOf(recorded, "registerTwice")) app.registerPlugin(clerk::clerkPlugin, options);
  }
  route.addTo(app);
  try {
    app.ready();
  } catch (const std::exception& error) {
    return uncaught(recorded, error);
  }
  const auto response = app.inject(requestOf(recorded));
  auto outcome = outcomeOf(response);
  boost::system::error_code failed;
  const auto body = json::parse(response.body, failed);
  outcome["body"] = failed || !(body.is_object() || body.is_array()) ? json::value(response.body) : body;
  return outcome;
}

// The programs of the quickstart guide.

void allRoutes(Fastify& app, const clerk::ClerkFastifyOptions& options, const clerk::ClerkClient& client) {
  app.registerPlugin(clerk::clerkPlugin, options);
  app.get("/", [&client](Request& request, Reply& reply) -> Task<> {
    const auto auth = clerk::getAuth(request);
    if (!auth.userId) co_return reply.code(403).send({{"error", "Unauthorized request."}});
    const auto user = co_await client.users.getUser(*auth.userId);
    co_return reply.send({{"message", "User retrieved successfully."}, {"user", user}});
  });
}

void specificRoutes(Fastify& app, const clerk::ClerkFastifyOptions& options, const clerk::ClerkClient& client) {
  app.registerPlugin([&options, &client](Fastify& instance) {
    instance.registerPlugin(clerk::clerkPlugin, options);
    instance.get("/protected", [&client](Request& request, Reply& reply) -> Task<> {
      const auto auth = clerk::getAuth(request);
      if (!auth.userId) co_return reply.code(403).send({{"message", "Access denied. Authentication required."}});
      const auto user = co_await client.users.getUser(*auth.userId);
      co_return reply.send({{"message", "This is a protected route."}, {"user", user}});
    });
  });
  app.registerPlugin([](Fastify& instance) {
    instance.get("/", [](Request&, Reply& reply) { reply.send({{"message", "This is a public route."}}); });
  });
}

Outcome runQuickstart(const json::object& recorded, World& world) {
  const auto options = pluginOptionsOf({}, world);
  auto clientOptions = clerk::optionsFromEnvironment(world.runtime);
  clientOptions.userAgent = "@clerk/fastify@3.1.79";
  clientOptions.strictness = world.strictness();
  if (world.mode == Mode::Parity) clientOptions.requestPolicy.retries = 0;
  const clerk::ClerkClient client(clientOptions);
  Fastify app;
  (textOf(recorded, "app") == "all" ? allRoutes : specificRoutes)(app, options, client);
  try {
    app.ready();
  } catch (const std::exception& error) {
    return {{"uncaught", error.what()}};
  }
  const auto response = app.inject(requestOf(recorded));
  auto outcome = outcomeOf(response);
  outcome["text"] = response.body;
  return outcome;
}

}  // namespace

std::optional<Outcome> runServerCase(const CaseFile&, const json::object& recorded, World& world) {
  const auto function = textOf(recorded, "fn");
  if (function == "fastify") return runPluginCase(recorded, world);
  if (function == "quickstart") return runQuickstart(recorded, world);
  return {};
}

}  // namespace conformance
