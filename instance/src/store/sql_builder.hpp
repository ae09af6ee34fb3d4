#pragma once
// SQL that is put together at run time: for lists, whose filters and orders are many.

#include "model/page.hpp"
#include "store/folded_text.hpp"
#include "store/sql.hpp"

#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk::instance::sql {

/// SQL that grows, with the values of its parameters.
class Builder {
 public:
  Builder& add(std::string_view text) {
    text_ += text;
    return *this;
  }
  Builder& parameter(std::string_view value) { return parameterOf(Value(keep(std::string(value)))); }
  Builder& parameter(std::int64_t value) { return parameterOf(Value(value)); }
  Builder& parameter(Time value) { return parameterOf(Value(value)); }

  /// The value of a `$1` that stands in text to come; before any other parameter.
  Builder& takeFirst(Time value) {
    values_.push_back(Value(value));
    return *this;
  }

  Builder& listOf(const std::vector<std::string>& values) {
    add("(");
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) add(", ");
      parameter(values[i]);
    }
    return add(")");
  }

  /// A condition: the folded text in `column` holds `part`, whatever its case. None for an empty part.
  Builder& contains(std::string_view column, std::string_view part) {
    if (part.empty()) return *this;
    return condition().add(column).add(" like ").parameter(containsPattern(foldCase(part))).add(" escape '\\'");
  }
  /// A condition: `column` is any of these. None for an empty list.
  Builder& oneOf(std::string_view column, const std::vector<std::string>& values) {
    return values.empty() ? *this : condition().add(column).add(" in ").listOf(values);
  }
  /// A condition: `column` is none of these.
  Builder& noneOf(std::string_view column, const std::vector<std::string>& values) {
    return values.empty() ? *this : condition().add(column).add(" not in ").listOf(values);
  }

  /// `where` before the first condition, `and` before the others.
  Builder& condition() {
    add(std::exchange(hasConditions_, true) ? " and " : " where ");
    return *this;
  }

  /// ` order by column, id` in one direction, and the page. `alias` is that of the table, with a dot, or empty.
  Builder& page(std::string_view column, bool descending, const PageRequest& page, std::string_view alias = {}) {
    const std::string_view direction = descending ? " desc" : " asc";
    add(" order by ").add(column).add(direction).add(descending ? " nulls last" : " nulls first");
    add(", ").add(alias).add("id").add(direction);
    return add(" limit ").parameter(page.limit).add(" offset ").parameter(page.offset);
  }

  Rows run(Connection& connection) const { return connection.queryBuilt(text_, values_); }

 private:
  std::string_view keep(std::string value) { return texts_.emplace_back(std::move(value)); }
  Builder& parameterOf(Value value) {
    values_.push_back(value);
    text_ += '$';
    text_ += std::to_string(values_.size());
    return *this;
  }

  std::string text_;
  std::deque<std::string> texts_;  // stay where they are: values_ points into them
  std::vector<Value> values_;
  bool hasConditions_ = false;
};

/// `+id` and `-id` of a list that can include and exclude.
struct Signed {
  std::vector<std::string> included;
  std::vector<std::string> excluded;
};

inline Signed signedValues(const std::vector<std::string>& values) {
  Signed result;
  for (const auto& value : values) {
    const bool hasSign = value.starts_with('+') || value.starts_with('-');
    (value.starts_with('-') ? result.excluded : result.included).push_back(hasSign ? value.substr(1) : value);
  }
  return result;
}

}  // namespace clerk::instance::sql
