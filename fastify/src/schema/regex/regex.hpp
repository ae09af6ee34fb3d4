#pragma once
// Regular expressions of schemas: JavaScript's syntax with the `u` flag, matched in bounded time.

#include "schema/regex/syntax.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace fastify::schema {

/// Runs on RE2, in time linear in the text. Look-around and back references, which RE2 has not, run on a backtracking
/// matcher that gives up after a fixed number of steps and then says no: a hostile text costs milliseconds, not the
/// server.
class Regex {
 public:
  /// Throws SchemaError: "Invalid regular expression: /(/u: Unterminated group".
  explicit Regex(std::string_view pattern, regex::Dialect dialect = regex::Dialect::Unicode);
  ~Regex();
  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;

  /// Whether it is found anywhere in `text` (UTF-8).
  bool matches(std::string_view text) const;
  const std::string& pattern() const noexcept { return pattern_; }
  /// Whether it runs on the backtracking matcher.
  bool backtracks() const noexcept;

 private:
  struct Engines;
  std::string pattern_;
  std::unique_ptr<Engines> engines_;
};

}  // namespace fastify::schema
