#pragma once
// JSON objects as the database keeps them: text.

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace clerk::instance {

std::string storedText(const boost::json::object& object);
/// Throws StoreError for what we cannot have written.
boost::json::object storedObject(std::string_view text);

}  // namespace clerk::instance
