#include <crypto/random.hpp>

#include <openssl/rand.h>

#include <stdexcept>

namespace crypto {

void fillRandom(std::span<unsigned char> bytes) {
  if (bytes.empty()) return;
  if (RAND_bytes_ex(nullptr, bytes.data(), bytes.size(), 0) != 1) {
    throw std::runtime_error("the random generator of the system does not answer");
  }
}

std::string randomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  fillRandom({reinterpret_cast<unsigned char*>(bytes.data()), bytes.size()});
  return bytes;
}

std::uint64_t randomBelow(std::uint64_t bound) {
  // The values above the last whole multiple of `bound` would favour small results: draw again.
  const std::uint64_t excess = (0 - bound) % bound;
  for (;;) {
    std::uint64_t value = 0;
    fillRandom({reinterpret_cast<unsigned char*>(&value), sizeof value});
    if (value >= excess) return value % bound;
  }
}

}  // namespace crypto
