#pragma once
// What a User-Agent header tells of a browser, for the list of one's devices.

#include "model/session.hpp"

#include <string_view>

namespace clerk::instance::frontend_api {

/// Device and browser; all empty for programs that say nothing. Address and id are not set.
SessionActivity describeUserAgent(std::string_view userAgent);

}  // namespace clerk::instance::frontend_api
