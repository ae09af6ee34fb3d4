#include <ecmascript/number.hpp>
#include <ecmascript/text.hpp>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace ecmascript {
namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

char* put(char* out, std::string_view text) noexcept {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

char* putZeros(char* out, int count) noexcept {
  std::memset(out, '0', static_cast<std::size_t>(count));
  return out + count;
}

// A number as digits d1 d2 … dk with the value 0.d1d2…dk × 10^point.
struct Decimal {
  char digits[24];
  int count = 0;
  int point = 0;
};

Decimal shortestDigits(double positive) noexcept {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, positive, std::chars_format::scientific).ptr;
  Decimal decimal;
  const char* p = text;
  for (; p != end && *p != 'e'; ++p) {
    if (*p != '.') decimal.digits[decimal.count++] = *p;
  }
  int exponent = 0;
  std::from_chars(p[1] == '+' ? p + 2 : p + 1, end, exponent);
  decimal.point = exponent + 1;
  return decimal;
}

// The layout of ECMA-262's Number::toString: `count` is its k, `point` its n.
char* layOut(char* out, const Decimal& number) noexcept {
  const auto [digits, count, point] = number;
  if (count <= point && point <= 21) return putZeros(put(out, {digits, std::size_t(count)}), point - count);
  if (0 < point && point <= 21) {
    out = put(out, {digits, std::size_t(point)});
    *out++ = '.';
    return put(out, {digits + point, std::size_t(count - point)});
  }
  if (-6 < point && point <= 0) {
    out = putZeros(put(out, "0."), -point);
    return put(out, {digits, std::size_t(count)});
  }
  *out++ = digits[0];
  if (count > 1) {
    *out++ = '.';
    out = put(out, {digits + 1, std::size_t(count - 1)});
  }
  const int exponent = point - 1;
  *out++ = 'e';
  *out++ = exponent < 0 ? '-' : '+';
  return std::to_chars(out, out + 4, std::abs(exponent)).ptr;
}

bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }

int digitValue(char c) noexcept {
  if (isDigit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

// Integers with a radix of 2, 8 or 16, rounded to the nearest double: the first 64 bits and whether any later one is
// set.
double readRadix(std::string_view digits, int bitsPerDigit) noexcept {
  if (digits.empty()) return notANumber;
  std::uint64_t mantissa = 0;
  int exponent = 0;
  bool sticky = false;
  for (const char c : digits) {
    const int value = digitValue(c);
    if (value >= 1 << bitsPerDigit) return notANumber;
    for (int bit = bitsPerDigit - 1; bit >= 0; --bit) {
      const std::uint64_t next = (value >> bit) & 1;
      if (mantissa >> 63) {
        sticky |= next != 0;
        if (exponent < 4096) ++exponent;
      } else {
        mantissa = mantissa << 1 | next;
      }
    }
  }
  if (sticky) mantissa |= 1;
  return std::ldexp(static_cast<double>(mantissa), exponent);
}

// An unsigned StrDecimalLiteral but Infinity.
double readDecimal(std::string_view text) noexcept {
  std::size_t i = 0;
  std::int64_t magnitude = 0;  // decimal exponent of the first digit that is not 0
  bool nonZero = false;
  bool anyDigit = false;
  for (; i < text.size() && isDigit(text[i]); ++i) {
    anyDigit = true;
    if (nonZero) ++magnitude;
    nonZero |= text[i] != '0';
  }
  if (i < text.size() && text[i] == '.') {
    for (++i; i < text.size() && isDigit(text[i]); ++i) {
      anyDigit = true;
      if (!nonZero) --magnitude;
      nonZero |= text[i] != '0';
    }
  }
  if (!anyDigit) return notANumber;
  std::int64_t exponent = 0;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    const bool negative = i < text.size() && text[i] == '-';
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (i == text.size()) return notANumber;
    for (; i < text.size() && isDigit(text[i]); ++i)
      exponent = std::min<std::int64_t>(exponent * 10 + (text[i] - '0'), 1LL << 40);
    if (!isDigit(text[i - 1])) return notANumber;
    if (negative) exponent = -exponent;
  }
  if (i != text.size()) return notANumber;

  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec == std::errc()) return value;
  return nonZero && magnitude + exponent > 0 ? infinity : 0.0;
}

}  // namespace

char* writeNumber(char* out, double number) noexcept {
  if (std::isnan(number)) return put(out, "NaN");
  if (number == 0) return put(out, "0");
  if (number < 0) {
    *out++ = '-';
    number = -number;
  }
  if (std::isinf(number)) return put(out, "Infinity");
  if (number < 9007199254740992.0) {  // 2^53: below it an integer's own digits are the shortest
    const auto integer = static_cast<std::uint64_t>(number);
    if (static_cast<double>(integer) == number) return std::to_chars(out, out + maxNumberLength - 1, integer).ptr;
  }
  return layOut(out, shortestDigits(number));
}

void appendNumber(std::string& out, double number) {
  char text[maxNumberLength];
  out.append(text, writeNumber(text, number));
}

std::string toString(double number) {
  char text[maxNumberLength];
  return {text, writeNumber(text, number)};
}

double toNumber(std::string_view text) noexcept {
  text = trim(text);
  if (text.empty()) return 0;
  if (text.size() > 2 && text[0] == '0') {
    switch (text[1] | 0x20) {
      case 'x': return readRadix(text.substr(2), 4);
      case 'o': return readRadix(text.substr(2), 3);
      case 'b': return readRadix(text.substr(2), 1);
      default: break;
    }
  }
  const bool negative = text[0] == '-';
  if (negative || text[0] == '+') text.remove_prefix(1);
  const double value = text == "Infinity" ? infinity : readDecimal(text);
  return negative ? -value : value;
}

}  // namespace ecmascript
