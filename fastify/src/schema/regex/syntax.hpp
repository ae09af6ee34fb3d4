#pragma once
// The syntax tree of a JavaScript regular expression.

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify::schema::regex {

/// Code points from `first` to `last`.
struct Range {
  char32_t first;
  char32_t last;
};

/// A class of characters: ranges (sorted, apart from each other) and Unicode properties, all of it possibly negated.
struct CharacterSet {
  struct Property {
    std::string name;  // as RE2 calls it: "L", "Lu", "Greek"
    bool negated = false;
  };
  std::vector<Range> ranges;
  std::vector<Property> properties;
  bool negated = false;
};

struct Node {
  enum class Kind : std::uint8_t {
    Empty,
    Set,
    Sequence,      // children, one after another
    Alternatives,  // children, the first that fits
    Repeat,        // child, from `minimum` to `maximum` times
    Group,         // child, captured as `group`
    Backreference,
    Start,
    End,
    WordBoundary,
    NotWordBoundary,
    LookAhead,
    LookBehind,
  };
  static constexpr std::uint32_t unlimited = std::numeric_limits<std::uint32_t>::max();

  explicit Node(Kind kind) : kind(kind) {}

  Kind kind;
  bool greedy = true;    // Repeat
  bool negated = false;  // LookAhead, LookBehind
  std::uint32_t minimum = 0;
  std::uint32_t maximum = 0;
  std::uint32_t group = 0;  // Group, Backreference
  CharacterSet set;
  std::vector<std::unique_ptr<Node>> children;
};

struct Expression {
  std::unique_ptr<Node> root;
  std::uint32_t groupCount = 0;
  /// Whether there is anything that no finite automaton can do: look-around or a back reference.
  bool needsBacktracking = false;
};

/// Which dialect: `Unicode` is that of the `u` flag, `Web` the lenient one of old browsers (ECMA-262, annex B).
enum class Dialect { Unicode, Web };

/// Throws std::invalid_argument with the reason when `pattern` (UTF-8) is no regular expression.
Expression parse(std::string_view pattern, Dialect dialect = Dialect::Unicode);

/// The white space of `\s`.
const std::vector<Range>& whiteSpace();
/// All code points that are in none of `ranges` (sorted, apart from each other).
std::vector<Range> complement(const std::vector<Range>& ranges);

}  // namespace fastify::schema::regex
