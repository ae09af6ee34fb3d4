#include "compile_schemas.hpp"

#include "compile_responses.hpp"

#include "schema/response_table.hpp"

#include <utility>

namespace fastify {

namespace {

using Part = HttpPart;

/// "POST: /users", as Fastify names a route in these messages.
std::string nameOf(const CompiledRoute& route) { return route.info.method + ": " + route.info.url.value_or(""); }

FastifyError buildError(const CompiledRoute& route, std::string_view reason) {
  return {500, "FST_ERR_SCH_VALIDATION_BUILD",
          "Failed building the validation schema for " + nameOf(route) + ", due to error " + std::string(reason)};
}

struct ValidatorSource {
  const CompiledRoute& route;
  const RouteOptions& options;
  const Fastify::Scope& scope;

  ValidatorFunction compile(const Json& schema, Part part) const {
    const std::string name(fastify::nameOf(part));
    try {
      auto compilers = compilersOf(scope);
      if (options.validatorCompiler) compilers.ownValidator = options.validatorCompiler;
      return compilers.validator({schema, route.info.method, route.info.url.value_or(""), name}, name);
    } catch (const std::exception& failed) {
      throw buildError(route, failed.what());
    }
  }

  void add(std::vector<PartValidator>& validators, const Json& schema, Part part) const {
    if (schema.is_null()) return;
    PartValidator validator;
    validator.part = part;
    const auto* content = part == Part::Body ? schema::contentOf(schema) : nullptr;
    if (content) {
      for (const auto& [mediaType, description] : *content) {
        const auto* own = description.is_object() ? description.get_object().if_contains("schema") : nullptr;
        if (own) validator.byMediaType.emplace_back(mediaType, compile(*own, part));
      }
    } else {
      validator.validate = compile(schema, part);
    }
    validators.push_back(std::move(validator));
  }
};

}  // namespace

void addSharedSchema(schema::SchemaRegistry& schemas, Json schema) {
  const auto* object = schema.if_object();
  const auto* id = object ? object->if_contains("$id") : nullptr;
  const std::string name(id && id->is_string() ? std::string_view(id->get_string()) : std::string_view());
  switch (schemas.add(std::move(schema))) {
    case schema::SchemaRegistry::AddOutcome::Added: return;
    case schema::SchemaRegistry::AddOutcome::MissingId:
      throw FastifyError(500, "FST_ERR_SCH_MISSING_ID", "Missing schema $id property");
    case schema::SchemaRegistry::AddOutcome::AlreadyPresent:
      throw FastifyError(500, "FST_ERR_SCH_ALREADY_PRESENT", "Schema with id '" + name + "' already declared!");
  }
}

void compileSchemas(CompiledRoute& route, const RouteOptions& options, const Fastify::Scope& scope) {
  const auto& schemas = options.schema;
  if (!schemas.query.is_null() && !schemas.querystring.is_null()) {
    throw FastifyError(500, "FST_ERR_SCH_DUPLICATE", "Schema with 'querystring' already present!");
  }
  const ValidatorSource source{route, options, scope};
  source.add(route.validators, schemas.params, Part::Params);
  source.add(route.validators, schemas.body, Part::Body);
  source.add(route.validators, schemas.querystring.is_null() ? schemas.query : schemas.querystring, Part::Querystring);
  source.add(route.validators, schemas.headers, Part::Headers);
  compileResponses(route, options, scope);
}

SchemaCompilers compilersOf(const Fastify::Scope& scope) {
  const auto& application = scope.root->application;
  return {scope.validatorCompiler, scope.serializerCompiler,           scope.schemas,
          application.options.ajv, application.options.serializerOpts, application.logger};
}

}  // namespace fastify
