#include "frame.hpp"
#include "handshake.hpp"

#include <gtest/gtest.h>

namespace fastify::detail {
namespace {

/// A client's frame, masked.
std::string frame(unsigned first, std::string_view payload, std::string_view mask = "mask") {
  std::string bytes{static_cast<char>(first)};
  if (payload.size() < 126) {
    bytes += static_cast<char>(0x80 | payload.size());
  } else if (payload.size() < 65536) {
    bytes += static_cast<char>(0x80 | 126);
    bytes += static_cast<char>(payload.size() >> 8);
    bytes += static_cast<char>(payload.size() & 0xFF);
  } else {
    bytes += static_cast<char>(0x80 | 127);
    for (int i = 7; i >= 0; --i) bytes += static_cast<char>(payload.size() >> (8 * i) & 0xFF);
  }
  bytes += mask;
  for (std::size_t i = 0; i < payload.size(); ++i) bytes += static_cast<char>(payload[i] ^ mask[i % 4]);
  return bytes;
}

/// What the reader makes of `bytes`: "1:text 9:ping …" or "!1002".
std::string read(std::string_view bytes, std::size_t piece, std::size_t maxPayload = 1000) {
  FrameReader reader(maxPayload);
  std::string seen;
  while (true) {
    while (const auto event = reader.next())
      seen += std::to_string(static_cast<int>(event->opcode)) + ":" + event->payload + " ";
    if (reader.failure()) return seen + "!" + std::to_string(reader.failure());
    if (bytes.empty()) return seen;
    reader.feed(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
}

struct Row {
  std::string bytes;
  std::string seen;
};

TEST(FrameReader, frames_are_read_the_same_in_any_pieces) {
  const std::string long1(200, 'x'), long2(70'000, 'y');
  const Row rows[] = {
      {frame(0x81, "hello"), "1:hello "},
      {frame(0x82, std::string("\0\xFF", 2)), "2:" + std::string("\0\xFF", 2) + " "},
      {frame(0x81, ""), "1: "},
      {frame(0x01, "he") + frame(0x00, "l") + frame(0x80, "lo") + frame(0x81, "more"), "1:hello 1:more "},
      {frame(0x01, "he") + frame(0x89, "ping") + frame(0x80, "llo"), "9:ping 1:hello "},
      {frame(0x81, long1), "1:" + long1 + " "},
      {frame(0x01, "\xC3") + frame(0x80, "\xA9"), "1:\xC3\xA9 "},
      {frame(0x88, ""), "8: "},
      {frame(0x8A, "pong"), "10:pong "},
      // RFC 6455 §5.2, §5.4, §5.5, §8.1
      {frame(0xC1, "x"), "!1002"},
      {frame(0x83, "x"), "!1002"},
      {frame(0x8B, "x"), "!1002"},
      {std::string("\x81\x05hello"), "!1002"},
      {frame(0x80, "x"), "!1002"},
      {frame(0x01, "x") + frame(0x81, "y"), "!1002"},
      {frame(0x09, "x"), "!1002"},
      {frame(0x89, std::string(126, 'x')), "!1002"},
      {std::string("\x81\xFE\x00\x05mask", 8), "!1002"},
      {std::string("\x81\xFF\x00\x00\x00\x00\x00\x00\x00\x05", 10), "!1002"},
      {std::string("\x81\xFF\x80\x00\x00\x00\x00\x00\x00\x00", 10), "!1002"},
      {frame(0x81, "\xFF"), "!1007"},
      {frame(0x81, "\xED\xA0\x80"), "!1007"},
      {frame(0x01, "ok") + frame(0x80, "\xC3"), "!1007"},
      {frame(0x81, std::string(1001, 'x')), "!1009"},
      {frame(0x01, std::string(999, 'x')) + frame(0x80, "xx"), "!1009"},
      {std::string("\x82\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 10), "!1009"},
      {frame(0x81, "first") + frame(0x83, "x") + frame(0x81, "never"), "1:first !1002"},
  };
  for (const auto& row : rows) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{100'000}})
      EXPECT_EQ(read(row.bytes, piece), row.seen) << piece;
  }
  EXPECT_EQ(read(frame(0x82, long2), 1000, 100'000), "2:" + long2 + " ");
}

TEST(FrameReader, a_server_writes_the_shortest_length) {
  EXPECT_EQ(frameOf(Opcode::Text, "hi"), "\x81\x02hi");
  EXPECT_EQ(frameOf(Opcode::Binary, std::string(126, 'x')).substr(0, 4), std::string("\x82\x7E\x00\x7E", 4));
  EXPECT_EQ(frameOf(Opcode::Binary, std::string(65'536, 'x')).substr(0, 10),
            std::string("\x82\x7F\x00\x00\x00\x00\x00\x01\x00\x00", 10));
}

TEST(CloseFrame, codes_and_reasons_are_checked) {
  int failure = 0;
  EXPECT_EQ(parseClose("", failure)->code, 1005);
  EXPECT_EQ(parseClose(closePayload(1000, "bye"), failure)->reason, "bye");
  for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000}) {
    const std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
    EXPECT_FALSE(parseClose(payload, failure)) << code;
    EXPECT_EQ(failure, 1002);
  }
  EXPECT_FALSE(parseClose("\x03", failure));
  EXPECT_FALSE(parseClose("\x03\xE8\xFF", failure));
  EXPECT_EQ(failure, 1007);
  const auto longReason = closePayload(1000, std::string(61, 'x') + std::string(40, '\xC3') + std::string(60, '\xA9'));
  EXPECT_LE(longReason.size(), 125u);
}

TEST(Handshake, keys_and_protocols_are_checked) {
  EXPECT_EQ(acceptOf("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");  // RFC 6455 §1.3
  for (const char* key : {"", "dGhlIHNhbXBsZQ==", "not base64", "dGhlIHNhbXBsZSBub25jZQ"})
    EXPECT_EQ(acceptOf(key), std::nullopt) << key;
  EXPECT_EQ(offeredProtocols("chat, superchat"), (std::vector<std::string>{"chat", "superchat"}));
  EXPECT_TRUE(offeredProtocols("")->empty());
  for (const char* header : {",", "a,,b", "a b", "a, a"}) EXPECT_EQ(offeredProtocols(header), std::nullopt) << header;
}

TEST(FrameReader, compressed_messages_may_come_in_fragments) {
  const auto seen = [](std::string bytes) {
    FrameReader reader(1000, Inflater({}));
    reader.feed(bytes);
    const auto event = reader.next();
    return event ? event->payload : "!" + std::to_string(reader.failure());
  };
  using namespace std::string_literals;
  const auto hello = "\xf2\x48\xcd\xc9\xc9\x07\x00"s;
  EXPECT_EQ(seen(frame(0xC1, hello)), "Hello");
  EXPECT_EQ(seen(frame(0x41, hello.substr(0, 3)) + frame(0x80, hello.substr(3))), "Hello");
  EXPECT_EQ(seen(frame(0x81, "plain")), "plain");
  EXPECT_EQ(seen(frame(0x41, hello.substr(0, 3)) + frame(0xC0, hello.substr(3))), "!1002");  // said by the first alone
  EXPECT_EQ(seen(frame(0xC9, "ping")), "!1002");
  EXPECT_EQ(seen(frame(0xA1, hello)), "!1002");
  EXPECT_EQ(seen(frame(0xC1, "\xFF\xFF")), "!1007");
  EXPECT_EQ(seen(frame(0xC1, Deflater({}, {}).deflate("\xFF"))), "!1007") << "no UTF-8";
}

}  // namespace
}  // namespace fastify::detail
