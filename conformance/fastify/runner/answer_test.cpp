#include "answer.hpp"

#include <ecmascript/json_text.hpp>

#include <gtest/gtest.h>

namespace conformance {
namespace {

TEST(Answer, body_with_a_length_is_read_to_its_length) {
  const auto answers =
      parseAnswers("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhiHTTP/1.1 204 No Content\r\n\r\n", {}, false);
  ASSERT_EQ(answers.all.size(), 2u);
  EXPECT_EQ(answers.all[0].body, "hi");
  EXPECT_EQ(answers.all[0].framing, "content-length");
  EXPECT_EQ(answers.all[1].status, 204);
  EXPECT_EQ(answers.all[1].reason, "No Content");
  EXPECT_EQ(answers.all[1].framing, "none");
}

TEST(Answer, chunks_are_put_together_and_trailers_kept) {
  const auto answers = parseAnswers(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\nx-sum: 4\r\n\r\n", {}, false);
  ASSERT_EQ(answers.all.size(), 1u);
  EXPECT_EQ(answers.all[0].body, "abcd");
  EXPECT_EQ(answers.all[0].framing, "chunked");
  ASSERT_EQ(answers.all[0].trailers.size(), 1u);
  EXPECT_EQ(answers.all[0].trailers[0].second, "4");
}

TEST(Answer, informational_answer_is_not_final) {
  const auto answers =
      parseAnswers("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", {}, false);
  EXPECT_EQ(answers.all.size(), 2u);
  EXPECT_EQ(answers.finals, 1u);
}

TEST(Answer, head_answer_has_no_body_whatever_its_length_says) {
  const auto answers = parseAnswers(
      "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", {0}, false);
  ASSERT_EQ(answers.all.size(), 2u);
  EXPECT_EQ(answers.all[0].framing, "none");
}

TEST(Answer, cut_off_body_counts_only_when_the_connection_has_ended) {
  const std::string_view bytes = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc";
  EXPECT_TRUE(parseAnswers(bytes, {}, false).all.empty());
  const auto answers = parseAnswers(bytes, {}, true);
  ASSERT_EQ(answers.all.size(), 1u);
  EXPECT_TRUE(answers.all[0].incomplete);
  EXPECT_EQ(answers.all[0].body, "abc");
}

TEST(Answer, body_without_a_length_lasts_until_the_end) {
  const std::string_view bytes = "HTTP/1.1 200 OK\r\n\r\nall of it";
  EXPECT_TRUE(parseAnswers(bytes, {}, false).all.empty());
  const auto answers = parseAnswers(bytes, {}, true);
  ASSERT_EQ(answers.all.size(), 1u);
  EXPECT_EQ(answers.all[0].framing, "until-close");
  EXPECT_EQ(answers.all[0].body, "all of it");
}

TEST(Answer, current_date_is_noted_and_an_own_one_is_kept) {
  const auto now = parseAnswers("HTTP/1.1 204 No Content\r\nDate: Tue, 02 Jan 2024 03:04:05 GMT\r\n\r\n", {}, false);
  EXPECT_TRUE(now.all.at(0).date);
  EXPECT_TRUE(now.all[0].headers.empty());
  const auto own = parseAnswers("HTTP/1.1 204 No Content\r\ndate: Thu, 01 Jan 1970 00:00:00 GMT\r\n\r\n", {}, false);
  EXPECT_FALSE(own.all.at(0).date);
  EXPECT_EQ(own.all[0].headers.size(), 1u);
}

TEST(Answer, json_hides_long_texts_behind_their_digest_and_bytes_behind_base64) {
  Answer text;
  text.body = std::string(2001, 'x');
  EXPECT_EQ(text.json().at("body_length").as_uint64(), 2001u);
  EXPECT_EQ(text.json().at("body_sha256").as_string().size(), 64u);
  Answer bytes;
  bytes.body = "\xff";
  EXPECT_EQ(bytes.json().at("body_base64").as_string(), "/w==");
}

TEST(Answer, header_bytes_are_latin_1) {
  const auto answers = parseAnswers("HTTP/1.1 204 No Content\r\nx: caf\xe9\r\n\r\n", {}, false);
  EXPECT_EQ(answers.all.at(0).headers.at(0).second, "café");
}

}  // namespace
}  // namespace conformance
