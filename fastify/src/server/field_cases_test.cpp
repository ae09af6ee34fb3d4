// What went wrong for users of servers of this kind, over sockets. Others of the kind stand where they belong:
// smuggling (G2) in smuggling_test.cpp, preflights (G3) in the cors plugin's tests, the end under way (G4) in
// service_manager_test.cpp.

#include "server_test_app.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fastify::server {
namespace {

TEST(FieldCases, G1_broken_bodies_a_thousand_times_and_the_next_good_one_is_taken) {
  TestApp test;
  const auto handler = [](Request& request) { return request.body().json(); };
  test.app.post("/object", {.schema = {.body = R"({"type": "object"})"_json}}, handler);
  test.app.post("/nullable", {.schema = {.body = R"({"type": ["object", "null"]})"_json}}, handler);
  const std::string deep(1024 * 1024, '[');
  const std::vector<std::string> broken{"{\"name\": value}", "{key:\"v\"}", "null",
                                        "{\"a\": 1}}",       "\xFF\xFE",    "{\"a\":\"\\ud800"};
  const auto ask = [&](std::string_view path, std::string_view body) {
    auto client = test.connect();
    client.send(post(path, body));
    return client.readAnswer();
  };
  for (int round = 0; round < 1000; ++round) {
    for (const auto& body : broken) {
      const auto answer = ask("/object", body);
      ASSERT_EQ(answer.statusCode, 400) << body;
      // A body that could not be read takes its connection along; one that is no object does not.
      ASSERT_EQ(answer.header("Connection"), body == "null" ? "keep-alive" : "close") << body;
    }
    if (round % 50 == 0) ASSERT_EQ(ask("/object", deep).statusCode, 400);
    ASSERT_EQ(ask("/nullable", "null").body, "null");
    ASSERT_EQ(ask("/object", "{\"name\":\"ada\"}").body, "{\"name\":\"ada\"}");
  }
}

}  // namespace
}  // namespace fastify::server
