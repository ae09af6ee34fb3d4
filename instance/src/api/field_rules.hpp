#pragma once
// What every text and every JSON value from outside must keep to, whatever it is for.

#include "model/outcome.hpp"

#include <boost/json/fwd.hpp>

#include <string_view>

namespace clerk::instance::api {

/// Levels of objects and lists. What is stored must be read again, also inside other documents, and no reader's stack
/// is endless.
inline constexpr int deepestJson = 24;

/// False for a text with U+0000: PostgreSQL has no such character, and in C it ends the text, so that `id\0x` could
/// pass for `id`.
bool isPlainText(std::string_view text) noexcept;
bool isDeeperThan(const boost::json::value& value, int levels) noexcept;

/// The same of a request's address as far as its query, undecoded: ids of such paths are nobody's.
bool isPlainPath(std::string_view url) noexcept;

/// What is wrong with a text that is no plain one.
Failure textNotPlain(std::string_view param);
Failure jsonTooDeep(std::string_view param);

}  // namespace clerk::instance::api
