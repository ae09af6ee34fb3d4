#pragma once
// In which country a phone number is.

#include <string_view>

namespace clerk::instance {

/// ISO 3166 code of the country of an E.164 number, such as `US`: by its calling code and, where countries share one
/// (1, 7), by the digits after it. Countries that share more than that are told as the largest. Empty for numbers of no
/// country.
std::string_view countryOf(std::string_view phoneNumber) noexcept;

}  // namespace clerk::instance
