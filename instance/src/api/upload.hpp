#pragma once
// Requests that bring a picture: how they are read, and how large they may be.

#include "model/outcome.hpp"

#include <fastify/instance.hpp>
#include <fastify/request.hpp>

#include <cstdint>
#include <string>

namespace clerk::instance::api {

/// A picture as base64, and what a form puts around it; bytes.
inline constexpr std::int64_t uploadLimit = 10 * 1024 * 1024 * 4 / 3 + 64 * 1024;

/// Bodies of `multipart/form-data` and `application/octet-stream` become bytes in this scope.
void addUploadParsers(fastify::Fastify& scope);

/// The file that the request brought. Errors: `request_body_invalid`.
Outcome<std::string> uploadOf(fastify::Request& request);

}  // namespace clerk::instance::api
