#include <fastify/fastify.hpp>
#include <fastify/swagger.hpp>

#include <fastify/typed.hpp>
#include "yaml.hpp"

#include "document.hpp"
#include "openapi_schema.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace fastify {
namespace {

struct NewThing {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(NewThing, (), (name))

TEST(Swagger, typed_routes_are_described_by_their_structs) {
  Fastify app;
  app.registerPlugin(swagger).after();
  app.post("/things", [](Body<NewThing> thing) -> NewThing { return *thing; });
  app.ready();
  const auto& operation = swaggerDocument(app).at("paths").at("/things").at("post");
  const auto& body = operation.at("requestBody").at("content").at("application/json").at("schema");
  EXPECT_EQ(body.at("properties").at("name").at("type"), "string");
  EXPECT_EQ(body.at("required"), R"(["name"])"_json);
  EXPECT_TRUE(operation.at("responses").as_object().contains("2XX"));
}

TEST(Swagger, paths_are_those_of_openapi) {
  const std::pair<const char*, const char*> rows[] = {
      {"/a/:id", "/a/{id}"}, {"/a/:id?", "/a/{id}"}, {"/a/:id(^\\d+(x)$).png", "/a/{id}.png"},
      {"/a::b", "/a:b"},     {"/a/*", "/a/{*}"},     {"/:a-:b", "/{a}-{b}"},
      {"/(a)", "/{regexp1}"}};
  for (const auto& [url, path] : rows) EXPECT_EQ(detail::openapiPath(url), path) << url;
}

TEST(Swagger, a_schema_that_names_itself_ends) {
  const detail::SchemaNames names;
  const detail::SchemaConverter converter(names, true);
  const auto looped = converter.convert(R"({"type": "object", "properties": {"next": {"$ref": "#"}}})"_json);
  EXPECT_EQ(looped.at("properties").at("next").at("type"), "object");
  EXPECT_EQ(converter.convert(
                R"({"properties": {"a": {"$ref": "#/definitions/b"}}, "definitions": {"b": {"type": "string"}}})"_json),
            R"({"properties": {"a": {"type": "string"}}})"_json);
}

TEST(Swagger, only_3_1_documents_are_made) {
  Fastify app;
  app.registerPlugin(swagger, {.openapi = {{"openapi", "3.0.3"}}});
  EXPECT_THROW(app.ready(), FastifyError);
}

TEST(SwaggerUi, the_page_and_its_files_are_served_and_guarded) {
  const auto folder = std::filesystem::temp_directory_path() / ("swagger-ui-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "swagger-ui-bundle.js") << "bundle";
  std::ofstream(folder / "swagger-initializer.js") << "never";
  Fastify app;
  app.registerPlugin(swagger).after();
  app.registerPlugin(swaggerUi, {.baseDir = folder.string(),
                                 .uiConfig = {{"docExpansion", "</script>"}},
                                 .title = "<b>",
                                 .staticCSP = "default-src 'self'",
                                 .onRequest = [](Request& request, Reply& reply) {
                                   if (request.headers().contains("x-stranger")) reply.code(403).send("no");
                                 }});
  app.get("/things", [](Request&) { return "ok"; });
  const auto page = app.inject({.url = "/documentation"});
  EXPECT_EQ(page.statusCode, 200);
  EXPECT_NE(page.body.find("src=\"./documentation/static/swagger-ui-bundle.js\""), std::string::npos) << page.body;
  EXPECT_NE(page.body.find("<title>&lt;b&gt;</title>"), std::string::npos);
  EXPECT_EQ(page.header("content-security-policy"), "default-src 'self'");
  EXPECT_NE(app.inject({.url = "/documentation/"}).body.find("src=\"./static/swagger-ui-bundle.js\""),
            std::string::npos);
  EXPECT_EQ(app.inject({.url = "/documentation/static/swagger-ui-bundle.js"}).body, "bundle");
  const auto script = app.inject({.url = "/documentation/static/swagger-initializer.js"}).body;
  EXPECT_EQ(script.find("never"), std::string::npos);
  EXPECT_EQ(script.find("</script>"), std::string::npos);
  const auto document = app.inject({.url = "/documentation/json"}).json();
  EXPECT_TRUE(document.at("paths").as_object().contains("/things"));
  EXPECT_EQ(document.at("paths").as_object().size(), 1u);
  for (const char* url : {"/documentation", "/documentation/json", "/documentation/static/swagger-ui-bundle.js"}) {
    EXPECT_EQ(app.inject({.url = url, .headers = {{"x-stranger", "1"}}}).statusCode, 403) << url;
  }
  std::filesystem::remove_all(folder);
}

TEST(Yaml, says_the_same_and_quotes_what_could_be_taken_for_something_else) {
  EXPECT_EQ(
      detail::yamlOf(
          R"({"openapi": "3.1.0", "info": {"title": "Things: a list", "x": null, "half": 0.5, "empty": {}, "none": []},
    "paths": {"/things/{id}": {"get": {"tags": ["a", "yes", "", "-", "x # y", "two\nlines"], "security": [{"key": []}, [1, [2]]]}}},
    "200": true, "no": "true"})"_json),
      R"(openapi: "3.1.0"
info:
  title: "Things: a list"
  x: null
  half: 0.5
  empty: {}
  none: []
paths:
  /things/{id}:
    get:
      tags:
        - a
        - "yes"
        - ""
        - "-"
        - "x # y"
        - "two\nlines"
      security:
        - key: []
        - - 1
          - - 2
"200": true
"no": "true"
)");
  Fastify app;
  app.registerPlugin(swagger).after();
  app.registerPlugin(swaggerUi);
  const auto answer = app.inject("/documentation/yaml");
  EXPECT_EQ(answer.header("content-type"), "application/x-yaml");
  EXPECT_TRUE(answer.body.starts_with("openapi: \"3.1.0\"\n")) << answer.body;
}

}  // namespace
}  // namespace fastify
