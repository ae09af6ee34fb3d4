#include "model.hpp"

#include "text.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

namespace generator {
namespace {

using namespace clerk;

/// Clerk's name where C++ has none of its own for it.
std::string cppName(std::string_view name) {
  if (name == "delete") return "del";
  static const std::set<std::string_view> kReserved{"public", "template"};
  return std::string(name) + (kReserved.contains(name) ? "_" : "");
}

/// A type without `[]` in C++.
std::string basicType(std::string_view type) {
  static const std::map<std::string_view, std::string_view> kTypes{{"", "std::string"},
                                                                   {"bool", "bool"},
                                                                   {"int", "std::int64_t"},
                                                                   {"number", "double"},
                                                                   {"time", "Timestamp"},
                                                                   {"date", "std::chrono::system_clock::time_point"},
                                                                   {"object", "boost::json::object"},
                                                                   {"any", "boost::json::value"},
                                                                   {"file", "File"},
                                                                   {"text", "std::string"}};
  const auto found = kTypes.find(type);
  if (found != kTypes.end()) return std::string(found->second);
  if (!api::isClass(type)) throw std::runtime_error("unknown type " + std::string(type));
  return std::string(type);
}

std::string initializerOf(std::string_view type) {
  if (type == "bool") return " = false";
  return type == "std::int64_t" || type == "Timestamp" || type == "double" ? " = 0" : "";
}

/// `name?:type[]`, of parameters.
struct ParameterText {
  std::string name;
  std::string type;
  bool isOptional = false;
  bool isList = false;
};

ParameterText parameterText(std::string_view text) {
  ParameterText parameter;
  const auto nameEnd = std::min(text.find_first_of("?[:"), text.size());
  parameter.name = text.substr(0, nameEnd);
  text.remove_prefix(nameEnd);
  if (text.ends_with("?") || text.starts_with("?")) {
    parameter.isOptional = true;
    text.starts_with("?") ? text.remove_prefix(1) : text.remove_suffix(1);
  }
  if (text.ends_with("[]")) {
    parameter.isList = true;
    text.remove_suffix(2);
  }
  if (text.starts_with(":")) parameter.type = text.substr(1);
  return parameter;
}

/// In queries what is empty is not sent, so that a list says by itself whether it is there; bodies can also have nulls
/// and empty lists.
enum class Place { Query, Body };

Member memberOf(std::string_view text, Place place) {
  const auto parameter = parameterText(text);
  Member member{.name = cppName(parameter.name), .type = basicType(parameter.type), .initializer = ""};
  if (parameter.isList) member.type = "std::vector<" + member.type + ">";
  if (!parameter.isOptional) {
    member.initializer = initializerOf(member.type);
  } else if (place == Place::Body) {
    member.type = "Field<" + member.type + ">";
  } else if (!parameter.isList) {
    member.type = "std::optional<" + member.type + ">";
  }
  if (member.initializer.empty() && member.type != "File") member.initializer = " = {}";
  return member;
}

Struct structOf(std::string_view name, std::string_view fields, Place place) {
  Struct made{.name = std::string(name), .members = {}};
  for (const auto& field : split(fields, " ")) made.members.push_back(memberOf(field, place));
  return made;
}

std::string resultType(std::string_view result) {
  if (result == "void") return "void";
  if (result == "int") return "std::int64_t";
  if (result.starts_with("Page<")) return "PaginatedResourceResponse<" + std::string(result.substr(5));
  if (result.ends_with("[]")) return "std::vector<" + std::string(result.substr(0, result.size() - 2)) + ">";
  return std::string(result);
}

constexpr std::string_view kObjects[] = {"query", "body", "multipart", "path", "options"};

bool isObject(std::string_view argument) {
  return std::find(std::begin(kObjects), std::end(kObjects), argument) != std::end(kObjects);
}

Argument scalarOf(const ParameterText& text) {
  auto name = text.name;
  if (name.starts_with('=')) name.erase(0, 1);
  auto type = basicType(text.type);
  if (text.isOptional && type != "std::string") type = "std::optional<" + type + ">";
  return {.type = type, .name = cppName(name), .isOptional = text.isOptional};
}

Method methodOf(const api::Endpoint& endpoint) {
  Method method{.endpoint = &endpoint,
                .name = cppName(endpoint.name.substr(endpoint.name.find('.') + 1)),
                .result = resultType(endpoint.result),
                .arguments = {},
                .structs = {},
                .note = ""};
  for (const auto& note : api::notes()) {
    if (note.method == endpoint.name) method.note = note.text;
  }
  const auto parameters = split(endpoint.parameters, " ; ");
  std::size_t next = 0;
  for (const auto& argument : split(endpoint.arguments, ",")) {
    const auto text = parameterText(argument);
    if (!isObject(text.name)) {
      method.arguments.push_back(scalarOf(text));
      continue;
    }
    const auto& parameter = parameters.at(next++);
    const auto colon = parameter.find(": ");
    const auto name = parameter.substr(0, colon);
    const bool inQuery = text.name == "query" || text.name == "path";
    if (colon != std::string::npos) {
      method.structs.push_back(structOf(name, parameter.substr(colon + 2), inQuery ? Place::Query : Place::Body));
    }
    method.arguments.push_back({.type = text.isList ? "std::vector<" + name + ">" : name,
                                .name = text.name == "options" ? "options" : "params",
                                .isOptional = text.isOptional});
  }
  return method;
}

/// The shapes that a struct contains, the inner ones first.
void addShapes(const Struct& of, std::set<std::string>& known, std::vector<Struct>& shapes) {
  for (const auto& member : of.members) {
    for (const auto& shape : api::shapes()) {
      const std::string name(shape.name);
      const auto at = member.type.find(name);
      if (at == std::string::npos || known.contains(name)) continue;
      const auto behind = at + name.size() < member.type.size() ? member.type[at + name.size()] : '>';
      if (behind != '>' || (at > 0 && member.type[at - 1] != '<')) continue;
      known.insert(name);
      const auto made = structOf(shape.name, shape.fields, Place::Body);
      addShapes(made, known, shapes);
      shapes.push_back(made);
    }
  }
}

Class classOf(const api::ClassRow& row) {
  Class made{.row = &row, .definition = {.name = std::string(row.name), .members = {}}, .contains = {}};
  for (const auto& text : split(row.fields, " ")) {
    const auto field = api::fieldText(text);
    Member member{.name = cppName(field.name), .type = basicType(field.type), .initializer = ""};
    if (api::isClass(field.type)) made.contains.push_back(member.type);
    if (field.name == "_raw") member.type = "boost::json::object";
    if (field.isList) member.type = "std::vector<" + member.type + ">";
    if (field.isOptional) {
      member.type = "std::optional<" + member.type + ">";
    } else {
      member.initializer = initializerOf(member.type);
    }
    made.definition.members.push_back(std::move(member));
  }
  return made;
}

}  // namespace

std::vector<Api> apis() {
  std::vector<Api> all;
  std::set<std::string> known;
  for (const auto& row : api::resources()) {
    Api api{.row = &row, .file = fileName(row.cppName), .methods = {}, .shapes = {}};
    for (const auto& endpoint : api::endpoints()) {
      if (!endpoint.name.starts_with(std::string(row.name) + '.')) continue;
      api.methods.push_back(methodOf(endpoint));
      for (const auto& made : api.methods.back().structs) addShapes(made, known, api.shapes);
    }
    all.push_back(std::move(api));
  }
  return all;
}

std::vector<Class> orderedClasses() {
  std::vector<Class> left;
  for (const auto& row : api::classes()) left.push_back(classOf(row));
  std::vector<Class> ordered;
  std::set<std::string> defined;
  while (!left.empty()) {
    const auto next = std::find_if(left.begin(), left.end(), [&](const Class& candidate) {
      return std::all_of(candidate.contains.begin(), candidate.contains.end(),
                         [&](const std::string& name) { return defined.contains(name); });
    });
    if (next == left.end()) throw std::runtime_error("classes contain each other");
    defined.insert(next->definition.name);
    ordered.push_back(std::move(*next));
    left.erase(next);
  }
  return ordered;
}

}  // namespace generator
