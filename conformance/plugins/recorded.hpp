#pragma once
// Plays recorded requests against an app of ours and compares the answers.

#include <fastify/fastify.hpp>

#include <functional>
#include <map>
#include <string>

namespace conformance {

struct App {
  std::function<void(fastify::Fastify&)> setup;
  fastify::FastifyOptions options = {};
};

/// How bodies are compared: byte by byte, or as JSON values (and nothing but the status beside them).
enum class Bodies { Text, Json };

/// cases/`name`.json: for each case the app of its name, made when it is first asked; status, headers and body must be
/// as recorded. What matches `masked` (a regular expression) is not compared: nonces, times.
void play(const std::string& name, const std::map<std::string, App>& apps, const std::string& masked = {},
          Bodies bodies = Bodies::Text);

}  // namespace conformance
