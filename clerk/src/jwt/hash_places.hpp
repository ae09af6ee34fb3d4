#pragma once
// At which place of a list a hash is: a table whose size never changes, for the cache of verified tokens.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace clerk::jwt {

/// Open addressing with linear probing in a table twice as large as what it holds: a look that finds nothing reads one
/// line of memory, where std::unordered_map follows pointers and allocates. Hashes must be well spread.
class HashPlaces {
 public:
  using Hash = std::uint64_t;
  using Place = std::uint32_t;

  /// Holds `capacity` hashes at most.
  explicit HashPlaces(std::size_t capacity) : entries_(std::bit_ceil(2 * capacity)), mask_(entries_.size() - 1) {}

  std::optional<Place> find(Hash hash) const noexcept {
    const auto& entry = entries_[indexOf(hash)];
    if (entry.isFree()) return {};
    return entry.place;
  }
  /// A hash that is not there yet.
  void insert(Hash hash, Place place) noexcept { entries_[indexOf(hash)] = {hash, place}; }
  void erase(Hash hash) noexcept {
    auto hole = indexOf(hash);
    if (entries_[hole].isFree()) return;
    // What follows without a gap moves up, unless it would then stand before the index where it is looked for.
    for (auto at = next(hole); !entries_[at].isFree(); at = next(at)) {
      if (((at - entries_[at].hash) & mask_) < ((at - hole) & mask_)) continue;
      entries_[hole] = entries_[at];
      hole = at;
    }
    entries_[hole] = {};
  }

 private:
  static constexpr Place kFree = ~Place{0};
  struct Entry {
    Hash hash = 0;
    Place place = kFree;
    bool isFree() const noexcept { return place == kFree; }
  };

  std::size_t next(std::size_t index) const noexcept { return (index + 1) & mask_; }
  /// Where the hash is, or would be.
  std::size_t indexOf(Hash hash) const noexcept {
    auto at = static_cast<std::size_t>(hash) & mask_;
    while (!entries_[at].isFree() && entries_[at].hash != hash) at = next(at);
    return at;
  }

  std::vector<Entry> entries_;
  std::size_t mask_;
};

}  // namespace clerk::jwt
