#include "api/answer.hpp"

#include "model/errors.hpp"
#include "store/reference_gone.hpp"

#include <crypto/digest.hpp>
#include <crypto/random.hpp>
#include <ecmascript/json_text.hpp>
#include <fastify/route.hpp>

namespace clerk::instance::api {
namespace {
constexpr std::string_view traceHeader = "x-clerk-trace-id";
constexpr int codeWaitSeconds = 30;  // what `verification_code_too_many_requests` tells people to wait

/// 16 random bytes that name a request. They are no secret: many are drawn at a time, since a call of the generator
/// costs as much as finding a user.
std::string newTraceId() {
  constexpr std::size_t size = 16;
  static thread_local std::string drawn;
  if (drawn.size() < size) drawn = crypto::randomBytes(64 * size);
  const auto bytes = drawn.substr(drawn.size() - size);
  drawn.resize(drawn.size() - size);
  return crypto::hexEncode(bytes);
}
}  // namespace

void beginAnswer(fastify::Reply& reply) {
  reply.header(traceHeader, newTraceId());
  reply.header("cache-control", "no-store");
}

void sendJson(fastify::Reply& reply, int statusCode, const wire::Json& body) {
  sendJsonText(reply, statusCode, ecmascript::stringify(body));
}

void sendJsonText(fastify::Reply& reply, int statusCode, std::string body) {
  reply.code(statusCode).header("content-type", "application/json");
  // As bytes: the framework would add a charset to a JSON text.
  reply.send(fastify::Buffer{std::move(body)});
}

void sendFailure(fastify::Reply& reply, const Failure& failure, wire::Json client) {
  if (failure.first().trouble == Trouble::TooMany) reply.header("retry-after", std::to_string(codeWaitSeconds));
  const auto traceId = reply.getHeader(traceHeader).value_or("");
  sendJson(reply, wire::statusOf(failure), wire::errorBody(failure, traceId, std::move(client)));
}

Failure failureOf(const fastify::FastifyError& error, fastify::Request& request) {
  switch (error.statusCode.value_or(500)) {
    case 413: return wire::wrong::bodyTooLarge(request.routeOptions().bodyLimit);
    case 415: {
      const auto actual = request.headers()["content-type"].value_or("");
      return wire::wrong::contentTypeUnsupported(actual, "application/json or application/x-www-form-urlencoded");
    }
    default: break;
  }
  if (error.statusCode && *error.statusCode < 500) return wire::wrong::bodyMalformed();
  // What the request was about was deleted by another one at the same moment.
  if (error.as<ReferenceGone>()) return errors::resourceNotFound();
  request.log().error(error);
  return wire::wrong::internal();
}

}  // namespace clerk::instance::api
