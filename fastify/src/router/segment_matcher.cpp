#include "segment_matcher.hpp"

#include "expression.hpp"
#include "router.hpp"

#include <ecmascript/text.hpp>

#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace fastify::router {
namespace {

using Kind = SegmentPart::Kind;

/// What `.` of a JavaScript expression does not match; the first byte of U+2028 and U+2029 stands for them.
bool isLineEnd(std::string_view text, std::size_t at) noexcept {
  if (text[at] == '\n' || text[at] == '\r') return true;
  const auto bytes = text.substr(at, 3);
  return bytes == "\xe2\x80\xa8" || bytes == "\xe2\x80\xa9";
}

std::string anythingWithout(std::string_view separator) {
  // Expressions have no "does not contain"; for longer separators the first character stands in.
  return "[^" + RE2::QuoteMeta(separator.substr(0, 1)) + "\\n\\r]*";
}

constexpr std::string_view anything = "[^\\n\\r\\x{2028}\\x{2029}]*?";

}  // namespace

SegmentMatcher::SegmentMatcher(std::vector<SegmentPart> parts) : parts_(std::move(parts)) {
  std::string whole = "^";
  int groups = 0;
  bool hasExpression = false;
  for (const auto& part : parts_) {
    key_ += static_cast<char>('0' + static_cast<int>(part.kind));
    key_ += std::to_string(part.text.size()) + ":" + part.text;
    if (part.kind == Kind::Text) {
      textLength_ += ecmascript::utf16Length(part.text);
      whole += RE2::QuoteMeta(part.text);
      continue;
    }
    ++parameterCount_;
    groups_.push_back(++groups);
    switch (part.kind) {
      case Kind::First: whole.append("(").append(anything).append(")"); break;
      case Kind::Following: whole += "(" + RE2::QuoteMeta(part.text) + "|" + anythingWithout(part.text) + ")"; break;
      case Kind::Expression: {
        const auto translated = translateExpression(part.text);
        groups += compileExpression(translated)->NumberOfCapturingGroups();
        whole.append("(").append(translated).append(")");
        hasExpression = true;
        break;
      }
      case Kind::Text: break;
    }
  }
  if (hasExpression) expression_ = compileExpression(whole + "$");
}

SegmentMatcher::~SegmentMatcher() = default;
SegmentMatcher::SegmentMatcher(SegmentMatcher&&) noexcept = default;

std::string_view SegmentMatcher::suffix() const noexcept {
  return !parts_.empty() && parts_.back().kind == Kind::Text ? std::string_view(parts_.back().text)
                                                             : std::string_view();
}

/// Tries the parts one after another, going back as JavaScript's expression would.
struct SegmentMatcher::Walk {
  const std::vector<SegmentPart>& parts;
  std::string_view segment;
  std::string_view* values;
  int stepsLeft = 20000;  // the segment is short, but three parameters in it can be tried in many ways

  bool from(std::size_t part, std::size_t parameter, std::size_t at) {
    if (part == parts.size()) return at == segment.size();
    if (--stepsLeft < 0) return false;
    switch (parts[part].kind) {
      case Kind::Text:
        return segment.substr(at).starts_with(parts[part].text) &&
               from(part + 1, parameter, at + parts[part].text.size());
      case Kind::First: return first(part, parameter, at);
      case Kind::Following: return following(part, parameter, at);
      case Kind::Expression: break;
    }
    return false;
  }

  bool take(std::size_t part, std::size_t parameter, std::size_t begin, std::size_t end) {
    values[parameter] = segment.substr(begin, end - begin);
    return from(part + 1, parameter + 1, end);
  }

  bool first(std::size_t part, std::size_t parameter, std::size_t at) {
    for (auto end = at;; ++end) {
      if (take(part, parameter, at, end)) return true;
      if (end == segment.size() || isLineEnd(segment, end) || stepsLeft < 0) return false;
    }
  }

  bool following(std::size_t part, std::size_t parameter, std::size_t at) {
    const std::string_view separator = parts[part].text;
    const auto rest = segment.substr(at);
    if (rest.starts_with(separator) && take(part, parameter, at, at + separator.size())) return true;
    auto longest = at + std::min(rest.find(separator), rest.size());
    for (auto end = at; end < longest; ++end) {
      if (isLineEnd(segment, end)) longest = end;
    }
    for (auto end = longest + 1; end-- > at;) {
      if (take(part, parameter, at, end)) return true;
      if (stepsLeft < 0) return false;
    }
    return false;
  }
};

bool SegmentMatcher::match(std::string_view segment, std::string_view* values) const {
  if (!expression_) return Walk{parts_, segment, values}.from(0, 0, 0);
  constexpr std::size_t mostGroups = 32;
  std::array<re2::StringPiece, mostGroups> found;
  const auto groups = static_cast<int>(std::min<std::size_t>(mostGroups, static_cast<std::size_t>(groups_.back()) + 1));
  if (!expression_->Match({segment.data(), segment.size()}, 0, segment.size(), RE2::ANCHOR_BOTH, found.data(),
                          groups)) {
    return false;
  }
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    const auto& group = found[static_cast<std::size_t>(groups_[i])];
    values[i] = group.data() ? std::string_view(group.data(), group.size()) : std::string_view();
  }
  return true;
}

}  // namespace fastify::router
