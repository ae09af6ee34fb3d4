#pragma once
// Which C++ types a route can take and give: for each its schema, its value from JSON, and its JSON text.

#include <fastify/typed/annotations.hpp>
#include <fastify/typed/text.hpp>

#include <boost/core/demangle.hpp>
#include <boost/describe/bases.hpp>
#include <boost/describe/enumerators.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <concepts>
#include <deque>
#include <limits>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <typeindex>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace fastify {

namespace typed {

/// Schemas of one part. A type that contains itself is a definition that is referred to.
class SchemaBuilder;

}  // namespace typed

/// How a type is a part of JSON. Specialise it for types of your own, with these three functions:
///   static Json schema(typed::SchemaBuilder&);
///   static void read(const Json& value, T& out, const typed::Place& place);   // typed::refuse for what does not fit
///   static void write(const T& value, std::string& out);                      // JSON text
template <class T>
struct Typed;

namespace typed {

template <class T>
concept Supported = requires(const T& value, T& out, const Json& json, const Place& place, std::string& text) {
  Typed<T>::read(json, out, place);
  Typed<T>::write(value, text);
};

class SchemaBuilder {
 public:
  /// The schema of a whole part, with the definitions that it needs.
  template <class T>
  static Json build() {
    SchemaBuilder builder;
    Json schema = Typed<T>::schema(builder);
    if (!builder.definitions_.empty()) schema.as_object()["definitions"] = std::move(builder.definitions_);
    return schema;
  }

  /// For a class: what `make` returns, or a reference where it stands inside itself.
  template <class T, class Make>
  Json ofClass(Make make) {
    const std::type_index type = typeid(T);
    for (auto& open : open_) {
      if (open.type != type) continue;
      open.referred = true;
      return reference<T>();
    }
    open_.push_back({type, false});
    Json schema = make();
    const bool referred = open_.back().referred;
    open_.pop_back();
    if (!referred) return schema;
    definitions_[nameOf<T>()] = std::move(schema);
    return reference<T>();
  }

 private:
  struct Open {
    std::type_index type;
    bool referred;
  };

  template <class T>
  static std::string nameOf() {
    const auto full = boost::core::demangle(typeid(T).name());
    const auto colon = full.rfind("::");
    return colon == full.npos ? full : full.substr(colon + 2);
  }
  template <class T>
  static Json reference() {
    return {{"$ref", "#/definitions/" + nameOf<T>()}};
  }

  std::vector<Open> open_;
  JsonObject definitions_;
};

/// A struct as JSON knows it; made once.
template <DescribedClass T>
class ClassInfo {
 public:
  struct Entry {
    std::string name;
    std::string key;  // `"name":`
    bool optional = false;
  };
  static constexpr std::size_t count = Annotations<T>::count;

  static const ClassInfo& get() {
    static const ClassInfo info;
    return info;
  }

  const std::array<Entry, count>& entries() const noexcept { return entries_; }
  const std::array<Member, count>& members() const noexcept { return members_; }
  const JsonObject& keywords() const noexcept { return keywords_; }

 private:
  template <class M>
  static constexpr bool isOptional = false;
  template <class M>
  static constexpr bool isOptional<std::optional<M>> = true;

  ClassInfo() {
    Annotations<T> annotations;
    takeFromBases(annotations.members());
    if constexpr (requires { annotate(annotations); }) annotate(annotations);
    members_ = std::move(annotations.members());
    keywords_ = annotations.keywords();
    std::size_t index = 0;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto descriptor) {
      using M = std::remove_cvref_t<decltype(std::declval<T&>().*descriptor.pointer)>;
      auto& member = members_[index];
      member.optional |= isOptional<M>;
      auto& entry = entries_[index++];
      entry.name = member.name;
      appendText(entry.key, member.name);
      entry.key += ':';
      entry.optional = member.optional;
    });
  }

  // What is said of the bases' members holds here, too: they come first, base by base.
  static void takeFromBases(std::array<Member, count>& members) {
    std::size_t index = 0;
    boost::mp11::mp_for_each<boost::describe::describe_bases<T, boost::describe::mod_public>>([&](auto base) {
      for (const auto& member : ClassInfo<typename decltype(base)::type>::get().members()) members[index++] = member;
    });
  }

  std::array<Entry, count> entries_;
  std::array<Member, count> members_;
  JsonObject keywords_;
};

template <class T>
std::string textOf(const T& value) {
  std::string text;
  Typed<T>::write(value, text);
  return text;
}

template <class T, class List>
void writeList(const List& list, std::string& out) {
  char separator = '[';
  for (const auto& item : list) {
    out += separator;
    Typed<T>::write(item, out);
    separator = ',';
  }
  out += separator == '[' ? "[]" : "]";
}

inline const JsonArray& arrayOf(const Json& value, const Place& place) {
  const auto* array = value.if_array();
  if (!array) refuse(place, "must be array");
  return *array;
}

inline const JsonObject& objectOf(const Json& value, const Place& place) {
  const auto* object = value.if_object();
  if (!object) refuse(place, "must be object");
  return *object;
}

/// Lists that grow at their end.
template <class List>
struct TypedList {
  using Item = typename List::value_type;
  static Json schema(SchemaBuilder& builder) { return {{"type", "array"}, {"items", Typed<Item>::schema(builder)}}; }
  static void read(const Json& value, List& out, const Place& place) {
    std::size_t index = 0;
    for (const auto& item : arrayOf(value, place)) {
      Typed<Item>::read(item, out.emplace_back(), {&place, {}, index});
      ++index;
    }
  }
  static void write(const List& list, std::string& out) { writeList<Item>(list, out); }
};

template <class Set>
struct TypedSet {
  using Item = typename Set::value_type;
  static Json schema(SchemaBuilder& builder) {
    return {{"type", "array"}, {"items", Typed<Item>::schema(builder)}, {"uniqueItems", true}};
  }
  static void read(const Json& value, Set& out, const Place& place) {
    std::size_t index = 0;
    for (const auto& item : arrayOf(value, place)) {
      Item read{};
      Typed<Item>::read(item, read, {&place, {}, index});
      out.insert(std::move(read));
      ++index;
    }
  }
  static void write(const Set& set, std::string& out) { writeList<Item>(set, out); }
};

template <class Map>
struct TypedMap {
  using Item = typename Map::mapped_type;
  static Json schema(SchemaBuilder& builder) {
    return {{"type", "object"}, {"additionalProperties", Typed<Item>::schema(builder)}};
  }
  static void read(const Json& value, Map& out, const Place& place) {
    for (const auto& member : objectOf(value, place)) {
      const std::string_view key = member.key();
      Typed<Item>::read(member.value(), out[std::string(key)], {&place, key});
    }
  }
  static void write(const Map& map, std::string& out) {
    char separator = '{';
    for (const auto& [key, item] : map) {
      out += separator;
      appendText(out, key);
      out += ':';
      Typed<Item>::write(item, out);
      separator = ',';
    }
    out += separator == '{' ? "{}" : "}";
  }
};

}  // namespace typed

template <>
struct Typed<bool> {
  static Json schema(typed::SchemaBuilder&) { return {{"type", "boolean"}}; }
  static void read(const Json& value, bool& out, const typed::Place& place) {
    if (!value.is_bool()) typed::refuse(place, "must be boolean");
    out = value.get_bool();
  }
  static void write(bool value, std::string& out) { out += value ? "true" : "false"; }
};

template <std::integral T>
  requires(!std::same_as<T, bool> && !std::same_as<T, char> && !std::same_as<T, wchar_t>)
struct Typed<T> {
  using Limits = std::numeric_limits<T>;
  static Json schema(typed::SchemaBuilder&) {
    JsonObject schema{{"type", "integer"}};
    // Limits of 64 bits are no doubles: `read` looks after these.
    if (sizeof(T) < sizeof(std::int64_t) || std::is_unsigned_v<T>)
      schema["minimum"] = static_cast<std::int64_t>(Limits::min());
    if (sizeof(T) < sizeof(std::int64_t)) schema["maximum"] = static_cast<std::int64_t>(Limits::max());
    return schema;
  }
  static void read(const Json& value, T& out, const typed::Place& place) {
    if (const auto* integer = value.if_int64()) return take(*integer, out, place);
    if (const auto* integer = value.if_uint64()) return take(*integer, out, place);
    const auto* number = value.if_double();
    if (!number || std::trunc(*number) != *number) typed::refuse(place, "must be integer");
    constexpr double beyond = 9223372036854775808.0;  // 2^63
    if (*number < -beyond) typed::refuse(place, "must be >= " + std::to_string(Limits::min()));
    if (*number >= 2 * beyond) typed::refuse(place, "must be <= " + std::to_string(Limits::max()));
    if (*number >= beyond) return take(static_cast<std::uint64_t>(*number), out, place);
    take(static_cast<std::int64_t>(*number), out, place);
  }
  static void write(T value, std::string& out) {
    std::array<char, 24> digits;
    const auto [end, failed] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    out.append(digits.data(), end);
  }

 private:
  template <class Integer>
  static void take(Integer integer, T& out, const typed::Place& place) {
    if (std::cmp_less(integer, Limits::min())) typed::refuse(place, "must be >= " + std::to_string(Limits::min()));
    if (std::cmp_greater(integer, Limits::max())) typed::refuse(place, "must be <= " + std::to_string(Limits::max()));
    out = static_cast<T>(integer);
  }
};

template <std::floating_point T>
struct Typed<T> {
  static Json schema(typed::SchemaBuilder&) { return {{"type", "number"}}; }
  static void read(const Json& value, T& out, const typed::Place& place) {
    if (!value.is_number()) typed::refuse(place, "must be number");
    out = value.to_number<T>();
  }
  static void write(T value, std::string& out) { typed::appendNumber(out, static_cast<double>(value)); }
};

template <>
struct Typed<std::string> {
  static Json schema(typed::SchemaBuilder&) { return {{"type", "string"}}; }
  static void read(const Json& value, std::string& out, const typed::Place& place) {
    const auto* text = value.if_string();
    if (!text) typed::refuse(place, "must be string");
    out.assign(text->data(), text->size());
  }
  static void write(const std::string& value, std::string& out) { typed::appendText(out, value); }
};

/// Anything.
template <>
struct Typed<Json> {
  static Json schema(typed::SchemaBuilder&) { return JsonObject(); }
  static void read(const Json& value, Json& out, const typed::Place&) { out = value; }
  static void write(const Json& value, std::string& out) { typed::appendJson(out, value); }
};

template <>
struct Typed<JsonObject> {
  static Json schema(typed::SchemaBuilder&) { return {{"type", "object"}, {"additionalProperties", true}}; }
  static void read(const Json& value, JsonObject& out, const typed::Place& place) {
    out = typed::objectOf(value, place);
  }
  static void write(const JsonObject& value, std::string& out) { typed::appendJson(out, Json(value)); }
};

/// Absent, null, or a value.
template <class T>
struct Typed<std::optional<T>> {
  static Json schema(typed::SchemaBuilder& builder) {
    Json schema = Typed<T>::schema(builder);
    auto& object = schema.as_object();
    if (object.contains("$ref")) return {{"anyOf", JsonArray{std::move(schema), JsonObject{{"type", "null"}}}}};
    if (object.contains("type")) object["nullable"] = true;
    if (auto* values = object.if_contains("enum")) values->as_array().emplace_back(nullptr);
    return schema;
  }
  static void read(const Json& value, std::optional<T>& out, const typed::Place& place) {
    if (value.is_null()) return out.reset();
    Typed<T>::read(value, out.emplace(), place);
  }
  static void write(const std::optional<T>& value, std::string& out) {
    if (value) {
      Typed<T>::write(*value, out);
    } else {
      out += "null";
    }
  }
};

template <typed::Supported T, class Allocator>
struct Typed<std::vector<T, Allocator>> : typed::TypedList<std::vector<T, Allocator>> {};
/// Its items are no references.
template <class Allocator>
struct Typed<std::vector<bool, Allocator>> {
  using List = std::vector<bool, Allocator>;
  static Json schema(typed::SchemaBuilder&) { return {{"type", "array"}, {"items", {{"type", "boolean"}}}}; }
  static void read(const Json& value, List& out, const typed::Place& place) {
    std::size_t index = 0;
    for (const auto& item : typed::arrayOf(value, place)) {
      bool read = false;
      Typed<bool>::read(item, read, {&place, {}, index++});
      out.push_back(read);
    }
  }
  static void write(const List& list, std::string& out) { typed::writeList<bool>(list, out); }
};
template <class T>
struct Typed<std::deque<T>> : typed::TypedList<std::deque<T>> {};
template <class T>
struct Typed<std::list<T>> : typed::TypedList<std::list<T>> {};
template <class T, class Less>
struct Typed<std::set<T, Less>> : typed::TypedSet<std::set<T, Less>> {};
template <class T, class Hash, class Equal>
struct Typed<std::unordered_set<T, Hash, Equal>> : typed::TypedSet<std::unordered_set<T, Hash, Equal>> {};
template <class T, class Less>
struct Typed<std::map<std::string, T, Less>> : typed::TypedMap<std::map<std::string, T, Less>> {};
template <class T, class Hash, class Equal>
struct Typed<std::unordered_map<std::string, T, Hash, Equal>>
    : typed::TypedMap<std::unordered_map<std::string, T, Hash, Equal>> {};

template <class T, std::size_t N>
struct Typed<std::array<T, N>> {
  static Json schema(typed::SchemaBuilder& builder) {
    return {{"type", "array"}, {"items", Typed<T>::schema(builder)}, {"minItems", N}, {"maxItems", N}};
  }
  static void read(const Json& value, std::array<T, N>& out, const typed::Place& place) {
    const auto& array = typed::arrayOf(value, place);
    if (array.size() != N) typed::refuse(place, "must have " + std::to_string(N) + " items");
    for (std::size_t index = 0; index < N; ++index) Typed<T>::read(array[index], out[index], {&place, {}, index});
  }
  static void write(const std::array<T, N>& array, std::string& out) { typed::writeList<T>(array, out); }
};

/// The enumerators' names.
template <class T>
  requires(std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value)
struct Typed<T> {
  using Enumerators = boost::describe::describe_enumerators<T>;
  static Json schema(typed::SchemaBuilder&) {
    JsonArray names;
    boost::mp11::mp_for_each<Enumerators>([&](auto enumerator) { names.emplace_back(enumerator.name); });
    return {{"type", "string"}, {"enum", std::move(names)}};
  }
  static void read(const Json& value, T& out, const typed::Place& place) {
    const auto* text = value.if_string();
    bool found = false;
    boost::mp11::mp_for_each<Enumerators>([&](auto enumerator) {
      if (found || !text || std::string_view(*text) != enumerator.name) return;
      out = enumerator.value;
      found = true;
    });
    if (!found) typed::refuse(place, "must be equal to one of the allowed values");
  }
  static void write(T value, std::string& out) {
    const char* name = nullptr;
    boost::mp11::mp_for_each<Enumerators>([&](auto enumerator) {
      if (enumerator.value == value) name = enumerator.name;
    });
    if (!name) throw FastifyError(500, "an enumeration has a value without a name");
    typed::appendText(out, name);
  }
};

template <typed::DescribedClass T>
struct Typed<T> {
  using Members = typed::MembersOf<T>;
  using Info = typed::ClassInfo<T>;
  template <class Descriptor>
  using TypeOf = std::remove_cvref_t<decltype(std::declval<T&>().*Descriptor::pointer)>;

  static Json schema(typed::SchemaBuilder& builder) {
    return builder.template ofClass<T>([&]() -> Json { return ownSchema(builder); });
  }

  static void read(const Json& value, T& out, const typed::Place& place) {
    const auto& object = typed::objectOf(value, place);
    const auto& entries = Info::get().entries();
    std::size_t index = 0;
    auto next = object.begin();  // members mostly come in their order
    boost::mp11::mp_for_each<Members>([&](auto descriptor) {
      using M = TypeOf<decltype(descriptor)>;
      const auto& entry = entries[index++];
      const Json* member = nullptr;
      if (next != object.end() && std::string_view(next->key()) == entry.name) {
        member = &next->value();
        ++next;
      } else if (const auto found = object.find(entry.name); found != object.end()) {
        member = &found->value();
        next = found + 1;
      }
      if (member) {
        out.*descriptor.pointer = M();
        Typed<M>::read(*member, out.*descriptor.pointer, {&place, entry.name});
      } else if (!entry.optional) {
        typed::refuse(place, "must have required property '" + entry.name + "'");
      }
    });
  }

  /// Members that must be there first, as Fastify's serializer has it.
  static void write(const T& value, std::string& out) {
    char separator = '{';
    writeMembers(value, out, separator, false);
    writeMembers(value, out, separator, true);
    out += separator == '{' ? "{}" : "}";
  }

 private:
  static void writeMembers(const T& value, std::string& out, char& separator, bool optionalOnes) {
    const auto& entries = Info::get().entries();
    std::size_t index = 0;
    boost::mp11::mp_for_each<Members>([&](auto descriptor) {
      using M = TypeOf<decltype(descriptor)>;
      const auto& entry = entries[index++];
      if (entry.optional != optionalOnes || isAbsent(value.*descriptor.pointer)) return;
      out += separator;
      out += entry.key;
      Typed<M>::write(value.*descriptor.pointer, out);
      separator = ',';
    });
  }

  template <class M>
  static bool isAbsent(const M&) noexcept {
    return false;
  }
  template <class M>
  static bool isAbsent(const std::optional<M>& value) noexcept {
    return !value;
  }

  static Json ownSchema(typed::SchemaBuilder& builder) {
    const auto& info = Info::get();
    JsonObject properties;
    JsonArray required;
    std::size_t index = 0;
    boost::mp11::mp_for_each<Members>([&](auto descriptor) {
      using M = TypeOf<decltype(descriptor)>;
      const auto& member = info.members()[index++];
      Json schema = Typed<M>::schema(builder);
      auto& object = schema.as_object();
      for (const auto& [keyword, value] : member.keywords) object[keyword] = value;
      if constexpr (std::default_initializable<T>) {
        if (member.hasFallback) object["default"] = boost::json::parse(typed::textOf<M>(T{}.*descriptor.pointer));
      }
      if (!member.optional) required.emplace_back(member.name);
      properties[member.name] = std::move(schema);
    });
    JsonObject schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) schema["required"] = std::move(required);
    for (const auto& [keyword, value] : info.keywords()) schema[keyword] = value;
    return schema;
  }
};

}  // namespace fastify
