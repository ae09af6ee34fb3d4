#pragma once
// Uploads (RFC 7578).

#include <boost/json/value.hpp>

#include <string>
#include <utility>

namespace clerk::api {

/// Content type and body for the members of `params`: `file` is an object with `bytes`, `name` and `type`, others are
/// texts under their wire names.
std::pair<std::string, std::string> multipart(const boost::json::object& params);

}  // namespace clerk::api
