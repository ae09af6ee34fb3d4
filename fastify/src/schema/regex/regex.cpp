#include "schema/regex/regex.hpp"

#include "schema/error.hpp"
#include "schema/regex/backtracker.hpp"
#include "schema/regex/syntax.hpp"
#include "schema/regex/translation.hpp"

#include <re2/re2.h>

#include <optional>
#include <stdexcept>

namespace fastify::schema {

struct Regex::Engines {
  std::unique_ptr<RE2> linear;
  std::optional<regex::Backtracker> backtracking;
};

Regex::Regex(std::string_view pattern, regex::Dialect dialect)
    : pattern_(pattern), engines_(std::make_unique<Engines>()) {
  try {
    const auto expression = regex::parse(pattern, dialect);
    if (const auto translated = regex::toRe2(expression)) {
      RE2::Options options;
      options.set_log_errors(false);
      auto compiled = std::make_unique<RE2>(*translated, options);
      if (compiled->ok()) {
        engines_->linear = std::move(compiled);
        return;
      }
    }
    engines_->backtracking.emplace(expression);
  } catch (const std::invalid_argument& reason) {
    throw SchemaError("Invalid regular expression: /" + pattern_ +
                      (dialect == regex::Dialect::Unicode ? "/u: " : "/: ") + reason.what());
  }
}

Regex::~Regex() = default;
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;

bool Regex::matches(std::string_view text) const {
  if (engines_->linear) return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *engines_->linear);
  return engines_->backtracking->matches(text);
}

bool Regex::backtracks() const noexcept { return engines_->backtracking.has_value(); }

}  // namespace fastify::schema
