#include "content/pattern.hpp"

#include <re2/re2.h>

#include <stdexcept>

namespace fastify::content {

TypePattern::TypePattern(std::string expression) : expression_(std::move(expression)) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_encoding(RE2::Options::EncodingLatin1);
  auto compiled = std::make_shared<RE2>(expression_, options);
  if (!compiled->ok()) {
    throw std::invalid_argument("\"" + expression_ + "\" is not a regular expression: " + compiled->error());
  }
  compiled_ = std::move(compiled);
}

bool TypePattern::matches(std::string_view type) const {
  return RE2::PartialMatch(re2::StringPiece(type.data(), type.size()), *compiled_);
}

}  // namespace fastify::content
