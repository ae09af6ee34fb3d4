#include <fastify/swagger.hpp>

#include "document.hpp"
#include "yaml.hpp"

#include <fastify/instance.hpp>

#include <algorithm>
#include <memory>

namespace fastify {
namespace {

struct Documentation {
  SwaggerOptions options;
  std::vector<detail::DocumentedRoute> routes;
  std::vector<Fastify*> scopes;
  bool ready = false;
  Json document;
};
const Decorator<std::shared_ptr<Documentation>> documentation{"swagger"};

void addRoute(Documentation& all, const RouteOptions& route) {
  auto methods = route.method.names();
  auto schema = route.schema;
  const bool head = methods.size() == 1 && methods[0] == "HEAD";
  const auto* config = route.config.is_object() ? route.config.get_object().if_contains("swagger") : nullptr;
  const auto* expose = config && config->is_object() ? config->get_object().if_contains("exposeHeadRoute") : nullptr;
  if (head && !all.options.exposeHeadRoutes && !(expose && *expose == true)) return;
  // Two operations of one id are no valid document.
  if (auto* id = schema.documentation.if_contains("operationId"); head && id && id->is_string())
    *id = std::string(id->get_string()) + "-head";
  all.routes.push_back({std::move(methods), route.url, std::move(schema)});
}

void make(Documentation& all, Fastify& instance) {
  JsonObject shared;
  for (auto* scope : all.scopes) {
    for (const auto& [id, schema] : scope->getSchemas()) shared[id] = schema;
  }
  for (const auto& [id, schema] : instance.getSchemas()) shared[id] = schema;
  all.document = detail::openapiDocument(all.options, all.routes, shared);
  all.ready = true;
}

}  // namespace

const Json& swaggerDocument(Fastify& instance) {
  const auto& all = *instance[documentation];
  if (!all.ready) throw FastifyError(500, ".swagger() must be called after .ready()");
  return all.document;
}

std::string swaggerYaml(Fastify& instance) { return detail::yamlOf(swaggerDocument(instance)); }

namespace detail {

Task<> startSwagger(Fastify& instance, const SwaggerOptions& options) {
  auto all = std::make_shared<Documentation>();
  all->options = options;
  instance.decorate(documentation, all);
  instance.addHook(onRoute, [all](RouteOptions& route) { addRoute(*all, route); });
  instance.addHook(onRegister, [all](Fastify& scope, const PluginOptions&) { all->scopes.push_back(&scope); });
  instance.addHook(onReady, [all](Fastify& scope) { make(*all, scope); });
  return Task<>();
}

}  // namespace detail
}  // namespace fastify
