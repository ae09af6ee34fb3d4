// The apps of apps/swagger.mjs.
#include "recorded.hpp"

#include <fastify/swagger.hpp>

#include <gtest/gtest.h>

namespace {

using namespace fastify;

std::string ok(Request&) { return "ok"; }

conformance::App with(SwaggerOptions options, void (*declare)(Fastify& app)) {
  return {[options, declare](Fastify& app) {
    auto given = options;
    given.openapi["info"] = Json{{"title", "Things"}, {"version", "1.2.3"}};
    app.registerPlugin(swagger, given).after();
    declare(app);
    app.get("/document", {.schema = {.documentation = {{"hide", true}}}},
            [](Request& request, Reply& reply) { reply.send(swaggerDocument(request.server())); });
  }};
}

void declareRoutes(Fastify& app) {
  app.get("/plain", ok);
  app.get("/users/:id/files/*", ok);
  app.get("/at/:hour(^\\d{2})h:minute(^\\d{2})m", ok);
  app.post(
      "/things",
      {.schema =
           {.body =
                R"({"type": "object", "description": "A thing", "required": ["name"], "properties": {"name": {"type": "string", "minLength": 1}, "kind": {"const": "thing"},
                "note": {"type": "string", "nullable": true}, "raw": {"type": "string", "contentEncoding": "base64"}}})"_json,
            .querystring =
                R"({"type": "object", "required": ["page"], "properties": {"page": {"type": "integer", "description": "Which page", "minimum": 1},
                       "size": {"type": "integer", "default": 10, "examples": [10, 20]}}})"_json,
            .headers = R"({"type": "object", "properties": {"X-Key": {"type": "string"}}})"_json,
            .response =
                R"({"201": {"description": "Made", "type": "object", "properties": {"id": {"type": "string"}}, "headers": {"X-Next": {"type": "string", "description": "Where to go on"}}},
                    "204": {"description": "Nothing", "type": "null"}, "4xx": {"type": "object", "properties": {"message": {"type": "string"}}}, "default": {"type": "string"}})"_json,
            .documentation =
                R"({"summary": "Makes a thing", "description": "Long", "tags": ["things"], "operationId": "makeThing", "deprecated": true, "x-own": {"a": 1},
                         "consumes": ["application/json", "text/yaml"], "produces": ["application/json"]})"_json
                    .as_object()}},
      ok);
  app.put(
      "/things/:id",
      {.schema =
           {.params =
                R"({"type": "object", "properties": {"id": {"type": "integer", "description": "Its number"}}})"_json,
            .response =
                R"({"200": {"content": {"application/json": {"schema": {"type": "string"}}, "text/plain": {"schema": {"type": "string"}}}}})"_json}},
      ok);
  app.get("/hidden", {.schema = {.documentation = {{"hide", true}}}}, ok);
  app.get("/tagged-away", {.schema = {.documentation = R"({"tags": ["X-HIDDEN"]})"_json.as_object()}}, ok);
  app.route({.method = {"PUT", "PATCH"}, .url = "/both", .handler = ok});
}

void declareShared(Fastify& app) {
  app.addSchema(
      R"({"$id": "thing", "type": "object", "description": "The thing", "properties": {"id": {"type": "string"}, "owner": {"$ref": "user#"}}})"_json);
  app.addSchema(
      R"({"$id": "user", "type": "object", "title": "A user", "properties": {"name": {"type": "string"}}})"_json);
  app.addSchema(R"({"$id": "paging", "type": "object", "properties": {"page": {"type": "integer"}}})"_json);
  app.post(
      "/things",
      {.schema = {.body = R"({"$ref": "thing#"})"_json,
                  .querystring = R"({"$ref": "paging#"})"_json,
                  .response =
                      R"({"200": {"type": "array", "items": {"$ref": "thing#"}}, "404": {"$ref": "user#"}})"_json}},
      ok);
  app.get("/name", {.schema = {.response = R"({"200": {"$ref": "user#/properties/name"}})"_json}}, ok);
}

void declareSecured(Fastify& app) {
  app.get(
      "/v1/things",
      {.schema =
           {.headers =
                R"({"type": "object", "properties": {"X-Key": {"type": "string"}, "authorization": {"type": "string"}, "other": {"type": "string"}}})"_json,
            .documentation = R"({"security": [{"bearer": []}]})"_json.as_object()}},
      ok);
}

void declareTagged(Fastify& app) {
  app.get("/no", ok);
  app.get("/yes", {.schema = {.documentation = R"({"tags": ["t"], "operationId": "yes"})"_json.as_object()}}, ok);
  app.registerPlugin(
      [](Fastify& child) {
        child.get("/deep", {.schema = {.documentation = R"({"tags": ["t"]})"_json.as_object()}}, ok);
      },
      {.prefix = "/child"});
}

TEST(PluginCases, swagger) {
  const auto secured =
      R"({"servers": [{"url": "https://api.example/{stage}", "variables": {"stage": {"default": "v1"}}}], "tags": [{"name": "a"}], "security": [{"key": []}],
    "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}, "bearer": {"type": "http", "scheme": "bearer"}}}, "x-document": true})"_json
          .as_object();
  conformance::play("swagger",
                    {
                        {"routes", with({}, declareRoutes)},
                        {"shared", with({}, declareShared)},
                        {"secured", with({.openapi = secured}, declareSecured)},
                        {"untagged", with({.hideUntagged = true, .exposeHeadRoutes = true}, declareTagged)},
                    },
                    {}, conformance::Bodies::Json);
}

}  // namespace
