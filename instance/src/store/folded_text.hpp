#pragma once
// Texts made equal whatever their case, for searching and sorting.

#include <string>
#include <string_view>

namespace clerk::instance {

/// UTF-8 in lower case, as Unicode's simple mapping has it. Bytes that are no UTF-8 stay as they are.
std::string foldCase(std::string_view text);

/// A LIKE pattern (escape `\`) for texts that contain `part`.
std::string containsPattern(std::string_view part);

}  // namespace clerk::instance
