#include "api/answer.hpp"

#include "store/reference_gone.hpp"

#include <fastify/fastify.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace clerk::instance::api {
namespace {

/// What a route answers that throws.
template <class Error>
fastify::InjectResponse answerTo(const Error& thrown) {
  fastify::Fastify app;
  app.setErrorHandler([](fastify::FastifyError& error, fastify::Request& request, fastify::Reply& reply) {
    beginAnswer(reply);
    sendFailure(reply, failureOf(error, request));
  });
  app.get("/", [thrown](fastify::Request&, fastify::Reply&) { throw thrown; });
  return app.inject({.url = "/"});
}

TEST(Answer, what_was_deleted_meanwhile_is_not_found) {
  const auto response = answerTo(ReferenceGone("FOREIGN KEY constraint failed"));
  EXPECT_EQ(response.statusCode, 404);
  EXPECT_EQ(response.json().at("errors").at(0).at("code").as_string(), "resource_not_found");
}

TEST(Answer, a_database_that_fails_is_an_internal_error_and_tells_nothing) {
  const auto response = answerTo(StoreError(StoreError::Reason::Failed, "table users has no column"));
  EXPECT_EQ(response.statusCode, 500);
  EXPECT_EQ(response.body.find("users"), std::string::npos);
}

TEST(Answer, every_answer_has_a_trace_id_of_its_own) {
  fastify::Fastify app;
  app.get("/", [](fastify::Request&, fastify::Reply& reply) {
    beginAnswer(reply);
    reply.send("");
  });
  std::set<std::string> ids;
  for (int i = 0; i < 200; ++i) ids.insert(app.inject({.url = "/"}).header("x-clerk-trace-id").value_or(""));
  EXPECT_EQ(ids.size(), 200u);
  for (const auto& id : ids) EXPECT_EQ(id.size(), 32u);
}

}  // namespace
}  // namespace clerk::instance::api
