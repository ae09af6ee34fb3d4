#include <fastify/fastify.hpp>
#include <fastify/typed.hpp>

#include <gtest/gtest.h>

namespace shop {

BOOST_DEFINE_ENUM_CLASS(Role, admin, member)

struct Address {
  std::string city;
  std::optional<std::string> zip;
};
BOOST_DESCRIBE_STRUCT(Address, (), (city, zip))

struct NewUser {
  std::string name;
  std::uint8_t age = 18;
  Role role = Role::member;
  std::optional<Address> address;
  std::vector<std::string> tags;
};
BOOST_DESCRIBE_STRUCT(NewUser, (), (name, age, role, address, tags))

void annotate(fastify::Annotations<NewUser>& on) {
  on(&NewUser::name).minLength(2).maxLength(20);
  on(&NewUser::age).fallback().maximum(150);
  on(&NewUser::role).fallback();
  on(&NewUser::tags).fallback().maxItems(3);
}

struct User : NewUser {
  std::int64_t id = 0;
  std::map<std::string, double> scores;
};
BOOST_DESCRIBE_STRUCT(User, (NewUser), (id, scores))

struct Page {
  int limit = 10;
  std::vector<int> only;
  bool desc = false;
};
BOOST_DESCRIBE_STRUCT(Page, (), (limit, only, desc))
void annotate(fastify::Annotations<Page>& on) {
  on(&Page::limit).fallback().minimum(1).maximum(100);
  on(&Page::only).fallback();
  on(&Page::desc).fallback();
}

struct Id {
  std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(Id, (), (id))

struct Tenant {
  std::string tenant;
};
BOOST_DESCRIBE_STRUCT(Tenant, (), (tenant))
void annotate(fastify::Annotations<Tenant>& on) { on(&Tenant::tenant).name("x-tenant").pattern("^[a-z]+$"); }

struct Tree {
  std::string label;
  std::vector<Tree> branches;
};
BOOST_DESCRIBE_STRUCT(Tree, (), (label, branches))

}  // namespace shop

namespace fastify {
namespace {

using namespace shop;

User stored(const NewUser& user) { return {user, 7, {{"a", 1.5}}}; }

InjectResponse post(Fastify& app, const std::string& url, Json body) {
  return app.inject({.method = "POST", .url = url, .payload = std::move(body)});
}

TEST(Typed, a_struct_is_parser_and_serializer_of_a_route) {
  Fastify app;
  app.post("/users", [](Body<NewUser> user) -> User { return stored(*user); });
  const auto answer =
      post(app, "/users", {{"name", "Ada"}, {"address", {{"city", "London"}}}, {"tags", {"x", "y"}}, {"unknown", 1}});
  EXPECT_EQ(answer.statusCode, 200);
  EXPECT_EQ(answer.header("content-type"), "application/json; charset=utf-8");
  EXPECT_EQ(
      answer.body,
      R"({"name":"Ada","id":7,"scores":{"a":1.5},"age":18,"role":"member","address":{"city":"London"},"tags":["x","y"]})");
}

TEST(Typed, wrong_values_are_fastifys_validation_errors) {
  Fastify app;
  app.post("/users", [](Body<NewUser> user) -> User { return stored(*user); });
  const std::pair<Json, std::string> cases[] = {
      {JsonObject(), "body must have required property 'name'"},
      {{{"name", JsonObject()}}, "body/name must be string"},
      {{{"name", "A"}}, "body/name must NOT have fewer than 2 characters"},
      {{{"name", "Ada"}, {"age", "x"}}, "body/age must be integer"},
      {{{"name", "Ada"}, {"age", 151}}, "body/age must be <= 150"},
      {{{"name", "Ada"}, {"age", -1}}, "body/age must be >= 0"},
      {{{"name", "Ada"}, {"role", "boss"}}, "body/role must be equal to one of the allowed values"},
      {{{"name", "Ada"}, {"address", JsonObject()}}, "body/address must have required property 'city'"},
      {{{"name", "Ada"}, {"tags", {"a", "b", "c", "d"}}}, "body/tags must NOT have more than 3 items"},
  };
  for (const auto& [body, message] : cases) {
    const auto answer = post(app, "/users", body);
    EXPECT_EQ(answer.statusCode, 400) << message;
    EXPECT_EQ(answer.json().at("code"), "FST_ERR_VALIDATION");
    EXPECT_EQ(answer.json().at("message").as_string(), message);
  }
}

TEST(Typed, types_are_coerced_as_everywhere) {
  Fastify app;
  app.get("/users/:id", [](Query<Page> page, Params<Id> params, Headers<Tenant> headers) {
    return Json{{"id", params->id},
                {"limit", page->limit},
                {"only", page->only.size()},
                {"desc", page->desc},
                {"tenant", headers->tenant}};
  });
  const auto answer = app.inject({.url = "/users/9?only=4&desc=true", .headers = {{"X-Tenant", "acme"}}});
  EXPECT_EQ(answer.body, R"({"id":9,"limit":10,"only":1,"desc":true,"tenant":"acme"})");
  EXPECT_EQ(app.inject("/users/x").json().at("message"), "params/id must be integer");
  EXPECT_EQ(app.inject("/users/9?limit=101").json().at("message"), "querystring/limit must be <= 100");
  EXPECT_EQ(app.inject("/users/9").json().at("message"), "headers must have required property 'x-tenant'");
}

TEST(Typed, integers_that_do_not_fit_are_refused) {
  Fastify app;
  app.get("/:id", [](Params<Id> params) { return std::to_string(params->id); });
  EXPECT_EQ(app.inject("/-9007199254740991").body, "-9007199254740991");
  EXPECT_EQ(app.inject("/1e30").json().at("message"), "params/id must be <= 9223372036854775807");
  EXPECT_EQ(app.inject("/-1e30").json().at("message"), "params/id must be >= -9223372036854775808");
}

Task<User> later(Body<NewUser> user) { co_return stored(*user); }

TEST(Typed, handlers_take_parts_request_and_reply_in_any_order_and_may_be_coroutines) {
  Fastify app;
  app.post("/function", later);
  app.post("/coroutine", [](Reply& reply, Body<NewUser> user, Request& request) -> Task<User> {
    reply.code(201).header("x-url", request.url());
    co_return stored(*user);
  });
  app.post("/sends", [](const Body<NewUser>& user, Reply& reply) { reply.code(202).send({{"name", user->name}}); });
  app.post("/nothing", [](Body<NewUser>, Reply& reply) -> Task<> { co_return reply.code(204).send(); });
  app.get("/list", [] { return std::vector<Address>{{"Rome", std::nullopt}, {"Oslo", "0150"}}; });
  app.get("/maybe", []() -> std::optional<Address> { return std::nullopt; });
  app.post("/optional", [](Body<std::optional<NewUser>> user) { return *user ? "some" : "none"; });
  const Json ada{{"name", "Ada"}};
  EXPECT_EQ(post(app, "/function", ada).json().at("id"), 7);
  const auto created = post(app, "/coroutine", ada);
  EXPECT_EQ(created.statusCode, 201);
  EXPECT_EQ(created.header("x-url"), "/coroutine");
  EXPECT_EQ(post(app, "/sends", ada).body, R"({"name":"Ada"})");
  EXPECT_EQ(post(app, "/nothing", ada).statusCode, 204);
  EXPECT_EQ(app.inject("/list").body, R"([{"city":"Rome"},{"city":"Oslo","zip":"0150"}])");
  EXPECT_EQ(app.inject("/maybe").body, "null");
  EXPECT_EQ(app.inject({.method = "POST", .url = "/optional"}).body, "none");
  EXPECT_EQ(post(app, "/optional", ada).body, "some");
}

TEST(Typed, schemas_are_ordinary_route_schemas) {
  Fastify app;
  RouteSchema seen;
  app.addHook(onRoute, [&](RouteOptions& route) { seen = route.schema; });
  app.post("/users", [](Body<NewUser> user) -> User { return stored(*user); });
  app.ready();
  EXPECT_EQ(seen.body, R"({"type": "object",
    "properties": {
      "name": {"type": "string", "minLength": 2, "maxLength": 20},
      "age": {"type": "integer", "minimum": 0, "maximum": 150, "default": 18},
      "role": {"type": "string", "enum": ["admin", "member"], "default": "member"},
      "address": {"type": "object", "properties": {"city": {"type": "string"}, "zip": {"type": "string", "nullable": true}},
                  "required": ["city"], "nullable": true},
      "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 3, "default": []}},
    "required": ["name"]})"_json);
  EXPECT_TRUE(seen.response.at("2xx").at("properties").as_object().contains("scores"));
}

TEST(Typed, a_schema_of_the_routes_own_comes_first) {
  Fastify app;
  app.post("/users", {.schema = {.body = JsonObject()}}, [](Body<NewUser> user) { return user->name; });
  EXPECT_EQ(post(app, "/users", {{"name", "A"}}).body, "A");
  const auto answer = post(app, "/users", {{"name", 1}});
  EXPECT_EQ(answer.statusCode, 400);
  EXPECT_EQ(
      answer.body,
      R"({"statusCode":400,"code":"FST_ERR_VALIDATION","error":"Bad Request","message":"body/name must be string"})");
}

TEST(Typed, hooks_see_the_value_before_it_is_text) {
  Fastify app;
  app.get("/plain", [] { return Address{"Rome", "00100"}; });
  app.get("/hooked",
          {.preSerialization =
               [](Request&, Reply&, Payload& payload) {
                 EXPECT_EQ(payload.json().at("city"), "Rome");
                 payload.json().as_object()["zip"] = "changed";
               }},
          [] { return Address{"Rome", "00100"}; });
  app.get("/filtered",
          {.schema = {.response = {{"200", {{"type", "object"}, {"properties", {{"zip", {{"type", "string"}}}}}}}}}},
          [] { return Address{"Rome", "00100"}; });
  EXPECT_EQ(app.inject("/plain").body, R"({"city":"Rome","zip":"00100"})");
  EXPECT_EQ(app.inject("/hooked").body, R"({"city":"Rome","zip":"changed"})");
  EXPECT_EQ(app.inject("/filtered").body, R"({"zip":"00100"})");
}

TEST(Typed, both_ways_of_writing_give_the_same_text) {
  Fastify app;
  const auto handler = [] { return stored({"Ada", 36, Role::admin, Address{"London", std::nullopt}, {"x"}}); };
  app.get("/direct", handler);
  app.get("/by-schema", {.preSerialization = [](Request&, Reply&, Payload&) {}}, handler);
  EXPECT_EQ(app.inject("/direct").body, app.inject("/by-schema").body);
}

TEST(Typed, a_type_may_contain_itself) {
  Fastify app;
  app.post("/tree", [](Body<Tree> tree) -> Tree { return *tree; });
  const Json tree{{"label", "a"}, {"branches", {{{"label", "b"}, {"branches", JsonArray()}}}}};
  EXPECT_EQ(post(app, "/tree", tree).json(), tree);
  const Json bad{{"label", "a"}, {"branches", {{{"label", JsonObject()}, {"branches", JsonArray()}}}}};
  EXPECT_EQ(post(app, "/tree", bad).json().at("message"), "body/branches/0/label must be string");
}

TEST(Typed, a_body_on_get_is_refused_when_it_is_declared) {
  Fastify app;
  EXPECT_THROW(app.get("/", [](Body<Id> id) { return std::to_string(id->id); }), FastifyError);
}

}  // namespace
}  // namespace fastify
