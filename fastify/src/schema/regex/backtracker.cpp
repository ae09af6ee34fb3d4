#include "schema/regex/backtracker.hpp"

#include "schema/regex/translation.hpp"

#include <re2/re2.h>

#include <ecmascript/text.hpp>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>

namespace fastify::schema::regex {
namespace {

constexpr std::size_t maxInstructions = 20'000;
constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

// A Unicode property of one code point, as RE2's tables have it.
std::function<bool(char32_t)> propertyTest(const CharacterSet::Property& property) {
  CharacterSet set;
  set.properties.push_back(property);
  RE2::Options options;
  options.set_log_errors(false);
  auto compiled = std::make_shared<RE2>(toRe2(set), options);
  if (!compiled->ok()) throw std::invalid_argument("Invalid property name");
  return [compiled](char32_t point) {
    std::string text;
    ecmascript::appendCodePoint(text, point);
    return RE2::FullMatch(text, *compiled);
  };
}

bool inRanges(const std::vector<Range>& ranges, char32_t point) noexcept {
  const auto after = std::ranges::upper_bound(ranges, point, {}, &Range::first);
  return after != ranges.begin() && point <= std::prev(after)->last;
}

bool isWordCharacter(char32_t c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::u32string decode(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  const std::string valid = ecmascript::isValidUtf8(text) ? std::string(text) : ecmascript::repairUtf8(text);
  for (std::size_t i = 0; i < valid.size();) {
    const auto lead = static_cast<unsigned char>(valid[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t point = length == 1 ? lead : lead & (0xFF >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) point = point << 6 | (static_cast<unsigned char>(valid[i + k]) & 0x3F);
    points.push_back(point);
    i += length;
  }
  return points;
}

// The groups inside a part, which every round of a repetition starts without.
void collectGroups(const Node& node, std::uint32_t& first, std::uint32_t& last) {
  if (node.kind == Node::Kind::Group) {
    first = std::min(first, node.group);
    last = std::max(last, node.group);
  }
  for (const auto& child : node.children) collectGroups(*child, first, last);
}

}  // namespace

bool Backtracker::CompiledSet::contains(char32_t point) const {
  bool inside = inRanges(ranges, point);
  for (const auto& property : properties) inside = inside || property(point);
  return inside != negated;
}

Backtracker::Backtracker(const Expression& expression) : groupCount_(expression.groupCount) {
  compile(*expression.root, false);
  emit({Op::Match});
}

std::uint32_t Backtracker::emit(Instruction instruction) {
  if (code_.size() >= maxInstructions) throw std::invalid_argument("Regular expression too large");
  code_.push_back(instruction);
  return static_cast<std::uint32_t>(code_.size() - 1);
}

std::uint32_t Backtracker::addSet(const CharacterSet& set) {
  CompiledSet compiled{set.ranges, set.negated, {}};
  std::ranges::sort(compiled.ranges, {}, &Range::first);
  for (const auto& property : set.properties) compiled.properties.push_back(propertyTest(property));
  sets_.push_back(std::move(compiled));
  return static_cast<std::uint32_t>(sets_.size() - 1);
}

void Backtracker::compile(const Node& node, bool backward) {
  using enum Node::Kind;
  switch (node.kind) {
    case Empty: return;
    case Set: emit({Op::Set, backward, addSet(node.set)}); return;
    case Sequence:
      if (backward) {
        for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) compile(**child, true);
      } else {
        for (const auto& child : node.children) compile(*child, false);
      }
      return;
    case Alternatives: {
      std::vector<std::uint32_t> ends;
      for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
        const auto split = emit({Op::Split});
        code_[split].x = split + 1;
        compile(*node.children[i], backward);
        ends.push_back(emit({Op::Jump}));
        code_[split].y = static_cast<std::uint32_t>(code_.size());
      }
      compile(*node.children.back(), backward);
      for (const auto end : ends) code_[end].x = static_cast<std::uint32_t>(code_.size());
      return;
    }
    case Repeat: compileRepeat(node, backward); return;
    case Group:
      emit({Op::Save, false, 2 * node.group + (backward ? 1U : 0U)});
      compile(*node.children.front(), backward);
      emit({Op::Save, false, 2 * node.group + (backward ? 0U : 1U)});
      return;
    case Backreference: emit({Op::Reference, backward, node.group}); return;
    case Start: emit({Op::Start}); return;
    case End: emit({Op::End}); return;
    case WordBoundary: emit({Op::Boundary, false}); return;
    case NotWordBoundary: emit({Op::Boundary, true}); return;
    case LookAhead:
    case LookBehind: compileLook(node); return;
  }
}

void Backtracker::compileLook(const Node& node) {
  const auto look = emit({Op::Look, node.negated});
  compile(*node.children.front(), node.kind == Node::Kind::LookBehind);
  emit({Op::Match});
  code_[look].x = static_cast<std::uint32_t>(code_.size());
}

void Backtracker::compileRepeat(const Node& node, bool backward) {
  std::uint32_t firstGroup = Node::unlimited;
  std::uint32_t lastGroup = 0;
  collectGroups(*node.children.front(), firstGroup, lastGroup);
  const auto body = [&] {
    if (lastGroup > 0) emit({Op::Reset, false, 2 * firstGroup, 2 * lastGroup + 1});
    compile(*node.children.front(), backward);
  };
  const auto splitTo = [&](std::uint32_t split, std::uint32_t inside, std::uint32_t outside) {
    code_[split].x = node.greedy ? inside : outside;
    code_[split].y = node.greedy ? outside : inside;
  };

  for (std::uint32_t i = 0; i < node.minimum; ++i) body();
  if (node.maximum == Node::unlimited) {
    const auto mark = registerCount_++;
    const auto split = emit({Op::Split});
    emit({Op::Mark, false, mark});
    body();
    emit({Op::Progress, false, mark});
    emit({Op::Jump, false, split});
    splitTo(split, split + 1, static_cast<std::uint32_t>(code_.size()));
    return;
  }
  std::vector<std::uint32_t> splits;
  for (std::uint32_t i = node.minimum; i < node.maximum; ++i) {
    splits.push_back(emit({Op::Split}));
    body();
  }
  for (const auto split : splits) splitTo(split, split + 1, static_cast<std::uint32_t>(code_.size()));
}

// One search over one text.
class Backtracker::Machine {
 public:
  Machine(const Backtracker& program, std::string_view text)
      : program_(program),
        text_(decode(text)),
        slots_(2 * (program.groupCount_ + 1) + program.registerCount_, nowhere),
        firstRegister_(2 * (program.groupCount_ + 1)) {}

  bool search() {
    const bool anchored = program_.code_.front().op == Op::Start;
    for (std::size_t start = 0; start <= text_.size(); ++start) {
      if (run(0, start)) return true;
      if (anchored || exhausted()) return false;
      undoTo(0);
    }
    return false;
  }

 private:
  struct Choice {
    std::uint32_t pc;
    std::size_t position;
    std::size_t trailSize;
  };
  struct Change {
    std::size_t slot;
    std::size_t before;
  };

  bool exhausted() const noexcept { return steps_ >= maxSteps; }

  void set(std::size_t slot, std::size_t value) {
    trail_.push_back({slot, slots_[slot]});
    slots_[slot] = value;
  }
  void undoTo(std::size_t trailSize) {
    while (trail_.size() > trailSize) {
      slots_[trail_.back().slot] = trail_.back().before;
      trail_.pop_back();
    }
  }

  // From `pc` at `position` to Match. Look-around runs inside another run, as deep as the pattern nests it.
  bool run(std::uint32_t pc, std::size_t position) {
    const auto base = choices_.size();
    while (true) {
      if (++steps_ >= maxSteps) {
        choices_.resize(base);
        return false;
      }
      const auto& instruction = program_.code_[pc];
      if (instruction.op == Op::Match) {
        choices_.resize(base);
        return true;
      }
      if (step(instruction, pc, position)) continue;
      if (choices_.size() == base) return false;
      pc = choices_.back().pc;
      position = choices_.back().position;
      undoTo(choices_.back().trailSize);
      choices_.pop_back();
    }
  }

  // Does one instruction; false when it does not match here.
  bool step(const Instruction& instruction, std::uint32_t& pc, std::size_t& position) {
    const auto at = pc++;
    switch (instruction.op) {
      case Op::Set: return takeSet(instruction, position);
      case Op::Split:
        choices_.push_back({instruction.y, position, trail_.size()});
        pc = instruction.x;
        return true;
      case Op::Jump: pc = instruction.x; return true;
      case Op::Save: set(instruction.x, position); return true;
      case Op::Reset:
        for (auto slot = instruction.x; slot <= instruction.y; ++slot) set(slot, nowhere);
        return true;
      case Op::Mark: set(firstRegister_ + instruction.x, position); return true;
      case Op::Progress: return slots_[firstRegister_ + instruction.x] != position;
      case Op::Start: return position == 0;
      case Op::End: return position == text_.size();
      case Op::Boundary: return atBoundary(position) != instruction.flag;
      case Op::Reference: return takeReference(instruction, position);
      case Op::Look: {
        const auto trailSize = trail_.size();
        const bool matched = run(at + 1, position);
        if (exhausted()) return false;
        if (instruction.flag || !matched) undoTo(trailSize);
        pc = instruction.x;
        return matched != instruction.flag;
      }
      case Op::Match: return true;
    }
    return false;
  }

  bool takeSet(const Instruction& instruction, std::size_t& position) const {
    if (position == (instruction.flag ? 0 : text_.size())) return false;
    const char32_t point = text_[instruction.flag ? position - 1 : position];
    if (!program_.sets_[instruction.x].contains(point)) return false;
    position += instruction.flag ? -1 : 1;
    return true;
  }

  bool takeReference(const Instruction& instruction, std::size_t& position) {
    const auto from = slots_[2 * instruction.x];
    const auto to = slots_[2 * instruction.x + 1];
    if (from == nowhere || to == nowhere) return true;
    const auto length = to - from;
    steps_ += length;
    const std::u32string_view text = text_;
    if (instruction.flag) {
      if (position < length || text.substr(position - length, length) != text.substr(from, length)) return false;
      position -= length;
    } else {
      if (text.substr(position, length) != text.substr(from, length)) return false;
      position += length;
    }
    return true;
  }

  bool atBoundary(std::size_t position) const {
    const bool before = position > 0 && isWordCharacter(text_[position - 1]);
    const bool after = position < text_.size() && isWordCharacter(text_[position]);
    return before != after;
  }

  const Backtracker& program_;
  std::u32string text_;
  std::vector<std::size_t> slots_;  // of groups, then registers
  std::size_t firstRegister_;
  std::vector<Choice> choices_;
  std::vector<Change> trail_;
  std::size_t steps_ = 0;
};

bool Backtracker::matches(std::string_view text) const { return Machine(*this, text).search(); }

}  // namespace fastify::schema::regex
