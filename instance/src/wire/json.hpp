#pragma once
// Shorthands for writing Clerk's JSON.

#include "model/time.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance {

struct Settings;

namespace wire {

using Json = boost::json::value;
using JsonArray = boost::json::array;
using JsonObject = boost::json::object;

/// What is shown depends on it beside the value itself: the instance's settings, and the time.
struct View {
  const Settings& settings;
  Time now{};
};

inline Json orNull(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }
inline Json orNull(const std::optional<Time>& time) { return time ? Json(toMilliseconds(*time)) : Json(); }
inline Json orNull(const std::optional<int>& number) { return number ? Json(*number) : Json(); }
/// Null for an empty text.
inline Json textOrNull(std::string_view text) { return text.empty() ? Json() : Json(text); }

inline JsonArray texts(const std::vector<std::string>& list) { return JsonArray(list.begin(), list.end()); }

/// `{"object": …, "id": …, "deleted": true}`.
JsonObject deletedObject(std::string_view object, std::string_view id);
/// `{"data": […], "total_count": n}`.
JsonObject page(JsonArray data, std::int64_t totalCount);

}  // namespace wire
}  // namespace clerk::instance
