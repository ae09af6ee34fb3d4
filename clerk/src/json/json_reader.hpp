#pragma once
// JSON as JavaScript's JSON.parse reads it, and as a strict reader does.

#include <boost/json/value.hpp>

#include <optional>
#include <string_view>

namespace clerk::json {

/// Deeper documents are refused: reading, writing and freeing values takes stack for each level.
inline constexpr std::size_t kMaximumDepth = 500;

/// JSON.parse of the UTF-8 decoded bytes: a leading byte order mark is dropped, broken bytes become U+FFFD, lone
/// surrogate escapes stay (as WTF-8), numbers are doubles, of equal names the last one counts. Absent when malformed.
std::optional<boost::json::value> parseAsJavaScript(std::string_view bytes);

/// RFC 8259 and nothing more: well-formed UTF-8, no byte order mark, no lone surrogates. Absent when malformed.
std::optional<boost::json::value> parseStrictly(std::string_view bytes);

/// A member of an object; nullptr when absent or when `value` is no object.
const boost::json::value* member(const boost::json::value& value, std::string_view name);
/// A member that is text; absent otherwise.
std::optional<std::string_view> textMember(const boost::json::value& value, std::string_view name);

/// JavaScript's Boolean(value); nullptr is undefined.
bool isTruthy(const boost::json::value* value);

/// A number as JavaScript has it; absent for other kinds.
std::optional<double> numberOf(const boost::json::value& value);

}  // namespace clerk::json
