#include "chunked_body.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace fastify::http {
namespace {

using Status = ChunkedBody::Status;

struct Outcome {
  Status status = Status::NeedMore;
  std::string body;
  std::size_t consumed = 0;
  std::optional<Refusal> refusal;
  bool operator==(const Outcome&) const = default;
};

Outcome readPieces(std::string_view bytes, std::size_t pieceSize, std::size_t limit = 16384) {
  ChunkedBody decoder(limit);
  Outcome outcome;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::string piece(bytes.substr(at, pieceSize));
    std::string_view rest(piece);
    do {
      const auto step = decoder.read(rest);
      rest.remove_prefix(step.consumed);
      outcome.body += step.data;
      outcome.status = step.status;
    } while (outcome.status == Status::Data);
    at += piece.size();
    if (outcome.status == Status::NeedMore) continue;
    outcome.consumed = at - rest.size();
    if (outcome.status == Status::Refused) {
      outcome.refusal = decoder.refusal();
      outcome.consumed = 0;  // how far it looked does not matter
    }
    break;
  }
  return outcome;
}

Outcome read(std::string_view bytes, std::size_t limit = 16384) {
  const auto whole = readPieces(bytes, bytes.size(), limit);
  for (std::size_t pieceSize = 1; pieceSize < bytes.size(); ++pieceSize) {
    EXPECT_EQ(readPieces(bytes, pieceSize, limit), whole) << bytes << "\nin pieces of " << pieceSize;
  }
  return whole;
}

TEST(ChunkedBody, puts_the_chunks_together) {
  const auto outcome = read("3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\nGET /");
  EXPECT_EQ(outcome.status, Status::Done);
  EXPECT_EQ(outcome.body, "{\"a\":1}");
  EXPECT_EQ(outcome.consumed, 22u);
}

TEST(ChunkedBody, accepts_what_the_grammar_has) {
  for (const auto* text : {"2\r\n{}\r\n0\r\n\r\n", "0002\r\n{}\r\n000\r\n\r\n", "2;ext=1\r\n{}\r\n0;x\r\n\r\n",
                           "2;a=\"b c\"\r\n{}\r\n0\r\n\r\n", "2;a=b;c\r\n{}\r\n0\r\n\r\n",
                           "2\r\n{}\r\n0\r\nX-T: 1\r\nY:\r\n\r\n", "2\r\n{}\r\n0\r\nContent-Length-Too: 1\r\n\r\n"}) {
    const auto outcome = read(text);
    EXPECT_EQ(outcome.status, Status::Done) << text;
    EXPECT_EQ(outcome.body, "{}") << text;
  }
  EXPECT_EQ(read("0A\r\n0123456789\r\n0\r\n\r\n").body, "0123456789");
  EXPECT_EQ(read("a\r\n0123456789\r\n0\r\n\r\n").body, "0123456789");
  EXPECT_EQ(read("0\r\n\r\n").status, Status::Done);
}

// Observed on Node 20.20.2, and PERFORMANCE.md §1.
TEST(ChunkedBody, refuses_what_is_malformed) {
  for (const std::string text : {"5g\r\nhello\r\n0\r\n\r\n",
                                 "0x5\r\nhello\r\n0\r\n\r\n",
                                 "-2\r\n{}\r\n0\r\n\r\n",
                                 "+2\r\n{}\r\n0\r\n\r\n",
                                 "\r\n{}\r\n0\r\n\r\n",
                                 ";a\r\n{}\r\n0\r\n\r\n",
                                 " 2\r\n{}\r\n0\r\n\r\n",
                                 "2 \r\n{}\r\n0\r\n\r\n",
                                 "2 ;a\r\n{}\r\n0\r\n\r\n",
                                 "2;\r\n{}\r\n0\r\n\r\n",
                                 "2; a=b\r\n{}\r\n0\r\n\r\n",
                                 "2;a\n\r\n{}\r\n0\r\n\r\n",
                                 "2;a\x01\r\n{}\r\n0\r\n\r\n",
                                 "2\n{}\r\n0\r\n\r\n",
                                 "2\r{}\r\n0\r\n\r\n",
                                 "2\r\n{}\n0\r\n\r\n",
                                 "2\r\n{}0\r\n\r\n",
                                 "2\r\n{}X\r\n0\r\n\r\n",
                                 "2\r\n{}\r\n0\r\n\n",
                                 "2\r\n{}\r\n0\r\n\rX",
                                 "2\r\n{}\r\n0\r\nX : 1\r\n\r\n",
                                 "2\r\n{}\r\n0\r\n: 1\r\n\r\n",
                                 "2\r\n{}\r\n0\r\nbad\r\n\r\n",
                                 "2\r\n{}\r\n0\r\nX: 1\n\r\n",
                                 "2\r\n{}\r\n0\r\n folded\r\n\r\n",
                                 "2\r\n{}\r\n0\r\nX: a\x01\r\n\r\n",
                                 "2\r\n{}\r\n0\r\nContent-Length: 5\r\n\r\n",
                                 "2\r\n{}\r\n0\r\nA: 1\r\ntransfer-encoding: x\r\n\r\n",
                                 "10000000000000002\r\n{}\r\n0\r\n\r\n",
                                 "ffffffffffffffffff\r\n"}) {
    const auto outcome = read(text);
    EXPECT_EQ(outcome.status, Status::Refused) << text;
    EXPECT_EQ(outcome.refusal, Refusal::InvalidChunk) << text;
  }
}

TEST(ChunkedBody, waits_for_the_rest) {
  for (const std::string text : {"2", "2\r", "2\r\n", "2\r\n{", "2\r\n{}", "2\r\n{}\r", "2\r\n{}\r\n", "2\r\n{}\r\n0",
                                 "2\r\n{}\r\n0\r\n", "2\r\n{}\r\n0\r\n\r", "2;x", "ffffffffffffffff\r\nabc"}) {
    EXPECT_EQ(read(text).status, Status::NeedMore) << text;
  }
}

TEST(ChunkedBody, extensions_and_trailers_are_bounded) {
  EXPECT_EQ(read("1;" + std::string(20, 'a') + "\r\nx\r\n0\r\n\r\n", 20).status, Status::Done);
  EXPECT_EQ(read("1;" + std::string(21, 'a') + "\r\nx\r\n0\r\n\r\n", 20).refusal, Refusal::InvalidChunk);
  std::string manyChunks;
  for (int i = 0; i < 11; ++i) manyChunks += "1;ab\r\nx\r\n";
  EXPECT_EQ(read(manyChunks, 20).refusal, Refusal::InvalidChunk);
  EXPECT_EQ(read("0\r\nX: " + std::string(30, 'a') + "\r\n\r\n", 20).refusal, Refusal::HeaderOverflow);
}

TEST(ChunkedBody, starts_anew_after_reset) {
  ChunkedBody decoder;
  EXPECT_EQ(decoder.read("zz").status, Status::Refused);
  decoder.reset();
  EXPECT_EQ(decoder.read("0\r\n\r\n").status, Status::Done);
}

}  // namespace
}  // namespace fastify::http
