#include "api/upload.hpp"

#include "api/multipart.hpp"
#include "model/auth_errors.hpp"

namespace clerk::instance::api {

void addUploadParsers(fastify::Fastify& scope) {
  for (const auto* type : {"multipart/form-data", "application/octet-stream"}) {
    scope.addContentTypeParser(type, {.parseAs = fastify::ParseAs::Buffer},
                               [](fastify::Request&, std::string_view bytes) {
                                 return fastify::RequestBody(fastify::Buffer{std::string(bytes)});
                               });
  }
}

Outcome<std::string> uploadOf(fastify::Request& request) {
  const auto& body = request.body();
  if (!body.isBuffer()) return Failure(errors::requestBodyInvalid("A file is expected."));
  return uploadedFile(request.headers()["content-type"].value_or(""), body.buffer().view());
}

}  // namespace clerk::instance::api
