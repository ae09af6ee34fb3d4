#include <ecmascript/number.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace ecmascript {
namespace {

struct Row {
  double number;
  const char* text;
};

TEST(Number, texts_are_those_of_ecma_262) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const Row rows[] = {
      {0, "0"},
      {-0.0, "0"},
      {1, "1"},
      {-1.5, "-1.5"},
      {100, "100"},
      {1e5, "100000"},
      {1e20, "100000000000000000000"},
      {1e21, "1e+21"},
      {123456789012345680000.0, "123456789012345680000"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {0.1, "0.1"},
      {0.000001, "0.000001"},
      {0.0000012345678901234567, "0.0000012345678901234567"},
      {1e-7, "1e-7"},
      {1.25e-7, "1.25e-7"},
      {5e-324, "5e-324"},
      {9007199254740991.0, "9007199254740991"},
      {9007199254740992.0, "9007199254740992"},
      {9007199254740993.0, "9007199254740992"},
      {12345678901234567890.0, "12345678901234567000"},
      {4.35, "4.35"},
      {1.0 / 3, "0.3333333333333333"},
      {-2e-10, "-2e-10"},
      {std::numeric_limits<double>::quiet_NaN(), "NaN"},
      {infinity, "Infinity"},
      {-infinity, "-Infinity"},
  };
  for (const auto& row : rows) EXPECT_EQ(toString(row.number), row.text);
}

TEST(Number, texts_are_read_as_the_number_function_reads_them) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const std::pair<const char*, double> rows[] = {
      {"", 0},
      {"  \t\n", 0},
      {" 42 ", 42},
      {"5.0", 5},
      {"1e3", 1000},
      {"0x10", 16},
      {"0XfF", 255},
      {"0b101", 5},
      {"0o17", 15},
      {".5", 0.5},
      {"5.", 5},
      {"+7", 7},
      {"-7.25", -7.25},
      {"1E-7", 1e-7},
      {"007", 7},
      {"1e400", infinity},
      {"-1e400", -infinity},
      {"1e-400", 0},
      {"0e999999999999", 0},
      {"Infinity", infinity},
      {"-Infinity", -infinity},
      {"\xC2\xA0"
       "8\xEF\xBB\xBF",
       8},
      {"\xE2\x80\xA8"
       "9",
       9},
      {"0x20000000000001", 9007199254740993.0},
      {"0xFFFFFFFFFFFFFFFFFF", 4722366482869645213696.0},
      {"12345678901234567890", 12345678901234567890.0},
  };
  for (const auto& [text, number] : rows) EXPECT_EQ(toNumber(text), number) << text;
  EXPECT_TRUE(std::signbit(toNumber("-0")));
}

TEST(Number, other_texts_are_not_a_number) {
  for (const auto* text :
       {"abc",   "1 2",      "1,5",      "0x",  "0xg",   "+0x10", "-0x10", "1e",  "1e+", ".",     "+",   "-",  "--1",
        "1.2.3", "infinity", "INFINITY", "NaN", "1_000", "5n",    "0b2",   "0o8", "e5",  "1e5.5", "nan", "inf"}) {
    EXPECT_TRUE(std::isnan(toNumber(text))) << text;
  }
}

TEST(Number, every_text_reads_back_as_the_same_number) {
  std::uint64_t state = 88172645463325252ULL;
  for (int i = 0; i < 20'000; ++i) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    double number;
    static_assert(sizeof number == sizeof state);
    __builtin_memcpy(&number, &state, sizeof number);
    if (!std::isfinite(number)) continue;
    EXPECT_EQ(toNumber(toString(number)), number);
  }
}

}  // namespace
}  // namespace ecmascript
