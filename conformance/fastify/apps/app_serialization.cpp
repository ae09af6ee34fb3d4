// Response schemas: which one applies, what it keeps, converts and refuses.
#include "app.hpp"
#include "app_parts.hpp"

#include <ecmascript/date.hpp>
#include <ecmascript/json_text.hpp>

#include <limits>

using namespace fastify;

namespace conformance {
namespace {

const Json& userSchema() {
  static const Json schema =
      R"({"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}})"_json;
  return schema;
}

/// A GET route with a response schema for 200.
void ok(Fastify& app, std::string_view url, Json schema, Payload payload) {
  app.get(url, {.schema = {.response = {{"200", std::move(schema)}}}},
          [payload]() -> Task<Payload> { co_return payload; });
}

/// The same with an object of one property `name`.
void property(Fastify& app, std::string_view url, std::string_view name, Json schema, Payload payload) {
  ok(app, url, {{"type", "object"}, {"properties", {{name, std::move(schema)}}}}, std::move(payload));
}

void lookup(Fastify& app) {
  const Json& user = userSchema();
  ok(app, "/filter", user, {{"secret", "s"}, {"name", "Ann"}, {"id", 7}});
  app.get("/filter-2xx", {.schema = {.response = {{"2xx", user}}}}, [](Request&, Reply& reply) {
    reply.code(201);
    return Json{{"id", 1}, {"name", "n"}, {"x", 1}};
  });
  app.get("/exact-before-range",
          {.schema = {.response = {{"200", R"({"type": "object", "properties": {"a": {"type": "number"}}})"_json},
                                   {"2xx", user}}}},
          [] { return Json{{"a", 1}, {"id", 2}}; });
  app.get("/default-schema",
          {.schema = {.response = R"({"default": {"type": "object", "properties": {"d": {"type": "string"}}}})"_json}},
          [] { return Json{{"d", "x"}, {"e", "y"}}; });
  app.get("/no-schema-for-status", {.schema = {.response = {{"201", user}}}},
          [] { return Json{{"free", "form"}, {"id", 1}}; });
}

void conversion(Fastify& app) {
  ok(app, "/coerce", R"({"type": "object", "properties": {"i": {"type": "integer"}, "n": {"type": "number"},
      "s": {"type": "string"}, "b": {"type": "boolean"}, "t": {"type": "string"}}})"_json,
     {{"i", 3.7}, {"n", "4.5"}, {"s", 12}, {"b", "yes"}, {"t", nullptr}});
  property(app, "/neg-int", "i", {{"type", "integer"}}, {{"i", -3.7}});
  property(app, "/bad-integer", "i", {{"type", "integer"}}, {{"i", "abc"}});
  property(app, "/nan-number", "n", {{"type", "number"}}, {{"n", std::numeric_limits<double>::quiet_NaN()}});
  property(app, "/infinity", "n", {{"type", "number"}}, {{"n", std::numeric_limits<double>::infinity()}});
  property(app, "/multi-type", "v", {{"type", {"integer", "string"}}}, {{"v", "seven"}});
  property(app, "/const", "k", {{"const", "fixed"}}, {{"k", "other"}});
  property(app, "/escape", "k\"ey", {{"type", "string"}}, {{"k\"ey", "a\"\\\n\x01😀"}});
  ok(app, "/nullable",
     R"({"type": "object", "properties": {"a": {"type": "string", "nullable": true}, "b": {"type": ["string", "null"]},
      "c": {"type": "object", "nullable": true}, "d": {"type": "object"}, "e": {"type": "array"},
      "f": {"type": "integer", "nullable": true}, "g": {"type": "integer"}}})"_json,
     R"({"a": null, "b": null, "c": null, "d": null, "e": null, "f": null, "g": null})"_json);
  const auto date =
      ecmascript::toIsoString(std::chrono::sys_days{std::chrono::January / 2 / 2024} + 3h + 4min + 5s + 6ms);
  ok(app, "/dates", R"({"type": "object", "properties": {"a": {"type": "string", "format": "date-time"},
      "b": {"type": "string", "format": "date"}, "c": {"type": "string"}}})"_json,
     {{"a", date}, {"b", "2024-01-02"}, {"c", date}});
}

void objects(Fastify& app) {
  ok(app, "/required-missing",
     R"({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"type": "string"}}})"_json,
     {{"b", "x"}});
  ok(app, "/required-first",
     R"({"type": "object", "required": ["z"], "properties": {"a": {"type": "string"}, "z": {"type": "string"}}})"_json,
     {{"a", "1"}, {"z", "2"}});
  ok(app, "/defaults",
     R"({"type": "object", "properties": {"a": {"type": "string", "default": "dflt"}, "b": {"type": "integer", "default": 5}}})"_json,
     JsonObject());
  ok(app, "/additional-true",
     R"({"type": "object", "additionalProperties": true, "properties": {"a": {"type": "string"}}})"_json,
     Payload(R"({"extra": [1], "a": 1})"_json));
  ok(app, "/additional-typed",
     R"({"type": "object", "additionalProperties": {"type": "string"}, "properties": {"a": {"type": "integer"}}})"_json,
     {{"a", 1}, {"b", 2}});
  ok(app, "/pattern-properties",
     R"({"type": "object", "patternProperties": {"^n_": {"type": "number"}}, "properties": {}})"_json,
     {{"n_a", "1"}, {"other", 2}});
  ok(app, "/ref", {{"$ref", "pet#"}}, {{"name", "Rex"}, {"age", 3}, {"hidden", true}});
  ok(app, "/inferred", R"({"properties": {"a": {"type": "string"}}})"_json, {{"a", "x"}, {"b", "y"}});
  ok(app, "/empty-schema", JsonObject(), {{"any", "thing"}});
  ok(app, "/any-of", R"({"type": "object", "properties": {"v": {"anyOf": [{"type": "object", "required": ["a"],
      "properties": {"a": {"type": "string"}}}, {"type": "string"}]}}})"_json,
     Payload(R"({"v": {"a": "x", "b": "y"}})"_json));
  property(app, "/any-of-none", "v", R"({"anyOf": [{"type": "integer"}, {"type": "boolean"}]})"_json, {{"v", "str"}});
}

void otherKinds(Fastify& app) {
  const Json& user = userSchema();
  ok(app, "/array", {{"type", "array"}, {"items", user}}, R"([{"id": 1, "x": 1}, {"name": "b"}, {}])"_json);
  ok(app, "/array-mismatch", R"({"type": "array", "items": {"type": "string"}})"_json, {{"not", "array"}});
  ok(app, "/tuple", R"({"type": "array", "items": [{"type": "string"}, {"type": "integer"}]})"_json,
     R"(["a", 1])"_json);
  ok(app, "/string-schema", {{"type", "string"}}, "plain");
  app.get("/string-schema-typed", {.schema = {.response = R"({"200": {"type": "string"}})"_json}},
          [](Request&, Reply& reply) {
            reply.type("application/json");
            return "plain";
          });
  ok(app, "/number-schema", {{"type", "number"}}, 5);
  ok(app, "/null-schema", {{"type", "null"}}, nullptr);
  const auto object = R"({"type": "object", "properties": {"a": {"type": "string"}}})"_json;
  ok(app, "/null-object", object, nullptr);
  ok(app, "/undefined-object", object, undefined);
  ok(app, "/buffer-bypass", user, Buffer{R"({"raw":true})"});
  app.get("/stream-bypass", {.schema = {.response = {{"200", user}}}}, [] { return streamOf({R"({"raw":true})"}); });
  ok(app, "/string-bypass", user, R"({"raw":true})");
}

void errors(Fastify& app) {
  app.get("/error-schema",
          {.schema = {.response = R"({"500": {"type": "object", "properties": {"message": {"type": "string"},
              "time": {"type": "string"}, "statusCode": {"type": "number"}}}})"_json}},
          []() -> Json {
            auto error = failure("custom");
            error.properties = {{"time", "now"}};
            throw error;
          });
  app.get(
      "/error-schema-4xx",
      {.schema =
           {.response =
                R"({"4xx": {"type": "object", "properties": {"statusCode": {"type": "integer"}, "error": {"type": "string"}}}})"_json}},
      []() -> Json { throw failure("custom", 409); });
}

void mediaTypes(Fastify& app) {
  app.get("/content", {.schema = {.response = R"({"200": {"content": {
      "application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}},
      "application/vnd.v2+json": {"schema": {"type": "object", "properties": {"b": {"type": "string"}}}},
      "*/*": {"schema": {"type": "object", "properties": {"c": {"type": "string"}}}}}}})"_json}},
          [](Request& request, Reply& reply) {
            if (const auto* type = request.query().if_contains("type")) reply.type(type->as_string());
            return Json{{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "4"}};
          });
}

void serializers(Fastify& app) {
  app.get("/custom-serializer",
          {.schema = {.response = {{"200", userSchema()}}},
           .serializerCompiler = [](const SerializerInput& input) -> SerializerFunction {
             return [status = input.httpStatus](const Json& data) {
               std::string keys;
               for (const auto& member : data.as_object()) keys.append(keys.empty() ? "" : ",").append(member.key());
               return "status " + status + " keys " + keys;
             };
           }},
          [] { return Json{{"q", 1}, {"w", 2}}; });
  app.get("/serialize-input", [](Request&, Reply& reply) {
    const auto schema = R"({"type": "object", "properties": {"a": {"type": "string"}}})"_json;
    reply.type("application/json; charset=utf-8").send(reply.serializeInput({{"a", 1}, {"b", 2}}, schema));
  });
  app.registerPlugin(
      [](Fastify& scope) {
        scope.setReplySerializer([](const Json& payload, int statusCode) {
          return ecmascript::stringify(Json{{"wrapped", payload}, {"statusCode", statusCode}});
        });
        scope.get("/obj", [] { return Json{{"a", 1}}; });
        scope.get("/str", [] { return "not wrapped"; });
        scope.get("/err", []() -> Json { throw failure("boom"); });
        ok(scope, "/schema", userSchema(), {{"id", 1}, {"extra", 2}});
      },
      {.prefix = "/reply-serializer"});
}

}  // namespace

std::unique_ptr<Fastify> buildSerialization(const Setup&) {
  auto app = std::make_unique<Fastify>();
  app->addSchema(
      R"({"$id": "pet", "type": "object", "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}})"_json);
  lookup(*app);
  conversion(*app);
  objects(*app);
  otherKinds(*app);
  errors(*app);
  mediaTypes(*app);
  serializers(*app);
  return app;
}

}  // namespace conformance
