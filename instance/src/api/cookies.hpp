#pragma once
// The cookies of an instance: reading them, and the texts that set them.

#include "settings/settings.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance::api {

/// The value of the first cookie of that name in a Cookie header; views into the header.
std::optional<std::string_view> cookieValue(std::string_view header, std::string_view name) noexcept;

struct CookieAttributes {
  std::chrono::seconds maxAge{0};  ///< 0 removes the cookie
  bool httpOnly = false;
  bool secure = false;
};

/// A Set-Cookie text with Path=/ and SameSite=Lax, without Domain: through an app's proxy the cookie is the app's own.
/// `value` is a token or number, written as it is.
std::string setCookieText(std::string_view name, std::string_view value, const CookieAttributes& attributes);

/// The name of a cookie's twin: `name_` + the suffix of the publishable key.
std::string suffixed(const Settings& settings, std::string_view name);

/// How long readable cookies stay.
inline constexpr std::chrono::seconds cookieYear = std::chrono::days(365);

}  // namespace clerk::instance::api
