#pragma once
// Uploads: the file of a multipart form (RFC 7578).

#include "model/outcome.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance::api {

/// The boundary that a `multipart/form-data` content type names; absent for other types and malformed ones.
std::optional<std::string> multipartBoundary(std::string_view contentType);

/// The content of the first part whose name is `field`; views into `body`. Absent when there is none, or the body is
/// not well formed up to its end. Bounded by the body: nothing is copied.
std::optional<std::string_view> multipartField(std::string_view body, std::string_view boundary,
                                               std::string_view field);

/// The file that a request brings: the field `file` of a multipart form, else the body itself, which may be bytes, a
/// `data:` address or base64. Errors: `request_body_invalid`.
Outcome<std::string> uploadedFile(std::string_view contentType, std::string_view body);

}  // namespace clerk::instance::api
