#pragma once
// What the apps share: waiting, sending later, errors with a status, streams of a few chunks.

#include <fastify/fastify.hpp>

#include <async/event_loop.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace conformance {

using namespace std::chrono_literals;

/// Sends `payload` after `delay`, while the handler has long ended.
inline void sendLater(fastify::Reply& reply, std::chrono::milliseconds delay, fastify::Payload payload) {
  async::detach(
      [](fastify::Reply& reply, std::chrono::milliseconds delay, fastify::Payload payload) -> fastify::Task<> {
        co_await async::sleep(delay);
        reply.send(std::move(payload));
      }(reply, delay, std::move(payload)));
}

/// An error as a program throws it: with a message, and a status when it has one.
inline fastify::FastifyError failure(std::string message, std::optional<int> statusCode = std::nullopt,
                                     std::string code = {}) {
  fastify::FastifyError error;
  error.message = std::move(message);
  error.statusCode = statusCode;
  error.code = std::move(code);
  return error;
}

inline fastify::Stream streamOf(std::vector<std::string> chunks) { return fastify::Readable::from(std::move(chunks)); }

}  // namespace conformance
