#pragma once
// URLs of the Backend API, put together so that an id cannot lead elsewhere.

#include <initializer_list>
#include <string>
#include <string_view>

namespace clerk::request {

/// Joins pieces with single slashes; empty ones are dropped. Throws clerk::Error when a segment is `.` or `..`, also
/// behind a backslash or percent-encoded, which a URL parser would resolve.
std::string joinPaths(std::initializer_list<std::string_view> pieces);

}  // namespace clerk::request
