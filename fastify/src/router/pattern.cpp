#include "pattern.hpp"

#include "router.hpp"

#include <algorithm>

namespace fastify::router {
namespace {

[[noreturn]] void failPath(const std::string& message) { throw RouterError(RouterError::Kind::InvalidPath, message); }

void lowerCase(std::string& text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
}

/// A percent sign in a pattern is a literal one, which a request sends as %25 and `decodePath` leaves so.
void appendLiteral(std::string& text, char c) {
  if (c == '%') {
    text += "%25";
  } else {
    text += c;
  }
}

/// The parenthesis that closes the one at `open`.
std::size_t closingParenthesis(std::string_view path, std::size_t open) {
  int depth = 0;
  for (auto at = open; at < path.size(); ++at) {
    if (path[at] == '\\') {
      ++at;
    } else if (path[at] == '(') {
      ++depth;
    } else if (path[at] == ')' && --depth == 0) {
      return at;
    }
  }
  throw RouterError(RouterError::Kind::InvalidRegex, "Invalid regexp expression in \"" + std::string(path) + "\"");
}

/// What is inside the parentheses, without the anchors: a parameter is always anchored to its part of the segment.
std::string_view withoutAnchors(std::string_view expression) {
  if (expression.starts_with('^')) expression.remove_prefix(1);
  if (expression.ends_with('$') && !expression.ends_with("\\$")) expression.remove_suffix(1);
  return expression;
}

class PatternParser {
 public:
  PatternParser(std::string_view path, bool caseSensitive) : path_(path), caseSensitive_(caseSensitive) {}

  Pattern parse() {
    while (at_ < path_.size()) {
      if (isLiteralColon()) {
        pattern_.shape += "::";
        text_ += ':';
        at_ += 2;
      } else if (path_[at_] == ':') {
        endText();
        parseSegment();
      } else if (path_[at_] == '*') {
        parseWildcard();
      } else {
        pattern_.shape += path_[at_];
        appendLiteral(text_, path_[at_++]);
      }
    }
    endText();
    if (!caseSensitive_) lowerCase(pattern_.shape);
    if (pattern_.shape == "*") pattern_.shape = "/*";
    return std::move(pattern_);
  }

 private:
  bool isLiteralColon() const { return path_.substr(at_).starts_with("::"); }

  void endText() {
    if (text_.empty()) return;
    if (!caseSensitive_) lowerCase(text_);
    pattern_.nodes.push_back({PatternNode::Kind::Text, std::move(text_), nullptr});
    text_.clear();
  }

  void parseWildcard() {
    endText();
    if (at_ + 1 != path_.size()) failPath("Wildcard must be the last character in the route");
    pattern_.names.push_back("*");
    pattern_.nodes.push_back({PatternNode::Kind::Wildcard, "*", nullptr});
    pattern_.shape += '*';
    ++at_;
  }

  /// From a parameter's colon to the end of its segment, with all other parameters in it.
  void parseSegment() {
    const auto start = at_;
    std::vector<SegmentPart> parts;
    std::string shape;
    std::string separator;    // the text in front of the parameter
    bool afterPlain = false;  // the parameter in front of it has no expression
    while (at_ < path_.size() && path_[at_] == ':') {
      ++at_;
      pattern_.names.push_back(parseName());
      if (at_ < path_.size() && path_[at_] == '(') {
        parts.push_back({SegmentPart::Kind::Expression, parseExpression()});
        afterPlain = false;
      } else {
        // Two that may be anything need a separator between them to be told apart.
        parts.push_back(afterPlain ? SegmentPart{SegmentPart::Kind::Following, separator}
                                   : SegmentPart{SegmentPart::Kind::First, {}});
        afterPlain = true;
      }
      const auto text = parseSegmentText();
      shape += "()" + text;
      if (!text.empty()) {
        separator = text;
        parts.push_back({SegmentPart::Kind::Text, text});
      }
    }
    PatternNode node{PatternNode::Kind::Param, std::string(path_.substr(start, at_ - start)), nullptr};
    pattern_.shape += ':';
    const bool plain = parts.size() == 1 && parts.front().kind == SegmentPart::Kind::First;
    if (!plain) {
      node.matcher = std::make_shared<const SegmentMatcher>(std::move(parts));
      pattern_.shape += shape;
      pattern_.expressions += node.matcher->key();
    }
    pattern_.nodes.push_back(std::move(node));
  }

  std::string parseName() {
    const auto start = at_;
    while (at_ < path_.size() && std::string_view("/-.(").find(path_[at_]) == std::string_view::npos &&
           !isLiteralColon())
      ++at_;
    return std::string(path_.substr(start, at_ - start));
  }

  std::string parseExpression() {
    const auto close = closingParenthesis(path_, at_);
    const auto inside = path_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    return std::string(withoutAnchors(inside));
  }

  /// Up to the next parameter or the segment's end.
  std::string parseSegmentText() {
    std::string text;
    while (at_ < path_.size() && path_[at_] != '/') {
      if (path_[at_] == ':') {
        if (!isLiteralColon()) break;
        ++at_;
      }
      appendLiteral(text, path_[at_++]);
    }
    return text;
  }

  std::string_view path_;
  bool caseSensitive_;
  std::size_t at_ = 0;
  std::string text_;
  Pattern pattern_;
};

}  // namespace

Pattern parsePattern(std::string_view path, bool caseSensitive) { return PatternParser(path, caseSensitive).parse(); }

std::optional<std::pair<std::string, std::string>> splitOptional(std::string_view path) {
  for (auto start = path.find("/:"); start != path.npos; start = path.find("/:", start + 1)) {
    const auto end = path.find_first_of("/()?", start + 2);
    if (end == path.npos || path[end] != '?') continue;
    const auto slash = path.substr(end + 1);
    if (!slash.empty() && slash != "/") failPath("Optional Parameter needs to be the last parameter of the path");
    auto full = std::string(path.substr(0, end)).append(slash);
    auto without = std::string(path.substr(0, start)).append(slash);
    if (without.empty()) without = "/";
    return std::pair(std::move(full), std::move(without));
  }
  return std::nullopt;
}

}  // namespace fastify::router
