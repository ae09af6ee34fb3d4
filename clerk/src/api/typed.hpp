#pragma once
// Structs from and to JSON by their described members: one list of members serves both ways.

#include "json/json_reader.hpp"

#include <clerk/api/field.hpp>
#include <clerk/api/resource.hpp>
#include <ecmascript/date.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/members.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <chrono>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace clerk::api {

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class T>
T fromJson(const boost::json::value& json);

/// A struct of parameters.
template <class T>
concept Parameters = boost::describe::has_describe_members<T>::value && !std::is_base_of_v<Resource, T>;

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
  if (!number || !(std::abs(*number) < 9.2e18) || std::trunc(*number) != *number) return false;
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
bool read(const boost::json::value& json, T& out);
template <class T>
bool read(const boost::json::value& json, std::optional<T>& out);
template <class T>
bool read(const boost::json::value& json, std::vector<T>& out);

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
  std::vector<T> items(json.get_array().size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!read(json.get_array()[i], items[i])) return false;
  }
  out = std::move(items);
  return true;
}

/// Reads a resource's members one by one. What does not depend on the resource's class is here, and is compiled once a
/// type of member.
class MemberReader {
 public:
  MemberReader(const boost::json::value& json, Resource& resource) : json_(json), resource_(resource) {}

  template <class Value>
  [[gnu::noinline]] void operator()(std::string_view name, Value& out) {
    const auto* found = json::member(json_, name);
    if (!found || !read(*found, out)) note(name, found);
    bit_ <<= 1;
  }

  void finish() {
    if (!unexpected_.empty())
      resource_.unexpectedMembers = std::make_shared<const boost::json::object>(std::move(unexpected_));
  }

 private:
  void note(std::string_view name, const boost::json::value* found) {
    const bool isNull = found && found->is_null();
    (isNull ? resource_.nullMembers : resource_.absentMembers) |= bit_;
    if (found && !isNull) unexpected_[name] = *found;
  }

  const boost::json::value& json_;
  Resource& resource_;
  boost::json::object unexpected_;
  std::uint64_t bit_ = 1;
};

/// A resource from the SDK's JSON of it.
template <class T>
T fromJson(const boost::json::value& json) {
  T resource;
  MemberReader reader(json, resource);
  boost::mp11::mp_for_each<Members<T>>([&](auto member) { reader(member.name, resource.*member.pointer); });
  reader.finish();
  if constexpr (std::is_base_of_v<WireResource, T>) {
    if (json.is_object()) resource.raw = json.get_object();
  }
  return resource;
}

// --- To JSON
// -----------------------------------------------------------------------------------------------------------

template <class T>
  requires std::is_constructible_v<boost::json::value, const T&>
boost::json::value write(const T& value);
template <Parameters T>
boost::json::value write(const T& params);
template <class T>
boost::json::value write(const std::vector<T>& list);
template <class T>
boost::json::value write(const std::optional<T>& optional);

inline boost::json::value write(const std::chrono::system_clock::time_point& time) {
  return boost::json::value(ecmascript::toIsoString(time));
}
inline boost::json::value write(const File& file) {
  return boost::json::object{{"bytes", file.bytes}, {"name", file.name}, {"type", file.type}};
}
template <class T>
  requires std::is_constructible_v<boost::json::value, const T&>
boost::json::value write(const T& value) {
  return boost::json::value(value);
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

/// Writes a resource's members one by one.
class MemberWriter {
 public:
  MemberWriter(boost::json::object& json, const Resource& resource) : json_(json), resource_(resource) {}

  template <class Value>
  [[gnu::noinline]] void operator()(std::string_view name, const Value& value) {
    const bool unset = isUnset(value);
    if (unset && (resource_.nullMembers & bit_)) {
      json_[name] = nullptr;
    } else if (!unset || !(resource_.absentMembers & bit_)) {
      json_[name] = write(value);
    } else if (resource_.unexpectedMembers) {
      if (const auto* came = resource_.unexpectedMembers->if_contains(name)) json_[name] = *came;
    }
    bit_ <<= 1;
  }

 private:
  boost::json::object& json_;
  const Resource& resource_;
  std::uint64_t bit_ = 1;
};

/// A resource as JSON.stringify gives it.
template <class T>
boost::json::value toJson(const T& resource) {
  boost::json::object json;
  if constexpr (std::is_base_of_v<WireResource, T>) json = resource.raw;
  MemberWriter writer(json, resource);
  boost::mp11::mp_for_each<Members<T>>([&](auto member) { writer(member.name, resource.*member.pointer); });
  return json;
}

// --- Parameters
// ----------------------------------------------------------------------------------------------------------

template <class T>
[[gnu::noinline]] void writeParam(boost::json::object& json, std::string_view name, const T& value) {
  json[name] = write(value);
}
template <class T>
[[gnu::noinline]] void writeParam(boost::json::object& json, std::string_view name, const std::optional<T>& value) {
  if (value) json[name] = write(*value);
}
template <class T>
[[gnu::noinline]] void writeParam(boost::json::object& json, std::string_view name, const Field<T>& field) {
  if (field.isNull()) json[name] = nullptr;
  if (field.value()) json[name] = write(*field.value());
}

/// `public_` is Clerk's `public`: C++ keeps that word for itself.
constexpr std::string_view sdkName(std::string_view name) {
  if (name.ends_with('_')) name.remove_suffix(1);
  return name;
}

/// A method's parameters with the SDK's names; what is not given does not appear.
template <Parameters T>
boost::json::value write(const T& params) {
  boost::json::object json;
  boost::mp11::mp_for_each<Members<T>>(
      [&](auto member) { writeParam(json, sdkName(member.name), params.*member.pointer); });
  return json;
}

}  // namespace clerk::api
