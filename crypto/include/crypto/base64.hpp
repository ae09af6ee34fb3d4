#pragma once
// Base64 in the three readings that tokens, keys and webhooks need (RFC 4648, and the web's forgiving decoder).

#include <optional>
#include <string>
#include <string_view>

namespace crypto {

/// Standard alphabet, padded with `=`.
std::string base64Encode(std::string_view bytes);
/// URL alphabet, no padding (RFC 7515 §2).
std::string base64urlEncode(std::string_view bytes);

/// Standard alphabet with exact padding; nothing else, not even line breaks. Absent when malformed.
std::optional<std::string> base64Decode(std::string_view text);

enum class Base64Padding { Refused, Ignored };

/// URL alphabet. Refuses other characters, a length of 1 mod 4 and non-zero unused bits, so that one byte string has
/// one spelling. `Ignored` drops any number of trailing `=` first. Absent when malformed.
std::optional<std::string> base64urlDecode(std::string_view text, Base64Padding padding = Base64Padding::Refused);
/// The same into a buffer that the caller keeps; false leaves `out` unspecified.
bool base64urlDecode(std::string_view text, std::string& out, Base64Padding padding = Base64Padding::Refused);

/// The web's `atob` (WHATWG Infra, "forgiving-base64 decode"): ASCII white space and missing padding are fine, unused
/// bits are ignored. Absent when malformed.
std::optional<std::string> forgivingBase64Decode(std::string_view text);

}  // namespace crypto
