#pragma once
// The classes of what the Backend API gives, as a table: answers are converted by it, and the structs of
// <clerk/api/resources.hpp> are made of it (generator/main.cpp). Adding a class is adding a line.

#include <span>
#include <string_view>

namespace clerk::api {

/// Who names the members of a class.
enum class Names {
  Sdk,   // camelCase: Clerk's SDK converts it
  Wire,  // snake_case: Clerk's SDK hands it on as it came
};

/// A class with its fields in JSON order. Behind a field's name:
///   <wire     the wire's name, when it is not the name in snake_case; several with / between: the first that is truthy
///   :type     bool, int, time (milliseconds), object, any, a Class; text when nothing is said; `[]` behind it: a list
///   |null     may be null or missing: an optional in C++
///   !         must be a list
///   =json     in place of a missing value                            ?json     in place of a missing value or null
///   ~json     in place of a falsy one                                #json     always
///   ^         a URL, normalised; null in place of a falsy one        %         errors of the API
/// What is missing and has no such mark is undefined: it does not appear. What is falsy stays as it is, where a class
/// is expected.
struct ClassRow {
  std::string_view name;
  std::string_view object;  // the wire's `object`, or nothing
  std::string_view fields;
  Names names = Names::Sdk;
};

std::span<const ClassRow> classes();

/// A kind of webhook event, and the class of its data.
struct WebhookKind {
  std::string_view type;
  std::string_view className;
};

std::span<const WebhookKind> webhookKinds();

/// A field's text, taken apart.
struct FieldText {
  std::string_view name;
  std::string_view wireNames;  // with / between; empty: the name in snake_case
  std::string_view type;       // empty: text
  bool isList = false;
  bool isOptional = false;
  bool mustBeList = false;
  char mark = '\0';  // of = ? ~ # ^ %
  std::string_view fallback;
};
FieldText fieldText(std::string_view text);

/// True for the name of a class, and not of one of the basic types.
constexpr bool isClass(std::string_view type) { return !type.empty() && type.front() >= 'A' && type.front() <= 'Z'; }

}  // namespace clerk::api
