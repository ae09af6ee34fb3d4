// Validators and serializers that handlers ask for, and the options that reach them.
#include <fastify/fastify.hpp>

#include <gtest/gtest.h>

namespace fastify {
namespace {

Json petSchema() {
  return R"({"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]})"_json;
}

TEST(SchemaFunctions, a_part_is_validated_by_what_the_route_says_of_it) {
  Fastify app;
  app.post("/", {.schema = {.body = petSchema()}}, [](Request& request) {
    Json good{{"name", 1}};
    Json bad = JsonObject();
    const auto of = request.getValidationFunction(HttpPart::Body);
    const bool isGood = request.validateInput(good, HttpPart::Body);
    return Json{{"good", isGood},
                {"coerced", good},
                {"bad", static_cast<bool>(of(bad).ok)},
                {"query", static_cast<bool>(request.getValidationFunction(HttpPart::Querystring))}};
  });
  EXPECT_EQ(app.inject({.method = "POST", .payload = Json{{"name", "x"}}}).body,
            R"({"good":true,"coerced":{"name":"1"},"bad":false,"query":false})");
}

TEST(SchemaFunctions, a_part_without_a_schema_cannot_be_validated) {
  Fastify app;
  app.get("/", [](Request& request) {
    Json data;
    return request.validateInput(data, HttpPart::Params);
  });
  const auto answer = app.inject("/").json();
  EXPECT_EQ(answer.at("code"), "FST_ERR_REQ_INVALID_VALIDATION_INVOCATION");
  EXPECT_EQ(answer.at("message"),
            "Invalid validation invocation. Missing validation function for HTTP part \"params\" nor schema provided.");
}

TEST(SchemaFunctions, schemas_of_handlers_may_refer_to_shared_ones) {
  Fastify app;
  app.addSchema(
      R"({"$id": "pet", "type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]})"_json);
  app.get("/", [](Request& request, Reply& reply) {
    const auto schema = R"({"$ref": "pet#"})"_json;
    const bool before = static_cast<bool>(request.getValidationFunction(schema));
    Json bad = JsonObject();
    const bool valid = request.validateInput(bad, schema);
    const auto text = reply.serializeInput({{"name", "Rex"}, {"age", 3}}, schema);
    return Json{{"before", before},
                {"after", static_cast<bool>(request.getValidationFunction(schema))},
                {"serializer", static_cast<bool>(reply.getSerializationFunction(schema))},
                {"valid", valid},
                {"text", text}};
  });
  EXPECT_EQ(app.inject("/").body,
            R"({"before":false,"after":true,"serializer":true,"valid":false,"text":"{\"name\":\"Rex\"}"})");
}

TEST(SchemaFunctions, a_status_has_the_serializer_of_its_response_schema) {
  Fastify app;
  app.get("/", {.schema = {.response = {{"2xx", petSchema()}}}}, [](Request&, Reply& reply) {
    reply.send(Json(JsonArray{reply.serializeInput({{"name", 1}, {"x", 2}}, 201)}));
  });
  app.get("/missing", [](Request&, Reply& reply) { reply.send(reply.serializeInput(JsonObject(), 201)); });
  app.get("/type", [](Request&, Reply& reply) { reply.send(reply.serializeInput(JsonObject(), 201, "text/x")); });
  app.get("/compiled", [](Request&, Reply& reply) {
    reply.send(reply.compileSerializationSchema({{"type", "integer"}})(Json(1.5)));
  });
  EXPECT_EQ(app.inject("/missing").json().at("message"), "Missing serialization function. Key \"201\"");
  EXPECT_EQ(app.inject("/type").json().at("code"), "FST_ERR_MISSING_CONTENTTYPE_SERIALIZATION_FN");
  EXPECT_EQ(app.inject("/compiled").body, "1");
}

TEST(SchemaFunctions, the_routes_compilers_are_used) {
  Fastify app;
  app.get("/",
          {.validatorCompiler = [](const ValidatorInput& input) -> ValidatorFunction {
             return [part = input.httpPart](Json&) {
               return ValidationResult{.ok = part == "headers", .value = {}, .error = {}};
             };
           },
           .serializerCompiler = [](const SerializerInput& input) -> SerializerFunction {
             return [status = input.httpStatus](const Json&) { return "status " + status; };
           }},
          [](Request& request, Reply& reply) {
            Json data;
            const bool valid = request.validateInput(data, {{"type", "null"}}, HttpPart::Headers);
            reply.send(reply.compileSerializationSchema(JsonObject(), "404")(data) + (valid ? " valid" : " invalid"));
          });
  EXPECT_EQ(app.inject("/").body, "status 404 valid");
}

TEST(SchemaFunctions, ajv_options_reach_the_routes) {
  FastifyOptions options;
  options.ajv.allErrors = true;
  options.ajv.removeAdditional = false;
  options.ajv.coerceTypes = CoerceTypes::No;
  options.ajv.formats["even-length"] = [](std::string_view text) { return text.size() % 2 == 0; };
  options.ajv.keywords = {
      {.name = "x-note"},
      {.name = "divides", .type = "number", .compile = [](const Json& by) -> std::function<bool(Json&)> {
         return [by = by.to_number<std::int64_t>()](Json& data) { return by % data.to_number<std::int64_t>() == 0; };
       }}};
  options.serializerOpts.rounding = Rounding::Ceil;
  Fastify app(std::move(options));
  app.post("/",
           {.schema = {.body = R"({"type": "object", "x-note": 1, "additionalProperties": false, "properties": {
      "n": {"type": "integer", "divides": 12}, "s": {"type": "string", "format": "even-length"}}})"_json,
                       .response = {{"200", {{"type", "integer"}}}}}},
           [] { return Json(1.2); });
  EXPECT_EQ(app.inject({.method = "POST", .payload = Json{{"n", 5}, {"s", "abc"}, {"x", 1}}}).json().at("message"),
            "body must NOT have additional properties, body/n must pass \"divides\" keyword validation, "
            "body/s must match format \"even-length\"");
  EXPECT_EQ(app.inject({.method = "POST", .payload = Json{{"n", "6"}}}).json().at("message"), "body/n must be integer");
  EXPECT_EQ(app.inject({.method = "POST", .payload = Json{{"n", 6}}}).body, "2");
}

}  // namespace
}  // namespace fastify
