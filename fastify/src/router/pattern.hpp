#pragma once
// A route's path taken apart: texts, parameters, wildcard.

#include "segment_matcher.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify::router {

struct PatternNode {
  enum class Kind { Text, Param, Wildcard };
  Kind kind;
  /// Of a text: what a path is compared with, `%` as it stays there after decoding ("%25"). Of a parameter: how it was
  /// declared, for `print()`.
  std::string text;
  /// Of a parameter that shares its segment or has an expression.
  std::shared_ptr<const SegmentMatcher> matcher;
};

struct Pattern {
  std::vector<PatternNode> nodes;
  std::vector<std::string> names;  // of its parameters; "*" is the wildcard's
  /// The same for two patterns that differ in their parameters' names alone, "/a/:/b"; what a duplicate's message
  /// shows.
  std::string shape;
  /// What its parameters have to match, where that is not anything.
  std::string expressions;
};

/// Throws RouterError when a wildcard is not last or a parenthesis is not closed.
Pattern parsePattern(std::string_view path, bool caseSensitive);

/// "/a/:x?" as "/a/:x" and "/a"; nullopt without an optional parameter. Throws RouterError when it is not the last.
std::optional<std::pair<std::string, std::string>> splitOptional(std::string_view path);

}  // namespace fastify::router
