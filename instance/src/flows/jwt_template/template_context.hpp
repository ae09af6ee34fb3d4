#pragma once
// What the shortcodes of a JWT template can tell of a session.

#include "model/session.hpp"
#include "store/transaction.hpp"

#include <boost/json/object.hpp>

namespace clerk::instance {

/// Members `user`, `org` and `session`, with the names of Clerk's docs ("JWT templates", "Shortcodes"). Private
/// metadata is not among them.
boost::json::object templateContext(const Transaction& tx, const Session& session, Time now);

}  // namespace clerk::instance
