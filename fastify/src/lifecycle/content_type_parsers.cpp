#include "content_type_parsers.hpp"

#include "state.hpp"

#include "content/json_body.hpp"

#include <ecmascript/text.hpp>

#include <stdexcept>

namespace fastify {

namespace {

void check(content::AddOutcome outcome, std::string_view type) {
  switch (outcome) {
    case content::AddOutcome::Added: return;
    case content::AddOutcome::EmptyType:
      throw FastifyError(500, "FST_ERR_CTP_EMPTY_TYPE", "The content type cannot be an empty string");
    case content::AddOutcome::InvalidType:
      throw FastifyError(500, "FST_ERR_CTP_INVALID_TYPE", "The content type should be a string or a RegExp");
    case content::AddOutcome::AlreadyPresent:
      throw FastifyError(500, "FST_ERR_CTP_ALREADY_PRESENT",
                         "Content type parser '" + std::string(type) + "' already present.");
  }
}

}  // namespace

ContentTypeParsers::ContentTypeParsers(const FastifyOptions& options)
    : onProto_(options.onProtoPoisoning), onConstructor_(options.onConstructorPoisoning) {
  table_.addBuiltIn("application/json", {BodyParser::Kind::Json, {}, {}});
  table_.addBuiltIn("text/plain", {BodyParser::Kind::Text, {}, {}});
}

void ContentTypeParsers::add(const ContentTypes& types, const ParserOptions& options, ContentTypeParser parser) {
  const bool whole = options.parseAs != ParseAs::Stream;
  if (whole ? !parser.whole() : !parser.streamed()) {
    throw FastifyError(500, "FST_ERR_CTP_INVALID_HANDLER",
                       whole ? "The content type handler should take the whole body: (Request&, std::string_view)"
                             : "The content type handler should take a stream: (Request&, Stream)");
  }
  if (options.bodyLimit && *options.bodyLimit <= 0) {
    throw FastifyError(500, "FST_ERR_CTP_BODY_LIMIT",
                       "'bodyLimit' option must be an integer > 0. Got '" + std::to_string(*options.bodyLimit) + "'");
  }
  const BodyParser entry{BodyParser::Kind::Custom, options, std::move(parser)};
  if (types.pattern()) {
    try {
      check(table_.add(content::TypePattern(types.pattern()->expression), entry), types.pattern()->expression);
    } catch (const std::invalid_argument& malformed) {
      throw FastifyError(500, "FST_ERR_CTP_INVALID_TYPE",
                         std::string("The content type's regular expression is malformed: ") + malformed.what());
    }
  }
  for (const auto& type : types.types()) check(table_.add(type, entry), type);
}

void ContentTypeParsers::remove(const ContentTypes& types) {
  if (types.pattern()) table_.removePattern(types.pattern()->expression);
  for (const auto& type : types.types()) table_.remove(type);
}

RequestBody parseJson(Request& request, std::string_view bytes, Poisoning onProto, Poisoning onConstructor) {
  if (bytes.empty()) {
    throw FastifyError(400, "FST_ERR_CTP_EMPTY_JSON_BODY",
                       "Body cannot be empty when content-type is set to 'application/json'");
  }
  auto value = content::parseJsonBody(bytes, {onProto, onConstructor}, request.exchange().state().storage());
  if (!value) {
    throw FastifyError(400, "FST_ERR_CTP_INVALID_JSON_BODY",
                       "Body is not valid JSON but content-type is set to 'application/json'");
  }
  return RequestBody(std::move(*value));
}

RequestBody parseText(std::string_view bytes) {
  if (ecmascript::isValidUtf8(bytes)) return RequestBody(bytes);
  return RequestBody(ecmascript::repairUtf8(bytes));
}

}  // namespace fastify
