#pragma once
// The OpenAPI document of a list of routes.

#include <fastify/swagger.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace fastify::detail {

struct DocumentedRoute {
  std::vector<std::string> methods;
  std::string url;
  RouteSchema schema;
};

/// `/users/:id` as `/users/{id}`; regular expressions go, `::` is a colon, `*` is `{*}`.
std::string openapiPath(std::string_view url);

/// `shared` maps $id to schema, in the order of addSchema. Throws FastifyError for options that cannot be honoured.
Json openapiDocument(const SwaggerOptions& options, const std::vector<DocumentedRoute>& routes,
                     const JsonObject& shared);

}  // namespace fastify::detail
