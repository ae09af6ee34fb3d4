#include <ecmascript/hex.hpp>

#include <gtest/gtest.h>

#include <cctype>

namespace ecmascript {
namespace {

TEST(Hex, every_byte_is_a_digit_or_is_none) {
  for (int byte = 0; byte < 256; ++byte) {
    const int digit = hexDigit(static_cast<char>(byte));
    EXPECT_EQ(digit >= 0, byte < 128 && std::isxdigit(byte) != 0) << byte;
    if (digit >= 0) EXPECT_EQ(std::tolower(byte), "0123456789abcdef"[digit]);
  }
}

TEST(Hex, an_escape_is_a_percent_sign_and_two_digits) {
  EXPECT_EQ(escapedByte("%41"), 'A');
  EXPECT_EQ(escapedByte("%fF/rest"), static_cast<char>(0xff));
  EXPECT_EQ(escapedByte("%00"), '\0');
  for (const auto* text : {"", "%", "%4", "%4g", "%g4", "x41", "%%41", "% 1"})
    EXPECT_EQ(escapedByte(text), std::nullopt) << text;
}

}  // namespace
}  // namespace ecmascript
