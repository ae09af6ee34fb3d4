#include <fastify/formbody.hpp>

#include <fastify/instance.hpp>

namespace fastify::detail {

Task<> startFormbody(Fastify& instance, const FormbodyOptions& options) {
  auto parse = options.parser ? options.parser : parseForm;
  instance.addContentTypeParser(
      "application/x-www-form-urlencoded", {.parseAs = ParseAs::String, .bodyLimit = options.bodyLimit},
      [parse = std::move(parse)](Request&, std::string_view body) { return RequestBody(parse(body)); });
  return {};
}

}  // namespace fastify::detail
