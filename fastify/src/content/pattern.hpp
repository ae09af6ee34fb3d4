#pragma once
// A regular expression over content types; RE2 stays behind this header.

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace fastify::content {

class TypePattern {
 public:
  /// Throws std::invalid_argument with RE2's reason.
  explicit TypePattern(std::string expression);

  /// Whether it is found anywhere in `type`.
  bool matches(std::string_view type) const;
  const std::string& expression() const noexcept { return expression_; }

 private:
  std::string expression_;
  std::shared_ptr<const re2::RE2> compiled_;  // shared by the tables of parent and child scopes
};

}  // namespace fastify::content
