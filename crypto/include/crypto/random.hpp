#pragma once
// Random bytes that an attacker cannot guess.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace crypto {

/// Fills `bytes` from the operating system's generator. Throws std::runtime_error when it fails. Any thread.
void fillRandom(std::span<unsigned char> bytes);
/// `count` random bytes.
std::string randomBytes(std::size_t count);
/// A number in [0, bound), without bias. `bound` must not be 0.
std::uint64_t randomBelow(std::uint64_t bound);

}  // namespace crypto
