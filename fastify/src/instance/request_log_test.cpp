// What an app's log says of its requests. Fastify's "Logging" page.

#include <fastify/fastify.hpp>

#include <boost/json/serialize.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

using namespace fastify;

namespace {

/// An app whose only route fails, and the lines that one request to it left.
std::vector<Json> linesOfAFailure(LogSerializers serializers = {}) {
  std::vector<Json> lines;
  {
    auto keep = [&lines](std::string_view line) { lines.push_back(boost::json::parse(line)); };
    Fastify app({.logger = LoggerOptions{.serializers = std::move(serializers), .destination = keep}});
    app.get("/", []() -> Json { throw FastifyError(500, "broken"); });
    app.inject({.url = "/", .headers = {{"authorization", "Bearer secret"}, {"accept-version", "1.0.0"}}});
    app.close();
  }
  return lines;
}

}  // namespace

TEST(RequestLog, error_line_tells_of_the_request_but_not_its_headers) {
  const auto lines = linesOfAFailure();
  ASSERT_EQ(lines.size(), 3u);
  const auto& request = lines[1].at("req").as_object();
  EXPECT_EQ(request.at("method"), "GET");
  EXPECT_EQ(request.at("url"), "/");
  EXPECT_EQ(request.at("version"), "1.0.0");
  EXPECT_FALSE(request.contains("headers"));
  for (const auto& line : lines) EXPECT_EQ(boost::json::serialize(line).find("secret"), std::string::npos);
}

TEST(RequestLog, serializer_of_the_app_chooses_among_the_headers) {
  const auto lines =
      linesOfAFailure({{"req", [](const Json& request) { return request.at("headers").at("authorization"); }}});
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0].at("req"), "Bearer secret");
  EXPECT_EQ(lines[1].at("req"), "Bearer secret");
}

namespace {

/// The messages of an app's lines, each behind the first letter of its level's name.
struct Lines {
  std::vector<Json> all;
  LogDestination keep() {
    return LogDestination([this](std::string_view line) { all.push_back(boost::json::parse(line)); });
  }
  std::vector<std::string> messages() const {
    std::vector<std::string> texts;
    for (const auto& line : all) {
      const auto level = static_cast<LogLevel>(line.at("level").to_number<int>());
      texts.push_back(std::string(1, nameOf(level).front()) + " " + std::string(line.at("msg").as_string()));
    }
    return texts;
  }
};
using Texts = std::vector<std::string>;

}  // namespace

TEST(LogController, overrides_some_lines_and_leaves_the_others) {
  struct Quiet : LogController {
    bool isLogDisabled(const Request& request) const override { return request.url() == "/health"; }
    void incomingRequest(Request& request, Reply&) override { request.log().warn("in"); }
    void routeNotFound(Request&, Reply&) override { throw std::runtime_error("a line costs no answer"); }
  };
  Lines lines;
  Fastify app({.logger = LoggerOptions{.destination = lines.keep()}, .logController = std::make_shared<Quiet>()});
  app.get("/", [] { return "a"; });
  app.get("/health", [] { return "b"; });
  app.inject("/");
  app.inject("/health");
  EXPECT_EQ(app.inject("/nowhere").statusCode, 404);
  app.close();
  EXPECT_EQ(lines.messages(), (Texts{"w in", "i request completed", "w in", "w in", "i request completed"}));
}

TEST(LogController, hears_of_streams_serializers_and_heads_that_fail) {
  Lines lines;
  Fastify app({.logger = LoggerOptions{.destination = lines.keep()}});
  auto count = std::make_shared<int>(0);
  app.get("/stream", [count](Request&, Reply& reply) {
    reply.send(Readable::from([count]() -> Task<std::optional<std::string>> {
      if ((*count)++ == 0) co_return "partial";
      throw std::runtime_error("late");
    }));
  });
  app.get(
      "/schema",
      {.schema = {.response =
                      R"({"5xx": {"type": "object", "required": ["missing"], "properties": {"missing": {}}}})"_json}},
      []() -> Json { throw FastifyError(500, "broken"); });
  app.get("/send", {.onSend = [](Request&, Reply&, Payload&) { throw std::runtime_error("never"); }},
          [] { return "a"; });
  EXPECT_THROW(app.inject("/stream"), FastifyError);
  EXPECT_EQ(app.inject("/schema").json().at("code"), "FST_ERR_FAILED_ERROR_SERIALIZATION");
  EXPECT_EQ(app.inject("/send").statusCode, 500);
  app.close();
  EXPECT_EQ(lines.messages(),
            (Texts{"i incoming request", "w response terminated with an error with headers already sent",
                   "i incoming request", "e broken", "e The serializer for the given status code failed",
                   "i request completed", "i incoming request", "e never", "w never", "i request completed"}));
}

TEST(ChildLoggerFactory, makes_the_loggers_of_its_scope_and_of_single_routes) {
  Lines lines;
  const auto with = [](const char* name) {
    return [name](const Logger& logger, const JsonObject& bindings, const ChildLoggerOptions& options,
                  const RawRequest& request) {
      JsonObject more = bindings;
      more[name] = request.header("x-trace").value_or("none");
      return logger.child(more, options);
    };
  };
  Fastify app({.logger = LoggerOptions{.destination = lines.keep()}, .childLoggerFactory = with("server")});
  const auto handler = [](Request& request) {
    request.log().info("here");
    return "a";
  };
  app.get("/", handler);
  app.get("/route", {.childLoggerFactory = with("route")}, handler);
  app.registerPlugin([&](Fastify& scope) {
    scope.setChildLoggerFactory(with("scope"));
    scope.get("/scope", handler);
  });
  for (const char* path : {"/", "/route", "/scope"}) app.inject({.url = path, .headers = {{"x-trace", path}}});
  app.close();
  Texts told;
  for (const auto& line : lines.all) {
    if (line.at("msg") != "here") continue;
    for (const char* name : {"server", "route", "scope"}) {
      if (const auto* value = line.as_object().if_contains(name))
        told.push_back(std::string(name) + " " + std::string(value->as_string()) + " " +
                       std::string(line.at("reqId").as_string()));
    }
  }
  EXPECT_EQ(told, (Texts{"server / req-1", "route /route req-2", "scope /scope req-3"}));
}
