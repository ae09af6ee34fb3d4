#include "response_writer.hpp"

#include "status.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fastify::http {
namespace {

/// The Date line's value masked.
std::string masked(std::string text) {
  for (std::size_t at = 0; (at = text.find("Date: ", at)) != text.npos;) {
    at += 6;
    text.replace(at, text.find("\r\n", at) - at, "<date>");
  }
  return text;
}

std::string headText(const ResponseHead& head) {
  std::string out;
  DateClock clock;
  appendHead(out, head, clock);
  return masked(out);
}

TEST(ResponseWriter, writes_the_replys_headers_then_those_of_the_connection) {
  const std::vector<HeaderField> headers{{"content-type", "application/json; charset=utf-8"}, {"content-length", "17"}};
  EXPECT_EQ(headText({.headers = headers}),
            "HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: 17\r\nDate: <date>\r\n"
            "Connection: keep-alive\r\nKeep-Alive: timeout=72\r\n\r\n");
}

TEST(ResponseWriter, a_text_without_address_is_empty) {
  const std::vector<HeaderField> headers{{"x-none", std::string_view()}};
  EXPECT_EQ(headText({.headers = headers}).substr(0, 27), "HTTP/1.1 200 OK\r\nx-none: \r\n");
}

TEST(ResponseWriter, tells_what_becomes_of_the_connection) {
  EXPECT_EQ(headText({.connection = {.keepAlive = false}}),
            "HTTP/1.1 200 OK\r\nDate: <date>\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(headText({.connection = {.keepAliveTimeout = std::chrono::milliseconds(1999)}}),
            "HTTP/1.1 200 OK\r\nDate: <date>\r\nConnection: keep-alive\r\nKeep-Alive: timeout=1\r\n\r\n");
  EXPECT_EQ(headText({.connection = {.keepAliveTimeout = std::chrono::milliseconds(0)}}),
            "HTTP/1.1 200 OK\r\nDate: <date>\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(headText({.connection = {.maxRequests = 2}}),
            "HTTP/1.1 200 OK\r\nDate: <date>\r\nConnection: keep-alive\r\nKeep-Alive: timeout=72, max=2\r\n\r\n");
}

TEST(ResponseWriter, keeps_a_date_that_was_set) {
  const std::vector<HeaderField> headers{{"date", "today"}};
  EXPECT_EQ(headText({.headers = headers, .connection = {.keepAlive = false}}),
            "HTTP/1.1 200 OK\r\ndate: today\r\nConnection: close\r\n\r\n");
}

TEST(ResponseWriter, knows_nodes_reason_phrases) {
  EXPECT_EQ(reasonPhrase(413), "Payload Too Large");
  EXPECT_EQ(reasonPhrase(414), "URI Too Long");
  EXPECT_EQ(reasonPhrase(418), "I'm a Teapot");
  EXPECT_EQ(reasonPhrase(422), "Unprocessable Entity");
  EXPECT_EQ(reasonPhrase(499), "");
  EXPECT_EQ(headText({.statusCode = 499}).substr(0, 22), "HTTP/1.1 499 unknown\r\n");
  EXPECT_EQ(headText({.statusCode = 404}).substr(0, 24), "HTTP/1.1 404 Not Found\r\n");
}

TEST(ResponseWriter, writes_chunks_and_trailers) {
  std::string out;
  appendChunk(out, "hello stream");
  appendChunk(out, "");
  const std::vector<HeaderField> trailers{{"etag", "abc"}};
  appendLastChunk(out, trailers);
  EXPECT_EQ(out, "c\r\nhello stream\r\n0\r\netag: abc\r\n\r\n");
  EXPECT_EQ(headText({.chunked = true}),
            "HTTP/1.1 200 OK\r\nDate: <date>\r\nConnection: keep-alive\r\nKeep-Alive: timeout=72\r\n"
            "Transfer-Encoding: chunked\r\n\r\n");
}

TEST(ResponseWriter, informational_answers_have_no_headers_of_their_own) {
  std::string out;
  appendInformational(out, 100);
  const std::vector<HeaderField> links{{"Link", "</a.css>; rel=preload"}};
  appendInformational(out, 103, links);
  EXPECT_EQ(out, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n");
}

// http.garbage, http.header-overflow, life.request-timeout, and row W6 of the contract.
TEST(ResponseWriter, fixed_answers_are_as_recorded) {
  EXPECT_EQ(refusalAnswer(Refusal::InvalidMethod),
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 65\r\nContent-Type: application/json\r\n\r\n"
            "{\"error\":\"Bad Request\",\"message\":\"Client Error\",\"statusCode\":400}");
  EXPECT_EQ(
      refusalAnswer(Refusal::HeaderOverflow),
      "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 114\r\nContent-Type: application/json\r\n\r\n"
      "{\"error\":\"Request Header Fields Too Large\",\"message\":\"Exceeded maximum allowed HTTP header size\","
      "\"statusCode\":431}");
  EXPECT_EQ(timeoutAnswer(),
            "HTTP/1.1 408 Request Timeout\r\nContent-Length: 71\r\nContent-Type: application/json\r\n\r\n"
            "{\"error\":\"Request Timeout\",\"message\":\"Client Timeout\",\"statusCode\":408}");
  EXPECT_EQ(refusalAnswer(Refusal::Connect), "");
  for (const auto answer : {refusalAnswer(Refusal::InvalidMethod), refusalAnswer(Refusal::HeaderOverflow),
                            timeoutAnswer(), closingAnswer()}) {
    const auto body = answer.substr(answer.find("\r\n\r\n") + 4);
    EXPECT_NE(answer.find("Content-Length: " + std::to_string(body.size()) + "\r\n"), answer.npos) << answer;
  }
}

// http.no-host and http.expect-other.
TEST(ResponseWriter, empty_answers_are_chunked) {
  std::string out;
  DateClock clock;
  appendEmptyAnswer(out, 417, {}, clock);
  EXPECT_EQ(masked(out),
            "HTTP/1.1 417 Expectation Failed\r\nDate: <date>\r\nConnection: keep-alive\r\nKeep-Alive: timeout=72\r\n"
            "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
}

TEST(DateClock, writes_dates_as_http_has_them) {
  DateClock clock;
  EXPECT_EQ(clock.at(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(clock.at(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(clock.at(1709164800), "Thu, 29 Feb 2024 00:00:00 GMT");
  EXPECT_EQ(clock.now().size(), 29u);
}

}  // namespace
}  // namespace fastify::http
