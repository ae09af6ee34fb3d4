// A pattern (the first line) is refused, or both matchers say the same of the text (the rest).

#include "require.hpp"
#include "schema/error.hpp"
#include "schema/regex/backtracker.hpp"
#include "schema/regex/regex.hpp"

#include <ecmascript/text.hpp>

#include <optional>
#include <stdexcept>
#include <string_view>

namespace fuzz {

void schema_regex(std::string_view input) {
  using namespace fastify::schema;
  if (input.size() > 512) return;
  const auto end = input.find('\n');
  if (end == std::string_view::npos) return;
  const auto pattern = input.substr(0, end);
  const auto text = input.substr(end + 1);
  if (!ecmascript::isValidUtf8(text)) return;  // strings of JSON always are
  std::optional<Regex> compiled;
  try {
    compiled.emplace(pattern);
  } catch (const SchemaError&) {
    return;
  }
  const bool matches = compiled->matches(text);
  if (compiled->backtracks()) return;
  try {
    const regex::Backtracker backtracker(regex::parse(pattern));
    // It may have given up where RE2 has not.
    REQUIRE(matches || !backtracker.matches(text));
  } catch (const std::invalid_argument&) {
    return;  // too large for one of them
  }
}

}  // namespace fuzz
