#include "api/resources.hpp"

#include "api/classes.hpp"
#include "json/json_reader.hpp"
#include "request/backend_request.hpp"
#include "request/wire_names.hpp"
#include "url/url.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

namespace clerk::api {
namespace {

using boost::json::object;
using boost::json::value;

struct Field {
  std::string name;
  std::vector<std::string> wireNames;
  std::string nested;
  bool isList = false;
  bool mustBeList = false;
  char mark = '\0';  // of = ? ~ # ^ %
  value fallback;
};
using Class = std::vector<Field>;

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(separator, at), text.size());
    pieces.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return pieces;
}

Field fieldOf(std::string_view text) {
  const auto parts = fieldText(text);
  Field field{.name = std::string(parts.name)};
  if (isClass(parts.type)) field.nested = parts.type;
  field.isList = parts.isList;
  field.mustBeList = parts.mustBeList;
  field.mark = parts.mark;
  if (!parts.fallback.empty()) field.fallback = boost::json::parse(parts.fallback);
  if (parts.wireNames.empty()) {
    field.wireNames.push_back(field.name == "_raw" ? field.name : request::toSnakeCase(field.name));
  } else {
    for (auto name : split(parts.wireNames, '/')) field.wireNames.emplace_back(name);
  }
  return field;
}

struct Tables {
  std::unordered_map<std::string_view, Class> byName;
  std::unordered_map<std::string_view, std::string_view> nameOfObject;
};

const Tables& tables() {
  static const Tables made = [] {
    Tables result;
    for (const auto& row : classes()) {
      if (row.names == Names::Wire) continue;
      auto& fields = result.byName[row.name];
      for (const auto& text : split(row.fields, ' ')) fields.push_back(fieldOf(text));
      if (!row.object.empty()) result.nameOfObject[row.object] = row.name;
    }
    return result;
  }();
  return made;
}

const value* wireValueOf(const Field& field, const value& wire) {
  const value* found = nullptr;
  for (const auto& name : field.wireNames) {
    found = json::member(wire, name);
    if (json::isTruthy(found)) return found;
  }
  return found;
}

boost::json::array listOf(const Field& field, const value& wire) {
  boost::json::array list;
  for (const auto& item : wire.get_array()) list.push_back(resourceOf(field.nested, item));
  return list;
}

value normalisedUrl(const value& wire) {
  if (!wire.is_string()) return wire;
  const auto url = url::Url::parse(std::string_view(wire.get_string()));
  return url ? value(url->href()) : wire;
}

value errorsOf(const value& wire) {
  boost::json::array errors;
  for (const auto& item : wire.get_array()) errors.push_back(request::errorOf(item).toJson());
  return errors;
}

/// The field's value; absent for undefined.
std::optional<value> convert(const Field& field, const value& wire) {
  if (field.mark == '#') return field.fallback;
  if (field.name == "_raw") return wire;
  const auto* found = wireValueOf(field, wire);
  const bool truthy = json::isTruthy(found);
  if (field.mustBeList && (!found || !found->is_array())) {
    throw std::runtime_error("the answer has no list " + field.wireNames.front());
  }
  if (!truthy && (field.mark == '~' || field.mark == '^')) return field.fallback;
  if (!found && field.mark == '=') return field.fallback;
  if ((!found || found->is_null()) && field.mark == '?') return field.fallback;
  if (!found) return {};
  if (!truthy) return *found;
  if (field.mark == '^') return normalisedUrl(*found);
  if (field.mark == '%' && found->is_array()) return errorsOf(*found);
  if (field.nested.empty()) return *found;
  if (field.isList) return found->is_array() ? value(listOf(field, *found)) : *found;
  return value(resourceOf(field.nested, *found));
}

value pageOf(const object& wire, const boost::json::array& items) {
  boost::json::array data;
  for (const auto& item : items) data.push_back(resourceOf(item));
  const auto* count = wire.if_contains("total_count");
  if (!count) return data;
  return object{{"data", std::move(data)}, {"totalCount", *count}};
}

const boost::json::array* listMember(const object& wire, std::string_view name) {
  const auto* member = wire.if_contains(name);
  return member ? member->if_array() : nullptr;
}

}  // namespace

object resourceOf(std::string_view className, const value& wire) {
  object resource;
  for (const auto& field : tables().byName.at(className)) {
    if (auto member = convert(field, wire)) resource[field.name] = *std::move(member);
  }
  return resource;
}

value resourceOf(const value& wire) {
  if (const auto* list = wire.if_array()) {
    boost::json::array items;
    for (const auto& item : *list) items.push_back(resourceOf(item));
    return items;
  }
  const auto* whole = wire.if_object();
  if (!whole) return wire;
  if (const auto* tokens = listMember(*whole, "m2m_tokens")) return pageOf(*whole, *tokens);
  if (const auto* data = listMember(*whole, "data")) return pageOf(*whole, *data);
  const auto kind = json::textMember(wire, "object");
  if (!kind) return wire;
  if (whole->contains("deleted")) return resourceOf("DeletedObject", wire);
  if (*kind == "total_count") return whole->contains("total_count") ? whole->at("total_count") : value(nullptr);
  const auto known = tables().nameOfObject.find(*kind);
  return known == tables().nameOfObject.end() ? wire : value(resourceOf(known->second, wire));
}

}  // namespace clerk::api
