#pragma once
// JSON texts as JSON.stringify writes them.

#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ecmascript {

/// The text that `JSON.stringify(value)` gives: no blanks, members in their order, only the escapes that must be,
/// doubles in JavaScript's shortest form, NaN and Infinity as null. 64-bit integers keep all their digits. Strings are
/// UTF-8; a lone surrogate (WTF-8) becomes its \u escape; bytes that are no UTF-8 stay as they are.
std::string stringify(const boost::json::value& value);
std::string stringify(const boost::json::object& object);
std::string stringify(const boost::json::array& array);

/// The same text at the end of `out`.
void appendJson(std::string& out, const boost::json::value& value);
void appendJson(std::string& out, const boost::json::object& object);
void appendJson(std::string& out, const boost::json::array& array);

/// A JSON string: `text` in quotes, escaped.
void appendQuoted(std::string& out, std::string_view text);
/// `text` escaped, without the quotes.
void appendEscaped(std::string& out, std::string_view text);
/// A JSON number; null when it is not finite.
void appendJsonNumber(std::string& out, double number);
void appendJsonNumber(std::string& out, std::int64_t number);
void appendJsonNumber(std::string& out, std::uint64_t number);

}  // namespace ecmascript
