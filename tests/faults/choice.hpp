#pragma once
// Random choices that follow from a seed alone (splitmix64): the same on every machine.

#include <cstdint>

namespace faults {

class Choice {
 public:
  explicit Choice(std::uint64_t seed) noexcept : state_(seed) {}

  std::uint64_t next() noexcept {
    state_ += 0x9e3779b97f4a7c15;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
  }
  /// In [0, bound); the bias of small bounds does not matter here.
  std::uint64_t below(std::uint64_t bound) noexcept { return next() % bound; }
  bool oneIn(std::uint64_t n) noexcept { return below(n) == 0; }

 private:
  std::uint64_t state_;
};

}  // namespace faults
