#include "model/random.hpp"

#include <crypto/digest.hpp>
#include <crypto/random.hpp>

#include <array>

namespace clerk::instance {
namespace {
constexpr std::string_view base62Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
}

std::uint64_t Random::below(std::uint64_t bound) {
  // Values above the largest multiple of `bound` would favour small results: draw again.
  const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
  std::uint64_t value = 0;
  do {
    std::array<unsigned char, sizeof value> bytes{};
    fill(bytes);
    value = 0;
    for (unsigned char byte : bytes) value = value << 8 | byte;
  } while (value >= limit);
  return value % bound;
}

std::string Random::base62(std::size_t length) {
  std::string text;
  text.reserve(length);
  std::array<unsigned char, 64> bytes{};
  while (text.size() < length) {
    fill(bytes);
    for (unsigned char byte : bytes) {
      // 248 is the largest multiple of 62 in a byte.
      if (byte < 248 && text.size() < length) text.push_back(base62Alphabet[byte % 62]);
    }
  }
  return text;
}

std::string Random::hex(std::size_t bytes) {
  std::string raw(bytes, '\0');
  fill({reinterpret_cast<unsigned char*>(raw.data()), raw.size()});
  return crypto::hexEncode(raw);
}

std::string Random::digits(std::size_t length) {
  std::string text;
  text.reserve(length);
  while (text.size() < length) text.push_back(static_cast<char>('0' + below(10)));
  return text;
}

void SystemRandom::fill(std::span<unsigned char> bytes) { crypto::fillRandom(bytes); }

}  // namespace clerk::instance
