#include "part_parser.hpp"

#include <fastify/error.hpp>

#include <gtest/gtest.h>

namespace fastify::detail {
namespace {

/// What a body says: "[name: value|…]content" for each part, or the error's code.
std::string read(std::string_view body, std::size_t piece, std::string_view boundary = "b") {
  PartParser parser(boundary, 5, 200);
  std::string seen;
  try {
    while (true) {
      switch (parser.next()) {
        case PartParser::Event::NeedMore:
          if (body.empty()) parser.finish();
          parser.feed(body.substr(0, piece));
          body.remove_prefix(std::min(piece, body.size()));
          break;
        case PartParser::Event::Part:
          seen += '[';
          for (const auto& [name, value] : parser.headers()) seen += name + ": " + value + "|";
          seen += ']';
          break;
        case PartParser::Event::Data: seen += parser.data(); break;
        case PartParser::Event::PartEnd: seen += '$'; break;
        case PartParser::Event::End: return seen;
      }
    }
  } catch (const FastifyError& error) {
    return error.code;
  }
}

struct Row {
  std::string body;
  std::string seen;
};

TEST(PartParser, bodies_are_read_the_same_in_any_pieces) {
  const Row rows[] = {
      {"--b\r\nA: 1\r\n\r\none\r\n--b\r\nB: 2\r\n\r\ntwo\r\n--b--\r\n", "[a: 1|]one$[b: 2|]two$"},
      {"preamble --b\r\n\r\n--b\r\n\r\nx\r\n--b--epilogue --b\r\n", "[]x$"},
      {"--b--", ""},
      {"--b \t\r\n\r\nx\r\n--b--", "[]x$"},
      {"--b\r\nA: 1\r\n\r\n\r\n--b--", "[a: 1|]$"},
      {"--b\r\nA: 1\r\n\r\n--b--", "[a: 1|]$"},
      {"--b\r\n\r\na\r\n\r\n--a\r\n-b--b\r\n--b--", "[]a\r\n\r\n--a\r\n-b--b$"},
      {"--b\r\n\r\n\n--b\n\r\n--b--", "[]\n--b\n$"},
      {"", ""},
      // Where readers disagree, nothing is guessed.
      {"--bb\r\n\r\nx\r\n--b--", "FST_MP_MALFORMED"},
      {"--b\r\n\r\nx\r\n--bogus\r\ny\r\n--b--", "FST_MP_MALFORMED"},
      {"--b-\r\n\r\nx\r\n--b--", "FST_MP_MALFORMED"},
      {"--b\n\nx\n--b--", "FST_MP_MALFORMED"},
      {"--b\r\nA: 1\nB: 2\r\n\r\nx\r\n--b--", "FST_MP_MALFORMED"},
      {"--b\r\nA: 1\r\n folded\r\n\r\nx\r\n--b--", "FST_MP_MALFORMED"},
      {"--b\r\nA : 1\r\n\r\nx\r\n--b--", "FST_MP_MALFORMED"},
      {"--b\r\nno colon\r\n\r\nx\r\n--b--", "FST_MP_MALFORMED"},
      {"--b\r\n: 1\r\n\r\nx\r\n--b--", "FST_MP_MALFORMED"},
      {"--b\r\nA: 1\r\n--b\r\n\r\nx\r\n--b--", "FST_MP_MALFORMED"},
      {"--b\r\nA: 1\r\nA: 2\r\nA: 3\r\nA: 4\r\nA: 5\r\nA: 6\r\n\r\nx\r\n--b--", "FST_MP_MALFORMED"},
      {"--b\r\nA: " + std::string(300, 'x') + "\r\n\r\nx\r\n--b--", "FST_MP_MALFORMED"},
      {"--b" + std::string(300, ' '), "FST_MP_MALFORMED"},
      {"--b\r\n\r\nx", "FST_MP_PREMATURE_CLOSE"},
      {"--b\r\n\r\nx\r\n--b", "FST_MP_PREMATURE_CLOSE"},
      {"--b\r\nA: 1\r\n", "FST_MP_PREMATURE_CLOSE"},
      {"no boundary at all", "FST_MP_PREMATURE_CLOSE"},
  };
  for (const auto& row : rows) {
    for (const std::size_t piece :
         {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7}, std::size_t{10'000}}) {
      EXPECT_EQ(read(row.body, piece), row.seen) << row.body << " by " << piece;
    }
  }
}

TEST(PartParser, a_body_full_of_half_boundaries_is_read_in_linear_time) {
  std::string body = "--b\r\n\r\n";
  for (int i = 0; i < 200'000; ++i) body += "\r\n--";
  body += "\r\n--b--";
  EXPECT_EQ(read(body, 4096).size(), 2 + 200'000 * 4 + 1);
}

TEST(PartParser, parameters_are_read_once_each) {
  const auto read = [](std::string_view text) { return parseParameterised(text); };
  EXPECT_EQ(*read("form-data; name=\"a b\"; FileName=c.txt")->find("filename"), "c.txt");
  EXPECT_EQ(*read(R"(form-data; name="a\"b\\c\d")")->find("name"), R"(a"b\c\d)");
  EXPECT_EQ(*read("form-data; name=\"a;b=c\"")->find("name"), "a;b=c");
  EXPECT_EQ(read("Form-Data ;")->value, "form-data");
  for (const char* text : {"form-data; name=a; name=b", "form-data; name=a; NAME=a", "form-data; name",
                           "form-data; name=\"a", "form-data; =a", "form-data; name=\"a\" b=c"}) {
    EXPECT_FALSE(read(text)) << text;
  }
}

TEST(PartParser, a_boundary_is_one_or_there_is_none) {
  EXPECT_EQ(boundaryOf("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(boundaryOf("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\""), "a b");
  for (const std::string& type :
       {std::string("multipart/form-data"), std::string("multipart/form-data; boundary="),
        std::string("multipart/mixed; boundary=a"), std::string("multipart/form-data; boundary=a; boundary=b"),
        "multipart/form-data; boundary=" + std::string(71, 'a'), std::string("multipart/form-data; boundary=\"a \""),
        std::string("multipart/form-data; boundary=\"a\r\nb\"")}) {
    EXPECT_EQ(boundaryOf(type), std::nullopt) << type;
  }
}

}  // namespace
}  // namespace fastify::detail
