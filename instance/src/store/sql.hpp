#pragma once
// The thin border to a database engine: text with `$1` parameters in, rows out. What stands above it is written once,
// in the SQL that SQLite and PostgreSQL share; what stands below knows one engine's library. A parameter that is a
// result by itself needs its type said: `cast($2 as bigint)`.

#include "model/time.hpp"
#include "store/changes.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk::instance::sql {

/// One parameter; text is borrowed until the call returns.
class Value {
 public:
  enum class Kind : unsigned char { Null, Integer, Text };

  Value(std::nullptr_t) noexcept : kind_(Kind::Null) {}
  Value(bool value) noexcept : kind_(Kind::Integer), integer_(value) {}
  Value(int value) noexcept : kind_(Kind::Integer), integer_(value) {}
  Value(std::int64_t value) noexcept : kind_(Kind::Integer), integer_(value) {}
  Value(Time value) noexcept : kind_(Kind::Integer), integer_(toMilliseconds(value)) {}
  Value(std::string_view value) noexcept : kind_(Kind::Text), text_(value) {}
  Value(const std::string& value) noexcept : Value(std::string_view(value)) {}
  Value(const char* value) noexcept : Value(std::string_view(value)) {}
  template <class T>
  Value(const std::optional<T>& value) noexcept : Value(value ? Value(*value) : Value(nullptr)) {}

  Kind kind() const noexcept { return kind_; }
  std::int64_t integer() const noexcept { return integer_; }
  std::string_view text() const noexcept { return text_; }

 private:
  Kind kind_;
  std::int64_t integer_ = 0;
  std::string_view text_;
};

/// The rows of one answer, read forwards. Columns count from 0. Text stays valid until the next row.
class Rows {
 public:
  /// One running statement of an engine.
  class Source {
   public:
    virtual ~Source() = default;
    virtual bool next() = 0;
    virtual bool isNull(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    /// The statement is free again.
    virtual void finish() noexcept = 0;
  };

  explicit Rows(Source& source) noexcept : source_(&source) {}
  Rows(Rows&& other) noexcept : source_(std::exchange(other.source_, nullptr)) {}
  Rows& operator=(Rows&&) = delete;
  ~Rows() {
    if (source_) source_->finish();
  }

  /// Moves to the next row; false when there is none. Throws StoreError when the engine fails.
  bool next() { return source_->next(); }
  bool isNull(int column) const { return source_->isNull(column); }
  std::int64_t integer(int column) const { return source_->integer(column); }
  bool boolean(int column) const { return source_->integer(column) != 0; }
  std::string_view text(int column) const { return source_->text(column); }
  Time time(int column) const { return fromMilliseconds(source_->integer(column)); }
  std::string string(int column) const { return std::string(source_->text(column)); }

  std::optional<std::string> optionalString(int column) const {
    if (isNull(column)) return std::nullopt;
    return string(column);
  }
  std::optional<Time> optionalTime(int column) const {
    if (isNull(column)) return std::nullopt;
    return time(column);
  }
  std::optional<std::int64_t> optionalInteger(int column) const {
    if (isNull(column)) return std::nullopt;
    return integer(column);
  }

 private:
  Source* source_;
};

/// One connection inside a transaction; used by one thread at a time.
class Connection {
 public:
  virtual ~Connection() = default;

  /// Runs a statement whose text is a literal: it is prepared once and kept. Rows must be gone before it runs again.
  virtual Rows query(const char* text, std::span<const Value> parameters) = 0;
  /// Runs a statement that was put together; recently used ones are kept.
  virtual Rows queryBuilt(const std::string& text, std::span<const Value> parameters) = 0;

  /// Like `query`, for statements without rows; gives how many rows it changed.
  virtual std::int64_t execute(const char* text, std::span<const Value> parameters) = 0;

  Rows query(const char* text, std::initializer_list<Value> parameters) {
    return query(text, std::span(parameters.begin(), parameters.size()));
  }
  std::int64_t execute(const char* text, std::initializer_list<Value> parameters) {
    return execute(text, std::span(parameters.begin(), parameters.size()));
  }

  /// Ids of users in whose searchable text (a part of) `part` occurs, at most `limit` of them: the one question whose
  /// index is the engine's own (trigrams). Less than `limit` are all users in question, and some more perhaps: check
  /// them. Absent when the index cannot tell (less than three characters).
  virtual std::optional<std::vector<std::string>> searchUsers(std::string_view part, std::int64_t limit) = 0;

  /// What the running unit changed.
  Changes changes;
};

}  // namespace clerk::instance::sql
