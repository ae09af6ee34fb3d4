#include "compile_responses.hpp"

#include "compile_schemas.hpp"

#include "content/media_type.hpp"
#include "schema/response_table.hpp"

#include <utility>

namespace fastify {

namespace {

FastifyError buildError(const CompiledRoute& route, std::string_view reason) {
  return {500, "FST_ERR_SCH_SERIALIZATION_BUILD",
          "Failed building the serialization schema for " + route.info.method + ": " + route.info.url.value_or("") +
              ", due to error " + std::string(reason)};
}

/// fast-json-stringify reads no answer whose media type has no schema.
void mustHaveSchemas(const JsonObject& response) {
  for (const auto& [status, schema] : response) {
    const auto* content = schema::contentOf(schema);
    const auto missing = content ? schema::mediaTypeWithoutSchema(*content) : std::nullopt;
    if (!missing) continue;
    throw FastifyError(500, "FST_ERR_SCH_CONTENT_MISSING_SCHEMA",
                       "Schema is missing for the content type '" + *missing + "'");
  }
}

SerializerFunction compile(const Json& schema, const std::string& status, const std::string& mediaType,
                           const CompiledRoute& route, const RouteOptions& options, const Fastify::Scope& scope) {
  auto compilers = compilersOf(scope);
  if (options.serializerCompiler) compilers.ownSerializer = options.serializerCompiler;
  return compilers.serializer({schema, route.info.method, route.info.url.value_or(""), status, mediaType});
}

}  // namespace

void compileResponses(CompiledRoute& route, const RouteOptions& options, const Fastify::Scope& scope) {
  const auto* response = options.schema.response.if_object();
  if (!response || response->empty()) return;
  mustHaveSchemas(*response);
  using Table = schema::ResponseTable<SerializerFunction>;
  try {
    auto table = std::make_shared<const Table>(
        *response, [&](const Json& schema, const std::string& status, const std::string& mediaType) {
          return compile(schema, status, mediaType, route, options, scope);
        });
    route.findSerializer = [table = std::move(table)](int statusCode, std::string_view contentType) {
      return table->find(statusCode, content::essenceOf(contentType));
    };
  } catch (const std::exception& failed) {
    throw buildError(route, failed.what());
  }
}

}  // namespace fastify
