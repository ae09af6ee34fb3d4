#pragma once
// Reading CBOR (RFC 8949) as authenticators write it: the canonical subset of CTAP2, in which everything has a length.

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk::instance::cbor {

enum class Kind { Unsigned, Negative, Bytes, Text, Array, Map, Simple };

/// One item. Text and bytes are views into what was parsed. Children of arrays are in `items`; of maps the keys and
/// values, one after the other.
struct Item {
  Kind kind = Kind::Simple;
  std::int64_t number = 0;  ///< of both kinds of numbers; of Simple its value
  std::string_view text;    ///< of Bytes and Text
  std::vector<Item> items;

  /// The value of a map's key; null when there is none.
  const Item* find(std::int64_t key) const noexcept;
  const Item* find(std::string_view key) const noexcept;
};

/// The item at the beginning of `input`, and how many bytes it takes. Absent for anything that is not well formed, is
/// nested more than eight deep, has more than a thousand items, an indefinite length, a tag or a float.
std::optional<std::pair<Item, std::size_t>> parse(std::string_view input);

}  // namespace clerk::instance::cbor
