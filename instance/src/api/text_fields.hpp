#pragma once
// Reading the fields of forms and queries, which are texts.

#include "model/outcome.hpp"
#include "model/time.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance::api {

/// Reads one field after the other and remembers all that was wrong: read them, then ask `failure()`. A field that is
/// wrong reads as absent. `fields` is borrowed.
class TextFields {
 public:
  explicit TextFields(const boost::json::object& fields) noexcept : fields_(fields) {}

  bool has(std::string_view name) const noexcept { return fields_.contains(name); }

  /// The text, as it was sent; a field that came twice is `form_param_duplicate`, one with U+0000
  /// `form_param_format_invalid`.
  std::optional<std::string> text(std::string_view name);
  /// The same, of at most `limit` bytes.
  std::optional<std::string> textWithin(std::string_view name, std::size_t limit);
  /// The same; absent is `form_param_missing`, empty `form_param_nil`.
  std::string requiredText(std::string_view name);
  /// JSON text: of a JSON body also the object itself.
  std::optional<std::string> jsonText(std::string_view name);
  /// `true` or `false` (also `1`, `0`); empty reads as absent.
  std::optional<bool> boolean(std::string_view name);
  /// A whole number; empty reads as absent.
  std::optional<std::int64_t> integer(std::string_view name);
  std::optional<std::int64_t> integerWithin(std::string_view name, std::int64_t least, std::int64_t greatest);
  /// Milliseconds since the epoch.
  std::optional<Time> time(std::string_view name);
  /// All values of a name that may come several times.
  std::vector<std::string> list(std::string_view name);

  /// Notes one more thing that is wrong.
  void refuse(const Failure& failure);
  /// All that was wrong with what was read so far.
  std::optional<Failure> failure() const;

 private:
  const boost::json::object& fields_;
  std::vector<Error> errors_;
};

/// A whole decimal number, nothing around it.
std::optional<std::int64_t> parseInteger(std::string_view text) noexcept;

}  // namespace clerk::instance::api
