#pragma once
// From the Backend API's objects (snake_case) to what JSON.stringify gives of the SDK's (camelCase).

#include <boost/json/value.hpp>

#include <optional>
#include <string_view>

namespace clerk::api {

/// What the SDK makes of an answer: by its `object` a resource, a list or page of them, a deleted object, a count; what
/// it does not know stays as it is. Throws std::runtime_error when a resource lacks a list that it must have.
boost::json::value resourceOf(const boost::json::value& wire);

/// The same for a class by its name, such as `User`.
boost::json::object resourceOf(std::string_view className, const boost::json::value& wire);

}  // namespace clerk::api
