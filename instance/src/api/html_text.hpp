#pragma once
// Text inside a page.

#include <string>
#include <string_view>

namespace clerk::instance::api {

/// `text` for HTML, also inside quoted attributes.
std::string escapeHtml(std::string_view text);

}  // namespace clerk::instance::api
