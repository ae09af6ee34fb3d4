#pragma once
// The body parsers of a scope: JSON and plain text, and what plugins add.

#include "content/parser_table.hpp"

#include <fastify/content_type_parser.hpp>
#include <fastify/options.hpp>

#include <string_view>

namespace fastify {

class Request;

struct BodyParser {
  enum class Kind { Json, Text, Custom };
  Kind kind = Kind::Custom;
  ParserOptions options;
  ContentTypeParser parser;  // of a custom one
};

/// Copied by each scope from the one around it. Immutable once the application is ready.
class ContentTypeParsers {
 public:
  explicit ContentTypeParsers(const FastifyOptions& options);

  /// Throws FastifyError: FST_ERR_CTP_EMPTY_TYPE, …_INVALID_TYPE, …_ALREADY_PRESENT, …_INVALID_PARSE_TYPE.
  void add(const ContentTypes& types, const ParserOptions& options, ContentTypeParser parser);
  bool has(std::string_view type) const { return table_.has(type); }
  void remove(const ContentTypes& types);
  void removeAll() { table_.removeAll(); }

  /// nullptr: 415.
  const BodyParser* find(std::string_view contentType) const { return table_.find(contentType); }
  /// For a body without a content type.
  const BodyParser* findCatchAll() const noexcept { return table_.findCatchAll(); }

  Poisoning onProto() const noexcept { return onProto_; }
  Poisoning onConstructor() const noexcept { return onConstructor_; }

 private:
  content::ParserTable<BodyParser> table_;
  Poisoning onProto_;
  Poisoning onConstructor_;
};

/// What the built-in JSON parser does. Throws FST_ERR_CTP_EMPTY_JSON_BODY or FST_ERR_CTP_INVALID_JSON_BODY. The value
/// lives as long as the request.
RequestBody parseJson(Request& request, std::string_view bytes, Poisoning onProto, Poisoning onConstructor);
/// The built-in text parser: what is no UTF-8 becomes U+FFFD.
RequestBody parseText(std::string_view bytes);

}  // namespace fastify
