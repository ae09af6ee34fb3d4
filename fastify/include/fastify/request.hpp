#pragma once
// One request, as handlers and hooks see it.

#include <fastify/body.hpp>
#include <fastify/decorator.hpp>
#include <fastify/error.hpp>
#include <fastify/headers.hpp>
#include <fastify/json.hpp>
#include <fastify/logger.hpp>
#include <fastify/schema.hpp>

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace fastify {

class Exchange;
class Fastify;
class RawRequest;
struct RouteInfo;

/// Valid until the reply has been sent and the handler and all hooks have ended; every view it gives lives as long.
/// Belongs to the worker thread that received it. See Fastify's "Request" page.
class Request {
 public:
  explicit Request(Exchange& exchange) noexcept : headers_(exchange), exchange_(&exchange) {}
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  std::string_view method() const noexcept;
  /// The target as it was received (after `rewriteUrl`), undecoded, with its query.
  std::string_view url() const noexcept;
  std::string_view originalUrl() const noexcept;

  const RequestHeaders& headers() const noexcept { return headers_; }

  /// The query string: strings, or arrays of strings for repeated names; coerced by a querystring schema.
  JsonObject& query();
  /// The path parameters, decoded; coerced by a params schema. `*` is the wildcard's.
  JsonObject& params();
  /// One path parameter without building `params()`; nullopt when the route has no such parameter. What a schema made
  /// of it is in `params()` alone.
  std::optional<std::string_view> param(std::string_view name) const;

  RequestBody& body() noexcept;
  /// The bytes of the body as they were received, when a parser read them whole (JSON, text, parseAs string or buffer).
  std::string_view rawBody() const noexcept;

  /// `req-1`, `req-2`, …, or what `requestIdHeader` or `genReqId` gave.
  std::string_view id() const noexcept;
  Logger& log() noexcept;

  /// The peer's address, or the client's when `trustProxy` says so.
  std::string_view ip() const;
  /// With `trustProxy`: from the peer outward; else empty.
  std::vector<std::string> ips() const;
  /// The Host header (or X-Forwarded-Host when trusted), with port.
  std::string_view host() const;
  std::string_view hostname() const;
  /// The port of `host()`, or nullopt.
  std::optional<std::uint16_t> port() const;
  /// "http" or "https".
  std::string_view protocol() const;
  /// The address and port of the socket's other end, whatever proxies say; for an injected request 127.0.0.1.
  std::string_view remoteAddress() const noexcept;
  std::uint16_t remotePort() const noexcept;

  /// The message as it came, before any route or trust.
  RawRequest raw() noexcept;

  /// The body's media type without parameters, in lower case ("application/json"); nullopt when the request names none,
  /// or one that is malformed.
  std::optional<std::string> mediaType() const;

  /// The protocol that the client asks to change to (`Upgrade`, when `Connection` names it), for `reply.upgrade()`;
  /// nullopt when it does not, and on HTTP/2, which has no such thing.
  std::optional<std::string_view> upgrade() const;

  /// True in a not-found handler.
  bool is404() const noexcept;
  /// The route that answers: its pattern, config, limits. See `RouteInfo`.
  const RouteInfo& routeOptions() const noexcept;
  /// The instance (plugin scope) that declared the route.
  Fastify& server() const noexcept;
  /// Stops when the client goes away or the handler's timeout ends.
  std::stop_token signal() const;

  /// Set when the route has `attachValidation` and validation failed.
  std::optional<FastifyError>& validationError() noexcept;
  /// True when `data` satisfies the schema, or what the route says of that part. `data` is coerced. Throws
  /// FST_ERR_REQ_INVALID_VALIDATION_INVOCATION when the route says nothing of the part.
  bool validateInput(Json& data, const Json& schema) { return validateInput(data, schema, HttpPart::Body); }
  bool validateInput(Json& data, HttpPart part);
  bool validateInput(Json& data, const Json& schema, HttpPart part);
  /// The route's validator of a part, or that of a schema that was compiled before; empty when there is none.
  ValidatorFunction getValidationFunction(HttpPart part) const;
  ValidatorFunction getValidationFunction(const Json& schema) const;
  /// Compiles a schema with the validator compiler of the route; once for each distinct text, a thousand of which are
  /// kept. Throws what the compiler throws.
  ValidatorFunction compileValidationSchema(const Json& schema, HttpPart part = HttpPart::Body) const;

  /// A decoration; made when first asked for. Throws FST_ERR_DEC_UNDECLARED when this route's scope has none.
  template <class T>
  T& operator[](const Decorator<T>& key) {
    return *static_cast<T*>(decoration(key.id(), key.name()));
  }
  template <class T>
  T& getDecorator(const Decorator<T>& key) {
    return (*this)[key];
  }

  Exchange& exchange() noexcept { return *exchange_; }

 private:
  void* decoration(std::size_t id, const std::string& name);

  RequestHeaders headers_;
  Exchange* exchange_;
};

}  // namespace fastify
