#include "schema/regex/translation.hpp"

#include <cstdio>

namespace fastify::schema::regex {
namespace {

// RE2 refuses more copies of a part than this.
constexpr std::uint32_t maxRepeat = 1000;

void appendPoint(std::string& out, char32_t point) {
  char text[16];
  std::snprintf(text, sizeof text, "\\x{%x}", static_cast<unsigned>(point));
  out += text;
}

class Translator {
 public:
  bool put(const Node& node) {
    using enum Node::Kind;
    switch (node.kind) {
      case Empty: return true;
      case Set: out += toRe2(node.set); return true;
      case Sequence: return putAll(node, "");
      case Alternatives: return putAll(node, "|");
      case Repeat: return putRepeat(node);
      case Group: return put(*node.children.front());
      case Start: out += "^"; return true;
      case End: out += "$"; return true;
      case WordBoundary: out += "\\b"; return true;
      case NotWordBoundary: out += "\\B"; return true;
      default: return false;
    }
  }

  std::string out;

 private:
  bool putAll(const Node& node, const char* separator) {
    out += "(?:";
    bool first = true;
    for (const auto& child : node.children) {
      if (!first) out += separator;
      first = false;
      if (!put(*child)) return false;
    }
    out += ")";
    return true;
  }

  bool putRepeat(const Node& node) {
    const bool limited = node.maximum != Node::unlimited;
    if (node.minimum > maxRepeat || (limited && node.maximum > maxRepeat)) return false;
    out += "(?:";
    if (!put(*node.children.front())) return false;
    out += "){" + std::to_string(node.minimum) + ",";
    if (limited) out += std::to_string(node.maximum);
    out += node.greedy ? "}" : "}?";
    return true;
  }
};

}  // namespace

std::string toRe2(const CharacterSet& set) {
  if (set.ranges.empty() && set.properties.empty()) return set.negated ? "(?s:.)" : "[^\\x00-\\x{10FFFF}]";
  std::string text = set.negated ? "[^" : "[";
  for (const auto& range : set.ranges) {
    appendPoint(text, range.first);
    if (range.last == range.first) continue;
    text += '-';
    appendPoint(text, range.last);
  }
  for (const auto& property : set.properties) {
    text += (property.negated ? "\\P{" : "\\p{") + property.name + "}";
  }
  return text + "]";
}

std::optional<std::string> toRe2(const Expression& expression) {
  Translator translator;
  if (!translator.put(*expression.root)) return std::nullopt;
  return std::move(translator.out);
}

}  // namespace fastify::schema::regex
