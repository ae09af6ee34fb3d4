#pragma once
// Randomness as an argument: flows draw ids, codes and tokens from a generator that they are given.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace clerk::instance {

/// Unguessable bytes. Safe from any thread.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<unsigned char> bytes) = 0;

  /// A number in [0, bound), without bias; `bound` must not be 0.
  std::uint64_t below(std::uint64_t bound);
  /// `length` characters of 0-9A-Za-z, about 5.95 bits each.
  std::string base62(std::size_t length);
  /// 2 × `bytes` characters of lower-case hexadecimal.
  std::string hex(std::size_t bytes);
  /// Decimal digits, leading zeros included: a code for a mail.
  std::string digits(std::size_t length);
};

/// The operating system's generator.
class SystemRandom final : public Random {
 public:
  void fill(std::span<unsigned char> bytes) override;
};

}  // namespace clerk::instance
