#pragma once
// Structs from and to JSON by their described members: one list of members serves both ways.

#include "json/json_reader.hpp"

#include <clerk/api/field.hpp>
#include <clerk/api/resources.hpp>
#include <ecmascript/date.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/members.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <chrono>
#include <cmath>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace clerk::api {

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class T>
T fromJson(const boost::json::value& json);

// --- From JSON. A value of another kind leaves the member as it is and gives false.
// ------------------------------------

inline bool read(const boost::json::value& json, std::string& out) {
  if (!json.is_string()) return false;
  out.assign(json.get_string().data(), json.get_string().size());
  return true;
}
inline bool read(const boost::json::value& json, bool& out) {
  if (!json.is_bool()) return false;
  out = json.get_bool();
  return true;
}
inline bool read(const boost::json::value& json, std::int64_t& out) {
  const auto number = json::numberOf(json);
  if (!number || !(std::abs(*number) < 9.2e18)) return false;
  out = static_cast<std::int64_t>(*number);
  return true;
}
inline bool read(const boost::json::value& json, boost::json::value& out) {
  out = json;
  return true;
}
inline bool read(const boost::json::value& json, boost::json::object& out) {
  if (!json.is_object()) return false;
  out = json.get_object();
  return true;
}
template <class T>
  requires std::is_base_of_v<Resource, T>
bool read(const boost::json::value& json, T& out) {
  if (!json.is_object()) return false;
  out = fromJson<T>(json);
  return true;
}
template <class T>
bool read(const boost::json::value& json, std::optional<T>& out) {
  if (json.is_null()) return true;
  T value{};
  if (!read(json, value)) return false;
  out = std::move(value);
  return true;
}
template <class T>
bool read(const boost::json::value& json, std::vector<T>& out) {
  if (!json.is_array()) return false;
  for (const auto& item : json.get_array()) {
    T value{};
    if (read(item, value)) out.push_back(std::move(value));
  }
  return true;
}

/// A resource from the SDK's JSON of it.
template <class T>
T fromJson(const boost::json::value& json) {
  T resource;
  std::uint64_t bit = 1;
  boost::mp11::mp_for_each<Members<T>>([&](auto member) {
    const auto* found = json::member(json, member.name);
    if (!found) {
      resource.absentMembers |= bit;
    } else if (!read(*found, resource.*member.pointer)) {
      (found->is_null() ? resource.nullMembers : resource.absentMembers) |= bit;
    }
    bit <<= 1;
  });
  return resource;
}

// --- To JSON
// -----------------------------------------------------------------------------------------------------------

template <class T>
boost::json::value write(const T& value) {
  return boost::json::value(value);
}
inline boost::json::value write(const std::chrono::system_clock::time_point& time) {
  return boost::json::value(ecmascript::toIsoString(time));
}
template <class T>
boost::json::value write(const std::vector<T>& list) {
  boost::json::array items;
  for (const auto& item : list) items.push_back(write(item));
  return items;
}
template <class T>
boost::json::value write(const std::optional<T>& optional) {
  return optional ? write(*optional) : boost::json::value(nullptr);
}

template <class T>
bool isUnset(const T& value) {
  if constexpr (std::is_arithmetic_v<T>) {
    return value == T{};
  } else if constexpr (std::is_same_v<T, boost::json::value>) {
    return value.is_null();
  } else if constexpr (std::is_base_of_v<Resource, T>) {
    return false;
  } else if constexpr (requires { value.has_value(); }) {
    return !value.has_value();
  } else {
    return value.empty();
  }
}

/// A resource as JSON.stringify gives it.
template <class T>
boost::json::value toJson(const T& resource) {
  boost::json::object json;
  std::uint64_t bit = 1;
  boost::mp11::mp_for_each<Members<T>>([&](auto member) {
    const auto& value = resource.*member.pointer;
    const bool unset = isUnset(value);
    if (unset && (resource.nullMembers & bit)) {
      json[member.name] = nullptr;
    } else if (!unset || !(resource.absentMembers & bit)) {
      json[member.name] = write(value);
    }
    bit <<= 1;
  });
  return json;
}

// --- Parameters
// ----------------------------------------------------------------------------------------------------------

template <class T>
void writeParam(boost::json::object& json, const char* name, const T& value) {
  json[name] = write(value);
}
template <class T>
void writeParam(boost::json::object& json, const char* name, const std::optional<T>& value) {
  if (value) json[name] = write(*value);
}
template <class T>
void writeParam(boost::json::object& json, const char* name, const std::vector<T>& value) {
  if (!value.empty()) json[name] = write(value);
}
template <class T>
void writeParam(boost::json::object& json, const char* name, const Field<T>& field) {
  if (field.isNull()) json[name] = nullptr;
  if (field.value()) json[name] = write(*field.value());
}

/// A method's parameters with the SDK's names; what is not given does not appear.
template <class T>
boost::json::object paramsOf(const T& params) {
  boost::json::object json;
  boost::mp11::mp_for_each<Members<T>>([&](auto member) { writeParam(json, member.name, params.*member.pointer); });
  return json;
}

}  // namespace clerk::api
