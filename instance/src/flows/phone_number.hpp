#pragma once
// Phone numbers in one spelling: E.164.

#include "model/outcome.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// `+` and digits, whatever spaces, dots, dashes and brackets were typed between them. Absent for what is no number of
/// ITU-T E.164: no `+`, an unknown country calling code, or too few or too many digits.
std::optional<std::string> parsePhoneNumber(std::string_view text);

/// Errors: `form_param_format_invalid`.
Outcome<std::string> normalPhoneNumber(std::string_view text, std::string_view param);

/// `+1********00`: enough for its owner to know it.
std::string safePhoneNumber(std::string_view phoneNumber);

}  // namespace clerk::instance
