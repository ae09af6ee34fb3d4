#pragma once
// Parameters that share a segment with texts, other parameters or regular expressions: `:lat-:lng`, `:file.:ext`,
// `:id(^\d+$)`.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace fastify::router {

/// One piece of such a segment.
struct SegmentPart {
  enum class Kind {
    Text,       // `text` itself
    First,      // a parameter that may be anything, as short as possible
    Following,  // a parameter after the separator `text`: that separator alone, or anything without it
    Expression  // a parameter that matches the regular expression `text`
  };
  Kind kind;
  std::string text;
};

class SegmentMatcher {
 public:
  /// Throws RouterError when an expression is none, or is one that RE2 does not have (look-around, back-references).
  explicit SegmentMatcher(std::vector<SegmentPart> parts);
  ~SegmentMatcher();
  SegmentMatcher(SegmentMatcher&&) noexcept;

  /// Fits the whole (decoded) segment, and gives each parameter's part of it. `values` has room for `parameterCount()`.
  bool match(std::string_view segment, std::string_view* values) const;

  std::size_t parameterCount() const noexcept { return parameterCount_; }
  /// UTF-16 units of its texts.
  std::size_t textLength() const noexcept { return textLength_; }
  /// Two segments with the same key match the same.
  const std::string& key() const noexcept { return key_; }
  /// The text behind the last parameter.
  std::string_view suffix() const noexcept;

 private:
  struct Walk;
  std::vector<SegmentPart> parts_;
  std::unique_ptr<re2::RE2> expression_;  // of the whole segment, when any part is one
  std::vector<int> groups_;               // of the parameters in it
  std::string key_;
  std::size_t parameterCount_ = 0;
  std::size_t textLength_ = 0;
};

}  // namespace fastify::router
