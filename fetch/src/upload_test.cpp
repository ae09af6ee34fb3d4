// Requests whose body comes in pieces.
#include <fetch/fetch.hpp>

#include <async/deferred.hpp>
#include <async/event_loop.hpp>

#include "loopback_server.hpp"

#include <gtest/gtest.h>

#include <future>

using namespace std::chrono_literals;
using fetch::ErrorCode;
using fetch::test::answer;
using fetch::test::LoopbackServer;

namespace {

namespace asio = boost::asio;
using Piece = std::optional<std::string>;

/// The pieces one after another, each in a turn of the loop of its own.
fetch::BodySource piecesOf(std::vector<std::string> pieces) {
  auto left = std::make_shared<std::vector<std::string>>(pieces.rbegin(), pieces.rend());
  return [left]() -> async::Task<Piece> {
    co_await async::sleep(0ns);
    if (left->empty()) co_return std::nullopt;
    auto piece = std::move(left->back());
    left->pop_back();
    co_return piece;
  };
}

/// A source that gives one piece and then waits.
fetch::BodySource silentAfter(std::string piece, async::Deferred<> end) {
  auto first = std::make_shared<Piece>(std::move(piece));
  return [first, end]() -> async::Task<Piece> {
    if (*first) co_return std::exchange(*first, std::nullopt);
    co_await end;
    co_return std::nullopt;
  };
}

/// A server of one connection, written out: `serve` gets its socket on a thread of its own.
class RawServer {
 public:
  explicit RawServer(std::function<void(asio::ip::tcp::socket&)> serve)
      : acceptor_(context_, {asio::ip::address_v4::loopback(), 0}), thread_([this, serve = std::move(serve)] {
          auto socket = acceptor_.accept();
          serve(socket);
        }) {}
  ~RawServer() { thread_.join(); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/"; }

 private:
  asio::io_context context_;
  asio::ip::tcp::acceptor acceptor_;
  std::thread thread_;
};

/// Reads until `end` has come; what came.
std::string readUntil(asio::ip::tcp::socket& socket, const std::string& end) {
  std::string received;
  boost::system::error_code failed;
  asio::read_until(socket, asio::dynamic_buffer(received), end, failed);
  return received;
}
/// Reads until the other side ends the connection; how much came.
std::size_t readToEnd(asio::ip::tcp::socket& socket) {
  std::array<char, 65536> buffer;
  std::size_t total = 0;
  boost::system::error_code failed;
  while (!failed) total += socket.read_some(asio::buffer(buffer), failed);
  return total;
}

std::optional<ErrorCode> failureOf(const std::function<async::Task<>()>& call) {
  try {
    async::blockOn(call);
  } catch (const fetch::Error& error) {
    return error.code();
  }
  return {};
}

}  // namespace

TEST(FetchUpload, declares_a_size_that_is_known) {
  std::string head, body;
  LoopbackServer server([&](const std::string& gotHead, const std::string& gotBody) {
    head = gotHead;
    body = gotBody;
    return answer(200, "ok");
  });
  async::blockOn([&]() -> async::Task<> {
    const auto response = co_await fetch::fetch(
        {.method = "PUT", .url = server.url(), .bodySource = piecesOf({"one ", "", "two ", "three"}), .bodySize = 13});
    EXPECT_EQ(response.body, "ok");
  });
  EXPECT_EQ(body, "one two three");
  EXPECT_TRUE(head.starts_with("PUT / HTTP/1.1\r\n"));
  EXPECT_NE(head.find("Content-Length: 13\r\n"), std::string::npos);
  EXPECT_EQ(head.find("Expect"), std::string::npos);
  EXPECT_EQ(head.find("Transfer-Encoding"), std::string::npos);
}

TEST(FetchUpload, sends_chunks_when_the_size_is_not_known) {
  std::string received;
  RawServer server([&](asio::ip::tcp::socket& socket) {
    received = readUntil(socket, "\r\n0\r\n\r\n");
    asio::write(socket, asio::buffer(answer(200, "ok")));
  });
  async::blockOn([&]() -> async::Task<> {
    auto stream = co_await fetch::open(
        {.method = "POST", .url = server.url(), .bodySource = piecesOf({"hello", std::string(100'000, 'x')})});
    EXPECT_EQ(stream.head().status, 200);
    EXPECT_EQ(co_await stream.read(), "ok");
  });
  EXPECT_TRUE(received.starts_with("POST / HTTP/1.1\r\n"));
  EXPECT_NE(received.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  EXPECT_NE(received.find("\r\n5\r\nhello\r\n"), std::string::npos);
  EXPECT_EQ(std::count(received.begin(), received.end(), 'x'), 100'000);
}

TEST(FetchUpload, may_be_empty) {
  std::string head;
  LoopbackServer server([&](const std::string& gotHead, const std::string&) {
    head = gotHead;
    return answer(204, "");
  });
  async::blockOn([&]() -> async::Task<> {
    co_await fetch::fetch({.method = "POST", .url = server.url(), .bodySource = piecesOf({}), .bodySize = 0});
  });
  EXPECT_NE(head.find("Content-Length: 0\r\n"), std::string::npos);
}

TEST(FetchUpload, asks_for_no_more_than_the_server_takes) {
  constexpr std::size_t piece = 64 * 1024, pieces = 1024;
  std::promise<void> mayRead;
  std::size_t received = 0;
  RawServer server([&](asio::ip::tcp::socket& socket) {
    mayRead.get_future().wait();
    std::string head;
    const auto headSize = asio::read_until(socket, asio::dynamic_buffer(head), "\r\n\r\n");
    received = head.size() - headSize;
    std::vector<char> buffer(1 << 20);
    while (received < piece * pieces) received += socket.read_some(asio::buffer(buffer));
    asio::write(socket, asio::buffer(answer(200, "")));
  });
  async::blockOn([&]() -> async::Task<> {
    std::size_t given = 0;
    auto upload = fetch::fetch({.method = "POST",
                                .url = server.url(),
                                .bodySource = [&given]() -> async::Task<Piece> {
                                  if (given == pieces) co_return std::nullopt;
                                  ++given;
                                  co_return std::string(piece, 'x');
                                },
                                .bodySize = piece * pieces,
                                .timeout = 0ms});
    // The loop has nothing to do any more once nobody asks: as long as that is not so for a while, it goes on.
    for (std::size_t before = 0, quiet = 0; quiet < 2000; before = given) {
      co_await async::sleep(10us);
      quiet = given > 0 && given == before ? quiet + 1 : 0;
    }
    EXPECT_LT(given, pieces / 2) << "what the kernel's buffers hold, and not all of it";
    mayRead.set_value();
    EXPECT_EQ((co_await upload).status, 200);
    EXPECT_EQ(given, pieces);
  });
  EXPECT_EQ(received, piece * pieces);
}

TEST(FetchUpload, ends_with_the_error_of_its_source) {
  struct Broken {};
  std::size_t received = 0;
  RawServer server([&](asio::ip::tcp::socket& socket) { received = readToEnd(socket); });
  auto source = [n = 0]() mutable -> async::Task<Piece> {
    return [](int n) -> async::Task<Piece> {
      if (n == 0) co_return "first";
      throw Broken();
    }(n++);
  };
  EXPECT_THROW(async::blockOn([&]() -> async::Task<> {
                 co_await fetch::open({.method = "POST", .url = server.url(), .bodySource = source, .bodySize = 100});
               }),
               Broken);
}

TEST(FetchUpload, refuses_a_body_that_is_shorter_than_declared) {
  RawServer server([&](asio::ip::tcp::socket& socket) { readToEnd(socket); });
  EXPECT_EQ(failureOf([&]() -> async::Task<> {
              co_await fetch::fetch(
                  {.method = "POST", .url = server.url(), .bodySource = piecesOf({"short"}), .bodySize = 100});
            }),
            ErrorCode::InvalidRequest);
}

TEST(FetchUpload, gives_an_answer_that_comes_before_the_body_has_ended) {
  RawServer server([&](asio::ip::tcp::socket& socket) {
    readUntil(socket, "first");
    asio::write(socket, asio::buffer(answer(413, "too large")));
    readToEnd(socket);
  });
  async::blockOn([&]() -> async::Task<> {
    const async::Deferred<> end;
    auto stream = co_await fetch::open(
        {.method = "POST", .url = server.url(), .bodySource = silentAfter("first", end), .bodySize = 1000});
    EXPECT_EQ(stream.head().status, 413);
    EXPECT_EQ(co_await stream.read(), "too large");
    EXPECT_EQ(co_await stream.read(), std::nullopt) << "although the source has not ended";
    end.resolve();
  });
}

TEST(FetchUpload, does_not_count_the_time_that_its_source_takes) {
  LoopbackServer server([&](const std::string&, const std::string&) { return answer(200, ""); });
  auto statusWithin = [&](std::chrono::milliseconds timeout) -> async::Task<int> {
    auto source = [timeout, n = 0]() mutable -> async::Task<Piece> {
      return [](std::chrono::milliseconds wait, int n) -> async::Task<Piece> {
        co_await async::sleep(wait);
        co_return n == 0 ? Piece("x") : std::nullopt;
      }(timeout + 10ms, n++);
    };
    try {
      auto stream = co_await fetch::open(
          {.method = "POST", .url = server.url(), .bodySource = source, .bodySize = 1, .timeout = timeout});
      co_return stream.head().status;
    } catch (const fetch::Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::Timeout);
      co_return 0;
    }
  };
  async::blockOn([&]() -> async::Task<> {
    // A busy machine may take longer for the answer alone: then the test waits longer for everything.
    int status = 0;
    for (auto timeout = 50ms; status == 0 && timeout < 20s; timeout *= 2) status = co_await statusWithin(timeout);
    EXPECT_EQ(status, 200);
  });
}

TEST(FetchUpload, times_out_when_the_server_says_nothing_after_the_body) {
  LoopbackServer silent([](const std::string&, const std::string&) { return std::string(); });
  EXPECT_EQ(
      failureOf([&]() -> async::Task<> {
        co_await fetch::open(
            {.method = "POST", .url = silent.url(), .bodySource = piecesOf({"x"}), .bodySize = 1, .timeout = 50ms});
      }),
      ErrorCode::Timeout);
}

TEST(FetchUpload, may_be_dropped_while_its_source_is_waited_for) {
  std::promise<void> gone;
  RawServer server([&](asio::ip::tcp::socket& socket) {
    readUntil(socket, "first");
    asio::write(socket, asio::buffer(std::string_view("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel")));
    readToEnd(socket);
    gone.set_value();
  });
  async::blockOn([&]() -> async::Task<> {
    const async::Deferred<> end;
    {
      auto stream = co_await fetch::open(
          {.method = "POST", .url = server.url(), .bodySource = silentAfter("first", end), .bodySize = 1000});
      EXPECT_EQ(co_await stream.read(), "hel");
    }
    end.resolve();  // nobody wants what comes now
  });
  gone.get_future().wait();
}
