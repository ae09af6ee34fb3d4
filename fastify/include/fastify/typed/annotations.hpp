#pragma once
// What a struct's schema says beyond its C++ types, in one function beside the struct.

#include <fastify/json.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace fastify {

namespace typed {

template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class T>
concept DescribedClass = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

/// One member as JSON knows it.
struct Member {
  std::string name;
  JsonObject keywords;
  bool optional = false;  // may be absent: a std::optional, or one with a fallback
  bool hasFallback = false;
};

}  // namespace typed

/// Adds to the schema of `T`, a struct that Boost.Describe describes. Give `T`'s namespace a function
///   void annotate(fastify::Annotations<NewUser>& on) { on(&NewUser::name).minLength(2).maxLength(100); }
/// It is called once, when the first route that uses `T` is declared; what it says of a base holds for derived ones.
template <class T>
class Annotations {
 public:
  static constexpr std::size_t count = boost::mp11::mp_size<typed::MembersOf<T>>::value;

  /// What is said of one member; the names are JSON Schema's.
  class Of {
   public:
    explicit Of(typed::Member& member) : member_(&member) {}
    /// The member's name in JSON, where it is not that of C++: "content-type".
    Of& name(std::string_view name) {
      member_->name = name;
      return *this;
    }
    /// The member may be absent: it then has the value that `T{}` gives it.
    Of& fallback() {
      member_->optional = member_->hasFallback = true;
      return *this;
    }
    Of& minLength(std::uint64_t length) { return set("minLength", length); }
    Of& maxLength(std::uint64_t length) { return set("maxLength", length); }
    Of& pattern(std::string_view expression) { return set("pattern", Json(expression)); }
    Of& format(std::string_view format) { return set("format", Json(format)); }
    Of& minimum(Json limit) { return set("minimum", std::move(limit)); }
    Of& maximum(Json limit) { return set("maximum", std::move(limit)); }
    Of& exclusiveMinimum(Json limit) { return set("exclusiveMinimum", std::move(limit)); }
    Of& exclusiveMaximum(Json limit) { return set("exclusiveMaximum", std::move(limit)); }
    Of& multipleOf(Json divisor) { return set("multipleOf", std::move(divisor)); }
    Of& minItems(std::uint64_t count) { return set("minItems", count); }
    Of& maxItems(std::uint64_t count) { return set("maxItems", count); }
    Of& uniqueItems() { return set("uniqueItems", true); }
    Of& description(std::string_view text) { return set("description", Json(text)); }
    /// Any other keyword.
    Of& set(std::string_view keyword, Json value) {
      member_->keywords[keyword] = std::move(value);
      return *this;
    }

   private:
    typed::Member* member_;
  };

  Annotations() {
    std::size_t index = 0;
    boost::mp11::mp_for_each<typed::MembersOf<T>>([&](auto descriptor) { members_[index++].name = descriptor.name; });
  }

  template <class M, class Class>
    requires std::derived_from<T, Class>
  Of operator()(M Class::* member) {
    std::size_t index = 0;
    std::size_t found = count;
    boost::mp11::mp_for_each<typed::MembersOf<T>>([&](auto descriptor) {
      if constexpr (std::is_same_v<std::remove_cv_t<decltype(descriptor.pointer)>, M Class::*>) {
        if (descriptor.pointer == member) found = index;
      }
      ++index;
    });
    if (found == count) throw std::logic_error("annotate: this member is not described");
    return Of(members_[found]);
  }

  /// A keyword of the object itself: "additionalProperties", "description", …
  Annotations& set(std::string_view keyword, Json value) {
    keywords_[keyword] = std::move(value);
    return *this;
  }

  std::array<typed::Member, count>& members() noexcept { return members_; }
  const JsonObject& keywords() const noexcept { return keywords_; }

 private:
  std::array<typed::Member, count> members_;
  JsonObject keywords_;
};

}  // namespace fastify
