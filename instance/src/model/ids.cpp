#include "model/ids.hpp"

#include <algorithm>

namespace clerk::instance {
namespace {
constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// KSUID's epoch, 14e8 seconds after Unix's (segmentio/ksuid README).
constexpr std::int64_t ksuidEpoch = 1'400'000'000;
constexpr std::size_t ksuidLength = 27;
}  // namespace

std::string ksuidText(const std::array<unsigned char, 20>& bytes) {
  // Five 32-bit digits, divided by 62 again and again: the remainders are the text from its end.
  std::array<std::uint32_t, 5> number{};
  for (std::size_t i = 0; i < number.size(); ++i) {
    for (std::size_t j = 0; j < 4; ++j) number[i] = number[i] << 8 | bytes[i * 4 + j];
  }
  std::string text(ksuidLength, '0');
  for (auto position = text.rbegin(); position != text.rend(); ++position) {
    std::uint64_t remainder = 0;
    for (std::uint32_t& digit : number) {
      const std::uint64_t value = remainder << 32 | digit;
      digit = static_cast<std::uint32_t>(value / 62);
      remainder = value % 62;
    }
    *position = alphabet[remainder];
  }
  return text;
}

std::string newId(std::string_view prefix, Time now, Random& random) {
  std::array<unsigned char, 20> bytes{};
  const auto seconds = static_cast<std::uint32_t>(std::max<std::int64_t>(toSeconds(now) - ksuidEpoch, 0));
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<unsigned char>(seconds >> (24 - 8 * i));
  random.fill(std::span(bytes).subspan(4));
  std::string text;
  text.reserve(prefix.size() + 1 + ksuidLength);
  return text.append(prefix).append("_").append(ksuidText(bytes));
}

}  // namespace clerk::instance
