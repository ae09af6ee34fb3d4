// Requests that two readers would cut differently (RFC 9112 §11.2; field case G2). Behind each stands a second request
// that only one of the readers would see: it must never be routed.

#include "server_test_app.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace fastify::server {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view smuggled = "GET /smuggled HTTP/1.1\r\nHost: example.test\r\n\r\n";

struct Case {
  std::string_view name;
  /// From the second header line on; the smuggled request follows.
  std::string_view rest;
};

// Each is answered with shape D, and the connection is closed.
constexpr Case refused[]{
    {"both lengths", "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"both lengths, the other way round", "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n"},
    {"both lengths, zero", "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"two lengths", "Content-Length: 0\r\nContent-Length: 50\r\n\r\n"},
    {"two equal lengths", "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde"},
    {"a list of lengths", "Content-Length: 0, 0\r\n\r\n"},
    {"a signed length", "Content-Length: +0\r\n\r\n"},
    {"a negative length", "Content-Length: -1\r\n\r\n"},
    {"a hexadecimal length", "Content-Length: 0x0\r\n\r\n"},
    {"a length with a fraction", "Content-Length: 0.0\r\n\r\n"},
    {"an empty length", "Content-Length:\r\n\r\n"},
    {"a length in two words", "Content-Length: 0 0\r\n\r\n"},
    {"a length beyond all numbers", "Content-Length: 18446744073709551616\r\n\r\n"},
    {"an unknown coding", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"},
    {"identity", "Transfer-Encoding: identity\r\n\r\n"},
    {"chunked is not the last coding", "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"},
    {"two codings in two lines", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"},
    {"a coding in quotes", "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"},
    {"a vertical tab before the coding", "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n"},
    {"a NUL in the coding", "Transfer-Encoding: chunked\0\r\n\r\n0\r\n\r\n"sv},
    {"a space before the colon", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"},
    {"a tab before the colon", "Content-Length\t: 0\r\n\r\n"},
    {"a folded line", "X: a\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"a folded value", "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"},
    {"a bare LF between lines", "X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"a bare LF at the end", "Content-Length: 0\r\n\n"},
    {"a bare CR in a value", "X: a\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"no colon", "Transfer-Encoding\r\n\r\n"},
    {"an empty name", ": chunked\r\n\r\n"},
    {"a NUL in a name", "Transfer\0-Encoding: chunked\r\n\r\n0\r\n\r\n"sv},
    {"a chunk size with a prefix", "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n"},
    {"a chunk size with a sign", "Transfer-Encoding: chunked\r\n\r\n-0\r\n\r\n"},
    {"a chunk size beyond all numbers", "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n\r\n"},
    {"an empty chunk size", "Transfer-Encoding: chunked\r\n\r\n\r\n\r\n"},
    {"a blank before the chunk size", "Transfer-Encoding: chunked\r\n\r\n 0\r\n\r\n"},
    {"a chunk size that ends in LF", "Transfer-Encoding: chunked\r\n\r\n0\n\r\n"},
    {"an LF in a chunk's extension", "Transfer-Encoding: chunked\r\n\r\n5;a\nb\r\nabcde\r\n0\r\n\r\n"},
    {"a chunk that is longer than it says", "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n"},
    {"a chunk that ends in LF", "Transfer-Encoding: chunked\r\n\r\n1\r\na\n0\r\n\r\n"},
    {"a trailer that ends in LF", "Transfer-Encoding: chunked\r\n\r\n0\r\nX: a\n\r\n"},
    {"a trailer that is a length", "Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 50\r\n\r\n"},
};

struct SmugglingApp : TestApp {
  SmugglingApp() {
    app.get("/smuggled", [this] {
      events.add("routed");
      return "smuggled";
    });
    app.post("/",
             [](Request& request) { return request.rawBody().empty() ? "empty" : std::string(request.rawBody()); });
  }
};

std::string attack(const Case& one, std::string_view version = "HTTP/1.1") {
  std::string text = "POST / ";
  return text.append(version)
      .append("\r\nHost: example.test\r\nContent-Type: text/plain\r\n")
      .append(one.rest)
      .append(smuggled);
}

TEST(Smuggling, what_is_ambiguous_is_refused_and_what_stands_behind_it_is_lost) {
  SmugglingApp test;
  for (const auto& one : refused) {
    auto client = test.connect();
    client.send(attack(one));
    EXPECT_EQ(client.readToEnd(), shapeD) << one.name;
  }
  EXPECT_TRUE(test.events.all().empty());
}

TEST(Smuggling, however_it_is_cut) {
  SmugglingApp test;
  for (const auto& one : refused) {
    const auto text = attack(one);
    const auto rest = text.size() - smuggled.size();
    for (const auto cut : {rest - 1, rest, rest / 2}) {
      auto client = test.connect();
      client.send(text.substr(0, cut));
      // The second part is another packet; it may meet a connection that is closed already.
      try {
        client.send(text.substr(cut));
      } catch (const std::system_error&) {
      }
      EXPECT_TRUE(client.readToEnd().find("smuggled") == std::string::npos) << one.name;
    }
  }
  EXPECT_TRUE(test.events.all().empty());
}

TEST(Smuggling, http10_has_no_codings) {
  SmugglingApp test;
  auto client = test.connect();
  client.send(attack({"", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"}, "HTTP/1.0"));
  EXPECT_EQ(client.readToEnd(), shapeD);
  EXPECT_TRUE(test.events.all().empty());
}

TEST(Smuggling, what_is_clear_stays_a_body) {
  SmugglingApp test;
  auto client = test.connect();
  const auto size = std::to_string(smuggled.size());
  const std::string type = "Content-Type: text/plain\r\n";
  client.send(request("/", type + "Content-Length: " + size + "\r\n", "POST") + std::string(smuggled));
  EXPECT_EQ(client.readAnswer().body, smuggled);
  client.send(request("/", type + "Transfer-Encoding: chunked\r\n", "POST") + "2E;x=y\r\n" + std::string(smuggled) +
              "\r\n0\r\n\r\n");
  ASSERT_EQ(smuggled.size(), 0x2Eu);
  EXPECT_EQ(client.readAnswer().body, smuggled);
  // A body that no handler reads is a body all the same.
  client.send(request("/str", "Content-Length: " + size + "\r\n") + std::string(smuggled));
  EXPECT_EQ(client.readAnswer().body, "hello");
  EXPECT_TRUE(test.events.all().empty());
  client.send(smuggled);
  EXPECT_EQ(client.readAnswer().body, "smuggled");
}

}  // namespace
}  // namespace fastify::server
