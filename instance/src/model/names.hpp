#pragma once
// Enumerators and Clerk's words for them: one table each, read in both directions.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace clerk::instance {

template <class Enum, std::size_t Size>
using NameTable = std::array<std::pair<Enum, std::string_view>, Size>;

template <class Enum, std::size_t Size>
constexpr std::string_view nameIn(const NameTable<Enum, Size>& table, Enum value) noexcept {
  for (const auto& [candidate, name] : table) {
    if (candidate == value) return name;
  }
  return {};
}

template <class Enum, std::size_t Size>
constexpr std::optional<Enum> valueIn(const NameTable<Enum, Size>& table, std::string_view name) noexcept {
  for (const auto& [value, candidate] : table) {
    if (candidate == name) return value;
  }
  return std::nullopt;
}

}  // namespace clerk::instance
