#pragma once
// A parameter that may be left out, be null, or have a value.

#include <boost/json/value.hpp>

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace clerk {

/// `.username = "ada"` sets it, `.username = nullptr` sends null (which clears it), and a field that is not mentioned
/// is not sent at all.
template <class T>
class Field {
 public:
  Field() = default;
  Field(std::nullptr_t) noexcept : isNull_(true) {}
  template <class U = T>
    requires std::is_convertible_v<U&&, T>
  Field(U&& value) : value_(std::forward<U>(value)) {}

  bool isSent() const noexcept { return isNull_ || value_.has_value(); }
  bool isNull() const noexcept { return isNull_; }
  const std::optional<T>& value() const noexcept { return value_; }

 private:
  std::optional<T> value_;
  bool isNull_ = false;
};

}  // namespace clerk
