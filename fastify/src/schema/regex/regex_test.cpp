#include "schema/regex/regex.hpp"

#include "schema/error.hpp"
#include "schema/regex/backtracker.hpp"
#include "schema/regex/syntax.hpp"

#include <gtest/gtest.h>

#include <ctime>

namespace fastify::schema {
namespace {

struct Row {
  const char* pattern;
  const char* text;
  bool matches;
};

// Each row as Node 20 answers `new RegExp(pattern, "u").test(text)`.
const Row rows[] = {
    {"^\\d{5}$", "12345", true},
    {"^\\d{5}$", "123456", false},
    {"^\\d{5}$", "12345\n", false},
    {"a.c", "abc", true},
    {"a.c", "a\nc", false},
    {"a.c",
     "a\xE2\x80\xA8"
     "c",
     false},
    {"^.$", "😀", true},
    {"[^]", "\n", true},
    {"[]", "a", false},
    {"^\\s$", "\xC2\xA0", true},
    {"^\\S$", "\xC2\xA0", false},
    {"^[\\S]$", "é", true},
    {"^[\\s\\d]+$", "1 \xEF\xBB\xBF", true},
    {"^\\w+$", "a_9", true},
    {"^\\w+$", "é", false},
    {"^[\\W]$", "é", true},
    {"\\bfoo\\b", "a foo b", true},
    {"\\bfoo\\b", "afoo b", false},
    {"^\\u0041\\x42\\u{43}$", "ABC", true},
    {"^\\ud83d\\ude00$", "😀", true},
    {"^\\p{L}+$", "Straße", true},
    {"^\\p{Letter}+$", "a1", false},
    {"^\\p{Script=Greek}$", "λ", true},
    {"^\\P{Lu}$", "a", true},
    {"^[\\p{Lu}_]+$", "A_", true},
    {"^\\cA$", "\x01", true},
    {"^(a|b)*?c$", "ababc", true},
    {"^(?:ab){2,3}$", "abab", true},
    {"^(?:ab){2,3}$", "ab", false},
    {"^a{0}$", "", true},
    {"^(?<year>\\d{4})-\\d\\d$", "2024-01", true},
    {"^[a-z\\-\\]]+$", "a-]", true},
    {"^[[:alph]+$", ":[a", true},
    {"^\\/\\.\\$$", "/.$", true},
    {"x*", "", true},
    {"^[&&]$", "&", true},
    // What only backtracking can do.
    {"^(?=.*[A-Z])(?=.*\\d).{8,}$", "abcDef12", true},
    {"^(?=.*[A-Z])(?=.*\\d).{8,}$", "abcdef12", false},
    {"^(?!.*\\.\\.)[a-z.]+$", "a.b.c", true},
    {"^(?!.*\\.\\.)[a-z.]+$", "a..b", false},
    {"^((?!foo).)*$", "bar baz", true},
    {"^((?!foo).)*$", "a foo", false},
    {"(?<=\\$)\\d+", "cost $42", true},
    {"(?<=\\$)\\d+", "cost 42", false},
    {"(?<!\\$)\\b\\d+", "$42", false},
    {"(?<!a)b", "ab", false},
    {"(?<!a)b", "b", true},
    {"^(a+)\\1$", "aaaa", true},
    {"^(a+)\\1$", "aaa", false},
    {"^(?<q>['\"]).*\\k<q>$", "'x'", true},
    {"^(?<q>['\"]).*\\k<q>$", "'x\"", false},
    {"^\\1(a)$", "a", true},
    {"^(?:(a)|b)*\\1$", "ab", true},
    {"^(?=(a+))a*b\\1$", "aabaa", true},
    {"(?=(a+))a*b\\1", "baaabac", true},
    {"^(?:(?=a)a|b){3}$", "aba", true},
    {"(?<=(\\d+)(\\d+))$", "1053", true},
    {"^(?:a?){3}(?=b)", "aab", true},
    {"(?:)*(?=x)", "x", true},
    {"^(?:a{1001})(?=b)", "ab", false},
    {"^a{1001}$", "ab", false},
    {"(?=\\p{Lu})A", "A", true},
};

TEST(Regex, matches_as_javascript_does) {
  for (const auto& row : rows)
    EXPECT_EQ(Regex(row.pattern).matches(row.text), row.matches) << row.pattern << " on " << row.text;
}

TEST(Regex, both_engines_agree) {
  for (const auto& row : rows) {
    const regex::Backtracker backtracker(regex::parse(row.pattern));
    EXPECT_EQ(backtracker.matches(row.text), row.matches) << row.pattern << " on " << row.text;
  }
}

TEST(Regex, only_what_needs_it_backtracks) {
  EXPECT_FALSE(Regex("^(a|b)+$").backtracks());
  EXPECT_TRUE(Regex("(?=a)").backtracks());
  EXPECT_TRUE(Regex("(a)\\1").backtracks());
}

TEST(Regex, malformed_patterns_are_refused_with_a_reason) {
  const std::pair<const char*, const char*> bad[] = {
      {"(", "Invalid regular expression: /(/u: Unterminated group"},
      {"a)", "Invalid regular expression: /a)/u: Unmatched ')'"},
      {"[a", "Invalid regular expression: /[a/u: Unterminated character class"},
      {"*a", "Invalid regular expression: /*a/u: Nothing to repeat"},
      {"a**", "Invalid regular expression: /a**/u: Nothing to repeat"},
      {"^*", "Invalid regular expression: /^*/u: Nothing to repeat"},
      {"\\a", "Invalid regular expression: /\\a/u: Invalid escape"},
      {"\\Z", "Invalid regular expression: /\\Z/u: Invalid escape"},
      {"a{2,1}", "Invalid regular expression: /a{2,1}/u: numbers out of order in {} quantifier"},
      {"[b-a]", "Invalid regular expression: /[b-a]/u: Range out of order in character class"},
      {"a{", "Invalid regular expression: /a{/u: Incomplete quantifier"},
      {"}", "Invalid regular expression: /}/u: Lone quantifier brackets"},
      {"\\1", "Invalid regular expression: /\\1/u: Invalid escape"},
      {"\\k<a>", "Invalid regular expression: /\\k<a>/u: Invalid named capture referenced"},
      {"\\p{Nope}", "Invalid regular expression: /\\p{Nope}/u: Invalid property name"},
      {"(?z)", "Invalid regular expression: /(?z)/u: Invalid group"},
      {"\\", "Invalid regular expression: /\\/u: \\ at end of pattern"},
  };
  for (const auto& [pattern, message] : bad) {
    try {
      Regex regex(pattern);
      FAIL() << pattern;
    } catch (const SchemaError& error) {
      EXPECT_STREQ(error.what(), message);
    }
  }
}

TEST(Regex, the_web_dialect_is_lenient) {
  for (const auto* good : {"\\a", "a{", "}", "]", "\\1", "\\u", "\\x", "[\\d-z]", "(?=a)*", "\\c", "^[\\w-.]+$"}) {
    EXPECT_NO_THROW(regex::parse(good, regex::Dialect::Web)) << good;
  }
  for (const auto* bad : {"(", "a)", "[a", "*", "a**", "\\", "[b-a]", "a{2,1}", "(?<>a)", "x{1}{1}"}) {
    EXPECT_THROW(regex::parse(bad, regex::Dialect::Web), std::invalid_argument) << bad;
  }
}

TEST(Regex, hostile_input_ends_soon) {
  const auto start = std::clock();
  EXPECT_FALSE(Regex("^(?=(a+)+$)b").matches(std::string(40, 'a') + "!"));
  EXPECT_FALSE(Regex("^(a|a)*\\1b$").matches(std::string(5000, 'a')));
  EXPECT_FALSE(Regex("^(a+)+$").matches(std::string(100'000, 'a') + "!"));
  EXPECT_TRUE(Regex("^(?!b)[^]*$").matches(std::string(100'000, 'a')));
  EXPECT_THROW(Regex("(?=(?:(?:a{1000}){1000}){1000})"), SchemaError);
  EXPECT_THROW(Regex(std::string(100'000, '(')), SchemaError);
  EXPECT_LT(std::clock() - start, 20 * CLOCKS_PER_SEC);  // of this process, whatever else the machine does
}

}  // namespace
}  // namespace fastify::schema
