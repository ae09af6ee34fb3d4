#pragma once
// A parameter that may be left out, be null, or have a value.

#include <boost/json/value.hpp>
#include <boost/json/value_ref.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace clerk {

/// `.username = "ada"` sets it, `.username = nullptr` sends null (which clears it), and a field that is not mentioned
/// is not sent at all. A list is `{"a", "b"}`; an empty one that is to be sent, `std::vector<std::string>()`.
template <class T>
class Field {
  template <class List>
  struct ItemOf {
    struct type;
  };
  template <class Item>
  struct ItemOf<std::vector<Item>> {
    using type = Item;
  };

 public:
  Field() = default;
  Field(std::nullptr_t) noexcept : isNull_(true) {}
  template <class U = T>
    requires std::is_convertible_v<U&&, T>
  Field(U&& value) : value_(std::forward<U>(value)) {}
  Field(std::initializer_list<typename ItemOf<T>::type> items)
    requires std::is_same_v<T, std::vector<typename ItemOf<T>::type>>
      : value_(std::in_place, items) {}
  /// Members of an object, as of a boost::json::value: `{{"plan", "gold"}}`.
  Field(std::initializer_list<std::pair<boost::json::string_view, boost::json::value_ref>> members)
    requires std::is_same_v<T, boost::json::object>
      : value_(std::in_place, members) {}
  /// As boost::json::value reads braces: `{{"job", 7}}` is an object, `{"a", "b"}` a list.
  Field(std::initializer_list<boost::json::value_ref> items)
    requires std::is_same_v<T, boost::json::value>
      : value_(std::in_place, items) {}

  bool isSent() const noexcept { return isNull_ || value_.has_value(); }
  bool isNull() const noexcept { return isNull_; }
  const std::optional<T>& value() const noexcept { return value_; }

 private:
  std::optional<T> value_;
  bool isNull_ = false;
};

}  // namespace clerk
