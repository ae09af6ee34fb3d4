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
