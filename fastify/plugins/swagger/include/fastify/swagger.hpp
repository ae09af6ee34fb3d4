#pragma once
// An OpenAPI 3.1 document of an app's routes, and its page; @fastify/swagger and @fastify/swagger-ui for C++.

#include <fastify/callable.hpp>
#include <fastify/hooks.hpp>
#include <fastify/json.hpp>
#include <fastify/plugin.hpp>
#include <fastify/schema.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace fastify {

/// What a document says of a route: its schema (also `summary`, `description`, `tags`, `security`, `operationId`,
/// `deprecated`, `consumes`, `produces`, `hide`, `x-…` in `schema.documentation`) and its URL.
struct SwaggerRoute {
  RouteSchema schema;
  std::string url;
};

struct SwaggerOptions {
  /// The document's own members: info, servers, tags, security, components, externalDocs, … and `openapi`, its version
  /// ("3.1.0").
  JsonObject openapi;
  /// Routes with this tag are left out, …
  std::string hiddenTag = "X-HIDDEN";
  /// … and those without any, if wanted.
  bool hideUntagged = false;
  /// Takes the path of a server's URL away from the routes' paths.
  bool stripBasePath = true;
  /// Shows HEAD routes that were made for GET routes.
  bool exposeHeadRoutes = false;
  /// `const` becomes an `enum` of one: the page knows it.
  bool convertConstToEnum = true;
  /// Names a shared schema; empty: def-0, def-1, … in the order of `addSchema`, titled by its $id.
  std::function<std::string(const Json& schema, std::size_t number)> buildLocalReference;
  /// May change what is said of a route, …
  std::function<void(SwaggerRoute& route)> transform;
  /// … and the whole document.
  std::function<void(JsonObject& document)> transformObject;
};

/// `app.swagger()`: the document. After `ready()`; made once. Throws FastifyError before, and without the plugin.
const Json& swaggerDocument(Fastify& instance);
/// `app.swagger({yaml: true})`: the same as YAML.
std::string swaggerYaml(Fastify& instance);

struct SwaggerUiOptions {
  std::string routePrefix = "/documentation";
  /// The folder of the npm package swagger-ui-dist (or of what it holds). Empty: the document alone is served.
  std::string baseDir;
  /// Of SwaggerUIBundle: {"docExpansion", "full"}, {"deepLinking", false}, …
  JsonObject uiConfig;
  JsonObject initOAuth;
  std::string title = "Swagger UI";
  /// Sent with the pages as Content-Security-Policy; empty: none.
  std::string staticCSP;
  /// Asked before every answer: who may see the page.
  HookList<HookPoint::OnRequest> onRequest;
  HookList<HookPoint::PreHandler> preHandler;
};

namespace detail {
Task<> startSwagger(Fastify& instance, const SwaggerOptions& options);
Task<> startSwaggerUi(Fastify& instance, const SwaggerUiOptions& options);
}  // namespace detail

/// `app.registerPlugin(fastify::swagger, {.openapi = {{"info", {{"title", "Things"}, {"version",
/// "1.0.0"}}}}}).after()`: routes that are declared before it are not in the document.
inline constexpr Plugin<SwaggerOptions> swagger{detail::startSwagger, "@fastify/swagger", "5.x"};

/// Serves `/documentation/json`, `/documentation/yaml` and the page `/documentation`. Register it after `swagger`, in the same scope.
inline constexpr Plugin<SwaggerUiOptions> swaggerUi{detail::startSwaggerUi, "@fastify/swagger-ui", "5.x"};

}  // namespace fastify
