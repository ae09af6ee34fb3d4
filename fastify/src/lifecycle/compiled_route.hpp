#pragma once
// A route as `ready()` made it: everything that its requests need, found beforehand. Immutable.

#include <fastify/content_type_parser.hpp>
#include <fastify/decorator.hpp>
#include <fastify/hooks.hpp>
#include <fastify/route.hpp>
#include <fastify/schema.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fastify {

class Fastify;
class ContentTypeParsers;
class RawRequest;

/// The error handlers of a scope and of those around it, innermost first. The end of the chain is the default handler.
struct ErrorHandlers {
  ErrorHandler handler;
  std::shared_ptr<const ErrorHandlers> outer;
};

/// Which decorations a scope's requests (or replies) have, by the decorators' numbers.
struct DecorationTable {
  std::vector<detail::DecoratorFactory> factories;
  std::vector<int> slotOfId;  // -1: not declared

  int slot(std::size_t id) const noexcept { return id < slotOfId.size() ? slotOfId[id] : -1; }
};

/// How one part of a request is validated.
struct PartValidator {
  HttpPart part = HttpPart::Body;
  /// For every content type, or by media type for a body schema with `content`.
  ValidatorFunction validate;
  std::vector<std::pair<std::string, ValidatorFunction>> byMediaType;

  const ValidatorFunction* find(std::string_view mediaType) const;
};
std::string_view nameOf(HttpPart part) noexcept;

/// The serializer for an answer's status and media type, or nullptr for plain JSON.
using FindSerializer = std::function<const SerializerFunction*(int statusCode, std::string_view mediaType)>;

/// Compiles schemas that handlers bring along, and remembers them. From any thread.
class OnDemandSchemas {
 public:
  virtual ~OnDemandSchemas() = default;
  virtual ValidatorFunction validator(const Json& schema, HttpPart part) = 0;
  virtual SerializerFunction serializer(const Json& schema, std::string_view status, std::string_view mediaType) = 0;
  /// Those that were compiled before; empty functions when they were not.
  virtual ValidatorFunction findValidator(const Json& schema) = 0;
  virtual SerializerFunction findSerializer(const Json& schema) = 0;
};

struct CompiledRoute {
  RouteInfo info;
  Fastify* server = nullptr;
  Handler handler;
  bool is404 = false;
  /// The HEAD twin of a GET route: the body is measured, not sent.
  bool headTwin = false;

  std::vector<RequestCall> onRequest, preValidation, preHandler, onResponse, onTimeout, onRequestAbort;
  std::vector<ParsingCall> preParsing;
  std::vector<PayloadCall> preSerialization, onSend;
  std::vector<ErrorCall> onError;

  std::shared_ptr<const ContentTypeParsers> parsers;
  std::vector<PartValidator> validators;  // in the order in which they run
  SchemaErrorFormatter schemaErrorFormatter;
  FindSerializer findSerializer;
  std::shared_ptr<OnDemandSchemas> onDemandSchemas;
  /// The handler may write the text of its answer itself: nobody wants to see the value before, or to write it
  /// otherwise.
  bool handlerMayWriteJson = false;
  std::function<std::string(const Json& payload, int statusCode)> replySerializer;
  std::shared_ptr<const ErrorHandlers> errorHandlers;
  const CompiledRoute* notFound = nullptr;  // what callNotFound() runs

  std::shared_ptr<const DecorationTable> requestDecorations;
  std::shared_ptr<const DecorationTable> replyDecorations;

  std::size_t bodyLimit = 0;
  std::chrono::milliseconds handlerTimeout{0};
  std::string logLevel;  // empty: the server's
  LogSerializers logSerializers;
  std::function<std::string(const RawRequest&)> genReqId;
  ChildLoggerFactory childLoggerFactory;
};

}  // namespace fastify
