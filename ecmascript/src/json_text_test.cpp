#include <ecmascript/json_text.hpp>

#include <gtest/gtest.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <limits>

namespace ecmascript {
namespace {

namespace json = boost::json;

TEST(JsonText, numbers_are_laid_out_as_in_javascript) {
  const json::array numbers{0.1,
                            1e21,
                            1e-7,
                            -0.0,
                            123456789012345680000.0,
                            5e-324,
                            1.0,
                            100,
                            1.5e300,
                            std::numeric_limits<double>::quiet_NaN(),
                            std::numeric_limits<double>::infinity()};
  EXPECT_EQ(stringify(numbers), "[0.1,1e+21,1e-7,0,123456789012345680000,5e-324,1,100,1.5e+300,null,null]");
}

TEST(JsonText, integers_keep_all_their_digits) {
  EXPECT_EQ(stringify(json::value(std::numeric_limits<std::uint64_t>::max())), "18446744073709551615");
  EXPECT_EQ(stringify(json::value(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
}

TEST(JsonText, only_the_necessary_characters_are_escaped) {
  EXPECT_EQ(stringify(json::value("\"\\/\b\f\n\r\t\x01\x7f\xE2\x80\xA8</script>é😀")),
            "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\x7f\xE2\x80\xA8</script>é😀\"");
}

TEST(JsonText, escapes_are_found_at_every_place_of_a_block) {
  for (std::size_t length = 0; length < 40; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      for (const auto& [character, escaped] : {std::pair{'"', "\\\""}, {'\n', "\\n"}, {'\x1f', "\\u001f"}}) {
        std::string text(length, 'a');
        text[at] = character;
        std::string expected(length, 'a');
        expected.replace(at, 1, escaped);
        std::string out = "x";
        appendEscaped(out, text);
        ASSERT_EQ(out, "x" + expected);
      }
    }
  }
}

TEST(JsonText, a_lone_surrogate_becomes_an_escape) {
  EXPECT_EQ(stringify(json::value("a\xED\xA0\x80z")), R"("a\ud800z")");
  EXPECT_EQ(stringify(json::value("\xED\xBF\xBF")), R"("\udfff")");
  EXPECT_EQ(stringify(json::value("0123456789abcdef\xED\xA0\x80")), R"("0123456789abcdef\ud800")");
  EXPECT_EQ(stringify(json::value("\xED\x9F\xBF")), "\"\xED\x9F\xBF\"");  // U+D7FF is a character
  EXPECT_EQ(stringify(json::value("\xED")), "\"\xED\"");
}

TEST(JsonText, nested_values_keep_their_order) {
  const std::string text = R"({"b":[],"a":{},"c":[1,[2,[null,true,false]],{"k":"v"}]})";
  EXPECT_EQ(stringify(json::parse(text)), text);
  std::string out = "prefix:";
  appendJson(out, json::parse(text).as_object());
  EXPECT_EQ(out, "prefix:" + text);
}

TEST(JsonText, long_texts_with_many_escapes_grow_the_output) {
  const std::string quotes(100'000, '"');
  std::string expected = "\"";
  for (std::size_t i = 0; i < quotes.size(); ++i) expected += "\\\"";
  EXPECT_EQ(stringify(json::value(quotes)), expected + "\"");
  EXPECT_EQ(stringify(json::value(std::string(10'000, '\x01'))).size(), 60'002U);
}

}  // namespace
}  // namespace ecmascript
