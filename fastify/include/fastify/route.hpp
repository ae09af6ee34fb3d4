#pragma once
// How a route is declared. See Fastify's "Routes" page.

#include <fastify/callable.hpp>
#include <fastify/hooks.hpp>
#include <fastify/json.hpp>
#include <fastify/logger.hpp>
#include <fastify/schema.hpp>

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify {

/// One method or several, in any case.
class Methods {
 public:
  Methods() = default;
  Methods(const char* method) : names_{method} {}
  Methods(std::string method) : names_{std::move(method)} {}
  Methods(std::initializer_list<std::string> methods) : names_(methods) {}
  Methods(std::vector<std::string> methods) : names_(std::move(methods)) {}
  const std::vector<std::string>& names() const noexcept { return names_; }

 private:
  std::vector<std::string> names_;
};

/// For a route `/` below a prefix: which of `/prefix` and `/prefix/` it answers.
enum class PrefixTrailingSlash { Both, Slash, NoSlash };

/// Chooses among routes of one path: `.constraints = {{"version", "1.2.0"}}`, `{{"host", "example.com"}}`, or the name
/// of an own strategy. A host constraint may be a regular expression: `{{"host", {{"pattern", "^api\\."}}}}`.
using Constraints = JsonObject;

struct RouteOptions {
  Methods method;
  std::string url;
  RouteSchema schema;
  /// Validation errors do not answer; the handler finds them in `request.validationError()`.
  bool attachValidation = false;
  HookList<HookPoint::OnRequest> onRequest;
  HookList<HookPoint::PreParsing> preParsing;
  HookList<HookPoint::PreValidation> preValidation;
  HookList<HookPoint::PreHandler> preHandler;
  HookList<HookPoint::PreSerialization> preSerialization;
  HookList<HookPoint::OnSend> onSend;
  HookList<HookPoint::OnResponse> onResponse;
  HookList<HookPoint::OnError> onError;
  HookList<HookPoint::OnTimeout> onTimeout;
  HookList<HookPoint::OnRequestAbort> onRequestAbort;
  ErrorHandler errorHandler;
  ValidatorCompiler validatorCompiler;
  SerializerCompiler serializerCompiler;
  SchemaErrorFormatter schemaErrorFormatter;
  /// Bytes; absent: the server's.
  std::optional<std::int64_t> bodyLimit;
  std::optional<std::chrono::milliseconds> handlerTimeout;
  /// Level of this route's log lines.
  std::string logLevel;
  LogSerializers logSerializers;
  ChildLoggerFactory childLoggerFactory;
  /// Anything; `request.routeOptions().config`.
  Json config;
  Constraints constraints;
  PrefixTrailingSlash prefixTrailingSlash = PrefixTrailingSlash::Both;
  /// Whether a GET route answers HEAD as well; absent: as the server's `exposeHeadRoutes`.
  std::optional<bool> exposeHeadRoute;
  Handler handler;
};

/// What `request.routeOptions()` tells of the route that answers.
struct RouteInfo {
  std::string method;              // of a route with several: joined with ","
  std::optional<std::string> url;  // the pattern with its prefix; absent in a not-found handler
  std::size_t bodyLimit = 0;
  std::chrono::milliseconds handlerTimeout{0};
  bool attachValidation = false;
  std::string logLevel;
  std::string version;  // of the `version` constraint
  bool exposeHeadRoute = false;
  bool prefixTrailingSlash = false;
  Json config;
  RouteSchema schema;
};

}  // namespace fastify
