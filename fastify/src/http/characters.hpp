#pragma once
// Which bytes may stand where in a message (RFC 9110 §5.5, §5.6.2), and how far they go on.

#include <array>
#include <cstdint>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace fastify::http {

namespace detail {
constexpr std::array<bool, 256> makeTokenTable() noexcept {
  std::array<bool, 256> table{};
  for (char c = '0'; c <= '9'; ++c) table[static_cast<unsigned char>(c)] = true;
  for (char c = 'a'; c <= 'z'; ++c) table[static_cast<unsigned char>(c)] = true;
  for (char c = 'A'; c <= 'Z'; ++c) table[static_cast<unsigned char>(c)] = true;
  for (char c : std::string_view("!#$%&'*+-.^_`|~")) table[static_cast<unsigned char>(c)] = true;
  return table;
}
inline constexpr auto tokenTable = makeTokenTable();
constexpr std::array<bool, 256> makeValueTable() noexcept {
  std::array<bool, 256> table{};
  for (int byte = 0; byte < 256; ++byte)
    table[static_cast<unsigned>(byte)] = (byte >= 0x20 && byte != 0x7f) || byte == '\t';
  return table;
}
inline constexpr auto valueTable = makeValueTable();
}  // namespace detail

constexpr bool isTokenCharacter(char c) noexcept { return detail::tokenTable[static_cast<unsigned char>(c)]; }

/// Anything but controls; a tab is allowed, and bytes above 0x7F (obs-text).
constexpr bool isValueCharacter(char c) noexcept { return detail::valueTable[static_cast<unsigned char>(c)]; }

/// Visible ASCII.
constexpr bool isTargetCharacter(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte < 0x7f;
}

constexpr char lowerCase(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

/// `lower` is lower-case.
constexpr bool equalsLower(std::string_view text, std::string_view lower) noexcept {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (lowerCase(text[i]) != lower[i]) return false;
  }
  return true;
}

constexpr std::string_view trimBlanks(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// The first byte of [at, end) that is no value character; `end` without one.
inline const char* skipValue(const char* at, const char* end) noexcept {
#ifdef __SSE2__
  const auto tab = _mm_set1_epi8('\t');
  const auto del = _mm_set1_epi8(0x7f);
  const auto lastControl = _mm_set1_epi8(0x1f);
  for (; end - at >= 16; at += 16) {
    const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const auto control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, lastControl), bytes);
    const auto bad = _mm_or_si128(_mm_andnot_si128(_mm_cmpeq_epi8(bytes, tab), control), _mm_cmpeq_epi8(bytes, del));
    if (const int mask = _mm_movemask_epi8(bad)) return at + __builtin_ctz(static_cast<unsigned>(mask));
  }
#endif
  while (at != end && isValueCharacter(*at)) ++at;
  return at;
}

/// The first byte of [at, end) that is no target character; `end` without one.
inline const char* skipTarget(const char* at, const char* end) noexcept {
#ifdef __SSE2__
  const auto space = _mm_set1_epi8(' ');
  const auto del = _mm_set1_epi8(0x7f);
  for (; end - at >= 16; at += 16) {
    // Signed: bytes above 0x7F are below the space.
    const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const auto good = _mm_andnot_si128(_mm_cmpeq_epi8(bytes, del), _mm_cmpgt_epi8(bytes, space));
    if (const int mask = _mm_movemask_epi8(good) ^ 0xffff) return at + __builtin_ctz(static_cast<unsigned>(mask));
  }
#endif
  while (at != end && isTargetCharacter(*at)) ++at;
  return at;
}

}  // namespace fastify::http
