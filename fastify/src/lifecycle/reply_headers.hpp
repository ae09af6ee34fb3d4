#pragma once
// The headers of an answer: lower-case names in the order in which they were first set.

#include "transport.hpp"

#include <fastify/json.hpp>

#include <boost/json/storage_ptr.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fastify {

/// Text is copied into the request's memory; nothing is freed before the answer is over. A few dozen headers at most
/// are expected, so they are searched one by one.
class ReplyHeaders {
 public:
  explicit ReplyHeaders(boost::json::storage_ptr memory) : memory_(std::move(memory)) {}

  /// Sets a single line; set-cookie gets one more line instead. Sets `invalid()` for characters that no header may
  /// have.
  void set(std::string_view name, std::string_view value);
  void setList(std::string_view name, std::span<const std::string> values);
  /// The same for texts that live longer than the answer: they are not copied. `name` is lower-case.
  void setStatic(std::string_view name, std::string_view value);

  void remove(std::string_view name);
  bool has(std::string_view name) const noexcept { return find(name) != nullptr; }
  /// The first line, or nullopt.
  std::optional<std::string_view> get(std::string_view name) const noexcept;
  /// All lines of a name.
  std::vector<std::string_view> all(std::string_view name) const;

  /// In the order of first setting, lines of one name together.
  std::span<const HeaderField> fields() const noexcept { return fields_; }
  /// A name or value with CR, LF, NUL or the like was set: Node's ERR_INVALID_CHAR or ERR_INVALID_HTTP_TOKEN.
  const std::string& invalidName() const noexcept { return invalidName_; }
  bool invalid() const noexcept { return invalid_; }

  /// Forgets the ones that were invalid (the text of an error answer can then be sent).
  void dropInvalid();

  void clear() noexcept {
    fields_.clear();
    invalid_ = false;
    invalidName_.clear();
  }

 private:
  const HeaderField* find(std::string_view name) const noexcept;
  std::string_view keep(std::string_view text);
  std::string_view keepLower(std::string_view text);
  std::string_view keepValue(std::string_view name, std::string_view value);
  void append(std::string_view name, std::string_view value);

  boost::json::storage_ptr memory_;
  std::vector<HeaderField> fields_;
  bool invalid_ = false;
  std::string invalidName_;
};

}  // namespace fastify
