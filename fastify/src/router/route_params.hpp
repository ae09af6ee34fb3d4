#pragma once
// What a path's parameters are, after a route was found.

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify {

namespace router {
class Search;
}

/// Names and decoded values, in the pattern's order. Values refer to the request's target, or to this object's own text
/// where something had to be decoded: they live until the next match or `clear()`. A name that a pattern has twice
/// comes twice; the last one counts. Reused from request to request: it keeps its memory, and allocates nothing for up
/// to `inlineCount` parameters that need no decoding.
class RouteParams {
 public:
  using Entry = std::pair<std::string_view, std::string_view>;
  static constexpr std::size_t inlineCount = 8;

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Entry;
    using difference_type = std::ptrdiff_t;
    using pointer = const Entry*;
    using reference = Entry;
    Iterator(const RouteParams& params, std::size_t index) noexcept : params_(&params), index_(index) {}
    Entry operator*() const noexcept { return (*params_)[index_]; }
    Iterator& operator++() noexcept {
      ++index_;
      return *this;
    }
    Iterator operator++(int) noexcept {
      auto before = *this;
      ++index_;
      return before;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const RouteParams* params_;
    std::size_t index_;
  };

  std::size_t size() const noexcept { return names_.size(); }
  bool empty() const noexcept { return names_.empty(); }
  Entry operator[](std::size_t index) const noexcept { return {names_[index], value(index)}; }
  Iterator begin() const noexcept { return {*this, 0}; }
  Iterator end() const noexcept { return {*this, size()}; }

  /// The value of that name; nullopt when the route has no such parameter.
  std::optional<std::string_view> find(std::string_view name) const noexcept {
    for (auto index = size(); index-- > 0;) {
      if (names_[index] == name) return value(index);
    }
    return std::nullopt;
  }

  void clear() noexcept { names_ = {}; }

 private:
  friend class router::Search;

  std::string_view value(std::size_t index) const noexcept {
    return index < inlineCount ? first_[index] : rest_[index - inlineCount];
  }
  void setValue(std::size_t index, std::string_view value) {
    if (index < inlineCount) {
      first_[index] = value;
      return;
    }
    if (rest_.size() <= index - inlineCount) rest_.resize(index - inlineCount + 1);
    rest_[index - inlineCount] = value;
  }

  std::span<const std::string> names_;
  std::array<std::string_view, inlineCount> first_;
  std::vector<std::string_view> rest_;
  std::string text_;  // decoded path and values
};

}  // namespace fastify
