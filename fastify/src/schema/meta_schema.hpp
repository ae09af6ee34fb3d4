#pragma once
// The schema of schemas (draft-07), ready to run.

#include "schema/validator.hpp"

namespace fastify::schema {

enum class Formats { Checked, Ignored };

/// Its data is never changed.
const Validator& metaValidator(Formats formats);

}  // namespace fastify::schema
