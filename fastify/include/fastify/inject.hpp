#pragma once
// Requests without a socket: the whole pipeline, for tests. See Fastify's "Testing" page.

#include <fastify/json.hpp>
#include <fastify/payload.hpp>
#include <fastify/reply.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify {

struct InjectRequest {
  std::string method = "GET";
  std::string url = "/";
  HeaderPairs headers;
  /// Text and bytes are sent as they are, JSON with its content type and length.
  Payload payload;
  /// Added to the URL's query; a list repeats the name.
  JsonObject query;
  HeaderPairs cookies;
  /// The Host header.
  std::string authority = "localhost:80";
  std::string remoteAddress = "127.0.0.1";
};

struct InjectCookie {
  std::string name;
  std::string value;
  /// path, domain, expires, maxAge, httpOnly, secure, sameSite, as they were sent.
  JsonObject attributes;
};

struct InjectResponse {
  int statusCode = 0;
  std::string statusMessage;
  /// In order; names in lower case.
  HeaderPairs headers;
  std::string body;
  HeaderPairs trailers;

  /// The value, several lines joined with ", "; nullopt when absent.
  std::optional<std::string> header(std::string_view name) const;
  /// The body as JSON; throws boost::system::system_error when it is none.
  Json json() const;
  /// From the Set-Cookie headers.
  std::vector<InjectCookie> cookies() const;
};

}  // namespace fastify
