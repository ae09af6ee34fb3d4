#pragma once
// Matches what no finite automaton can: look-around and back references. A small machine with a stack of its own, so
// that neither the length of a text nor a hostile pattern can overflow a thread's stack or run for ever.

#include "schema/regex/syntax.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace fastify::schema::regex {

class Backtracker {
 public:
  /// Throws std::invalid_argument when the expression is too large.
  explicit Backtracker(const Expression& expression);

  /// Whether the expression is found anywhere in `text`. No when `maxSteps` were not enough to tell.
  bool matches(std::string_view text) const;

  /// Steps for one text: some milliseconds.
  static constexpr std::size_t maxSteps = 1'000'000;

 private:
  enum class Op : std::uint8_t {
    Set,       // a code point of set `x`, forward or (`flag`) backward
    Split,     // try `x` first, then `y`
    Jump,      // to `x`
    Save,      // the position, as slot `x`
    Reset,     // slots `x` to `y` to nothing
    Mark,      // the position, as register `x`
    Progress,  // fail unless the position differs from register `x`
    Start,
    End,
    Boundary,   // of a word; `flag`: none
    Reference,  // what group `x` took, forward or (`flag`) backward
    Look,       // the code behind this one up to `x` must (`flag`: must not) match here
    Match,
  };
  struct Instruction {
    Op op;
    bool flag = false;
    std::uint32_t x = 0;
    std::uint32_t y = 0;
  };
  struct CompiledSet {
    std::vector<Range> ranges;
    bool negated = false;
    std::vector<std::function<bool(char32_t)>> properties;
    bool contains(char32_t point) const;
  };
  class Machine;

  std::uint32_t emit(Instruction instruction);
  void compile(const Node& node, bool backward);
  void compileRepeat(const Node& node, bool backward);
  void compileLook(const Node& node);
  std::uint32_t addSet(const CharacterSet& set);

  std::vector<Instruction> code_;
  std::vector<CompiledSet> sets_;
  std::uint32_t groupCount_ = 0;
  std::uint32_t registerCount_ = 0;
};

}  // namespace fastify::schema::regex
