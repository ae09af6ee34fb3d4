#pragma once
// Claims with shortcodes, such as `{{user.primary_email_address}}` (Clerk docs: "JWT templates", "Shortcodes").

#include <boost/json/object.hpp>

namespace clerk::instance {

/// The claims with every shortcode replaced by what `context` holds on its path. A text that is one shortcode becomes
/// the value as it is, whatever its type, null when there is none; inside of other text values are written out. `||`
/// goes on to the next path, or to a text in quotes, when there is no value. Names that nobody knows are no value.
boost::json::object renderClaims(const boost::json::object& claims, const boost::json::object& context);

}  // namespace clerk::instance
