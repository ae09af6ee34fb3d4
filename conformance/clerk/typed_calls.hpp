#pragma once
// The client's typed methods, called with recorded arguments: the same requests must leave, and the same results come.

#include "recorded_case.hpp"

#include <clerk/api/described_parameters.hpp>

#include <ecmascript/date.hpp>

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <chrono>
#include <cmath>
#include <map>
#include <type_traits>
#include <utility>

namespace conformance {

/// The arguments are such as C++'s types do not let through.
struct NotTyped {};

/// Gives the result as JSON; absent for void.
using TypedMethod = std::optional<json::value> (*)(const clerk::BackendApi& client, const json::array& arguments);
using TypedMethods = std::map<std::string, TypedMethod, std::less<>>;

/// All methods by their names.
const TypedMethods& typedMethods();

// --- Arguments

template <class T>
inline constexpr bool kIsStruct = boost::describe::has_describe_members<T>::value;

inline void read(const json::value& from, std::string& to) {
  if (!from.is_string()) throw NotTyped();
  to = from.get_string();
}
inline void read(const json::value& from, bool& to) {
  if (!from.is_bool()) throw NotTyped();
  to = from.get_bool();
}
inline void read(const json::value& from, double& to) {
  if (!from.is_number()) throw NotTyped();
  to = from.to_number<double>();
}
inline void read(const json::value& from, std::int64_t& to) {
  double number = 0;
  read(from, number);
  if (std::trunc(number) != number || std::abs(number) > 9e15) throw NotTyped();
  to = static_cast<std::int64_t>(number);
}
inline void read(const json::value& from, json::value& to) { to = from; }
inline void read(const json::value& from, json::object& to) {
  if (!from.is_object()) throw NotTyped();
  to = from.get_object();
}
inline void read(const json::value& from, std::chrono::system_clock::time_point& to) {
  const auto time = from.is_string() ? ecmascript::parseDate(std::string_view(from.get_string())) : std::nullopt;
  if (!time) throw NotTyped();
  to = std::chrono::system_clock::time_point(std::chrono::milliseconds(*time));
}
inline void read(const json::value& from, clerk::File& to) {
  const auto* object = from.if_object();
  if (!object || !object->contains("bytes")) throw NotTyped();
  to.bytes = object->at("bytes").as_string();
}
template <class T>
  requires kIsStruct<T>
void read(const json::value& from, T& to);
template <class T>
void read(const json::value& from, std::vector<T>& to) {
  if (!from.is_array()) throw NotTyped();
  for (const auto& item : from.get_array()) read(item, to.emplace_back());
}
template <class T>
void read(const json::value& from, std::optional<T>& to) {
  read(from, to.emplace());
}
template <class T>
void read(const json::value& from, clerk::Field<T>& to) {
  if (from.is_null()) {
    to = nullptr;
    return;
  }
  T value{};
  read(from, value);
  to = std::move(value);
}

template <class T>
void requirePresent(const T&) {
  throw NotTyped();
}
template <class T>
void requirePresent(const std::optional<T>&) {}
template <class T>
void requirePresent(const std::vector<T>&) {}
template <class T>
void requirePresent(const clerk::Field<T>&) {}

template <class T>
  requires kIsStruct<T>
void read(const json::value& from, T& to) {
  const auto* object = from.if_object();
  if (!object) throw NotTyped();
  std::size_t known = 0;
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
    std::string_view name = member.name;
    if (name.ends_with('_')) name.remove_suffix(1);
    const auto* found = object->if_contains(name);
    if (!found) return requirePresent(to.*member.pointer);
    read(*found, to.*member.pointer);
    ++known;
  });
  if (known != object->size()) throw NotTyped();
}

template <class T>
T argument(const json::array& arguments, std::size_t index) {
  T made{};
  if constexpr (!std::is_same_v<T, clerk::CallOptions>) {
    static const json::value kNone = json::object();
    if (index < arguments.size()) {
      read(arguments[index], made);
    } else if constexpr (kIsStruct<T>) {
      read(kNone, made);
    }
  }
  return made;
}

// --- Calls

template <class T>
json::value resultOf(const T& result) {
  return json::value(result);
}
template <class T>
json::value resultOf(const std::vector<T>& results) {
  json::array list;
  for (const auto& result : results) list.push_back(json::value(result));
  return list;
}

template <class Api, class Result, class... Arguments, std::size_t... Index>
std::optional<json::value> invoke(const Api& api, async::Task<Result> (Api::*method)(Arguments...) const,
                                  const json::array& arguments, std::index_sequence<Index...>) {
  auto task = (api.*method)(argument<std::decay_t<Arguments>>(arguments, Index)...);
  if (!task.ready()) throw std::runtime_error("the call waits for something that this program does not give");
  if constexpr (std::is_void_v<Result>) {
    task.take();
    return {};
  } else {
    return resultOf(task.take());
  }
}

template <class Api, class Result, class... Arguments>
std::optional<json::value> invoke(const Api& api, async::Task<Result> (Api::*method)(Arguments...) const,
                                  const json::array& arguments) {
  if (arguments.size() >= sizeof...(Arguments)) throw NotTyped();
  return invoke(api, method, arguments, std::index_sequence_for<Arguments...>());
}

template <auto api, auto method>
std::optional<json::value> typed(const clerk::BackendApi& client, const json::array& arguments) {
  return invoke(client.*api, method, arguments);
}

}  // namespace conformance
