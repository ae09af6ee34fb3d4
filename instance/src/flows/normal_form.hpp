#pragma once
// How identifiers and names are written down, and which ones are refused.

#include "model/outcome.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// Without white space at both ends, in lower case. Errors: `form_param_format_invalid`.
Outcome<std::string> normalEmailAddress(std::string_view text, std::string_view param);

/// The form in which an identifier is looked up; whatever it is.
std::string normalIdentifier(std::string_view text);

/// Lower case. Errors: `form_username_invalid_length`, `form_username_invalid_character`.
Outcome<std::string> normalUsername(std::string_view text, std::string_view param);

/// Without white space at both ends; absent when nothing is left. Errors: `form_param_max_length_exceeded`,
/// `form_param_value_invalid` (no UTF-8).
Outcome<std::optional<std::string>> normalName(std::string_view text, std::string_view param);

/// Reads metadata from JSON text. Errors: `form_param_format_invalid`, `form_param_exceeds_allowed_size`.
Outcome<boost::json::object> readMetadata(std::string_view text, std::string_view param, std::size_t maxBytes);
/// Errors: `form_param_exceeds_allowed_size`.
Outcome<> checkMetadataSize(const boost::json::object& metadata, std::string_view param, std::size_t maxBytes);

/// `ada@example.com` as `a***@example.com`: enough for its owner to know it.
std::string safeIdentifier(std::string_view emailAddress);

}  // namespace clerk::instance
