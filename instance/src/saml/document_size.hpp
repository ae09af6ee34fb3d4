#pragma once
// How large a document of SAML may be.

#include <cstddef>

namespace clerk::instance::saml {

inline constexpr std::size_t largestDocument = 256 * 1024;
/// The same in base64, with room for line breaks.
inline constexpr std::size_t longestEncoded = largestDocument / 3 * 4 + 16 * 1024;

}  // namespace clerk::instance::saml
