#pragma once
// Which keywords a schema may have, by the draft of JSON Schema that it is written in.

#include <fastify/json.hpp>
#include <fastify/schema.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace fastify::schema {

enum class Dialect : std::uint8_t { Draft07, Draft201909, Draft202012 };

/// The data that a keyword looks at.
enum class Scope : std::uint8_t {
  None,  // known, but no rule: "title"
  Any,   // a rule for data of any type
  Number,
  String,
  Array,
  Object,
  Text,  // a rule for numbers and strings: "format"
};

struct Keyword {
  std::string_view name;
  Scope scope = Scope::None;
  Dialect first = Dialect::Draft07;
  Dialect last = Dialect::Draft202012;
  /// Of the "validation" vocabulary, which a meta-schema of one's own can leave out.
  bool validates = false;
};

class Vocabulary {
 public:
  /// `own` outlives the vocabulary. `validates` is false where the keywords of the "validation" vocabulary mean
  /// nothing.
  Vocabulary(Dialect dialect, const std::vector<AjvKeyword>& own, bool validates = true);

  Dialect dialect() const noexcept { return dialect_; }
  bool isAtLeast(Dialect dialect) const noexcept { return dialect_ >= dialect; }
  const std::vector<Keyword>& keywords() const noexcept { return keywords_; }

  bool has(std::string_view name) const noexcept { return find(name) != nullptr; }
  /// Whether anything but `except` in the schema is a rule.
  bool hasRules(const JsonObject& schema, std::string_view except = {}) const noexcept;
  bool hasRulesFor(const JsonObject& schema, Scope scope) const noexcept;
  /// Whether this keyword of the schema is to be obeyed.
  bool isRule(std::string_view name) const noexcept;

 private:
  const Keyword* find(std::string_view name) const noexcept;

  Dialect dialect_;
  std::vector<Keyword> keywords_;
};

}  // namespace fastify::schema
