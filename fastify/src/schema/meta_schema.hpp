#pragma once
// The schemas of schemas, ready to run.

#include "schema/document.hpp"
#include "schema/validator.hpp"
#include "schema/vocabulary.hpp"

#include <string_view>
#include <vector>

namespace fastify::schema {

enum class Formats { Checked, Ignored };

/// Its data is never changed.
const Validator& metaValidator(Formats formats, Dialect dialect = Dialect::Draft07);

/// The URI of a dialect's meta-schema, as it stands in `$schema`.
std::string_view metaSchemaUri(Dialect dialect) noexcept;

/// What is published: the meta-schema first, then the vocabularies that it consists of.
std::vector<std::string_view> metaSchemaTexts201909();
std::vector<std::string_view> metaSchemaTexts202012();

}  // namespace fastify::schema
