#pragma once
// The methods of the Backend API client as a table: the client calls by it, and the typed headers, their sources and
// the documentation are made of it (generator/main.cpp). Adding a method is adding a line.

#include <cstdint>
#include <span>
#include <string_view>

namespace clerk::api {

/// Marks of a method.
inline constexpr std::uint8_t kPaginated = 1;    // asks for a page with `paginated=true`
inline constexpr std::uint8_t kUnversioned = 2;  // has no `/v1` in its path
inline constexpr std::uint8_t kAllLevels = 4;    // names change on all levels of the body
inline constexpr std::uint8_t kMachine = 8;      // authorised by the machine's secret key, if there is one
inline constexpr std::uint8_t kNoKey = 16;       // needs no secret key

struct Endpoint {
  std::string_view name;  // `users.getUser`
  /// In the order of the call, with commas between. Behind a name: `?` may be left out, `[]` a list, `:type`.
  ///   name       an id that stands in the path
  ///   =name      a member of the body
  ///   query, body, multipart, path   an object; its members that stand in the path are taken from it, the rest goes
  ///              there
  ///   options    an object that the method itself looks at
  std::string_view arguments;
  /// The struct of each of those objects, with ` ; ` between: `Name: field field?:type`, or the `Name` of an earlier
  /// one.
  std::string_view parameters;
  /// A class, `Page<Class>`, `Class[]`, `int` or `void`.
  std::string_view result;
  std::string_view method;
  std::string_view path;
  std::uint8_t marks;
};

/// A struct inside of parameters.
struct Shape {
  std::string_view name;
  std::string_view fields;
};

/// `client.<name>`.
struct ResourceRow {
  std::string_view name;
  std::string_view className;
  /// What it is about, for the headers.
  std::string_view topic;
  /// The name in C++, where Clerk's cannot be used.
  std::string_view cppName = name;
};

/// What a method's name does not say.
struct Note {
  std::string_view method;
  std::string_view text;
};

std::span<const Endpoint> endpoints();
std::span<const Shape> shapes();
std::span<const ResourceRow> resources();
std::span<const Note> notes();

/// nullptr when there is no such method.
const Endpoint* findEndpoint(std::string_view name);

/// The name of one of Endpoint::arguments, without its marks; `=` stays.
constexpr std::string_view argumentName(std::string_view argument) {
  return argument.substr(0, argument.find_first_of("?[:"));
}

}  // namespace clerk::api
