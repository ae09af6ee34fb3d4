// The client in a program without an event loop, over real sockets.

#include <clerk/block_on.hpp>
#include <clerk/client.hpp>
#include <clerk/errors.hpp>

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <thread>

namespace clerk {
namespace {

using namespace std::chrono_literals;

/// A Backend API on a free port: one connection at a time, each with one request; `answer` gives what is sent for it,
/// and "" keeps silent until the other side goes.
class Api {
 public:
  explicit Api(std::function<std::string(const std::string& request)> answer)
      : answer_(std::move(answer)), listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(listener_, 8), 0);
    EXPECT_EQ(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    thread_ = std::thread([this] { run(); });
  }
  ~Api() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }

  std::string url;

 private:
  void run() {
    for (int connection; (connection = accept(listener_, nullptr, nullptr)) >= 0; close(connection)) {
      std::string request;
      char piece[4096];
      while (request.find("\r\n\r\n") == std::string::npos) {
        const auto count = recv(connection, piece, sizeof piece, 0);
        if (count <= 0) break;
        request.append(piece, static_cast<std::size_t>(count));
      }
      const auto body = answer_(request);
      if (body.empty()) {
        while (recv(connection, piece, sizeof piece, 0) > 0) {
        }
        continue;
      }
      const auto text = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
                        std::to_string(body.size()) + "\r\n\r\n" + body;
      send(connection, text.data(), text.size(), MSG_NOSIGNAL);
    }
  }

  std::function<std::string(const std::string&)> answer_;
  int listener_;
  std::thread thread_;
};

ClerkClient clientOf(const Api& api) { return createClerkClient({.secretKey = "sk_test_1", .apiUrl = api.url}); }

std::string codeOf(const std::function<void()>& call) {
  try {
    call();
  } catch (const ClerkAPIResponseError& error) {
    return error.errors.at(0).code;
  }
  return "none";
}

TEST(Blocking, a_program_without_a_loop_makes_calls) {
  ASSERT_FALSE(async::EventLoop::find());
  Api api([](const std::string& request) -> std::string {
    if (request.starts_with("GET /v1/users/user_1 ")) return R"({"object":"user","id":"user_1","first_name":"Ada"})";
    return R"({"data":[{"object":"organization","id":"org_1","name":"Acme"}],"total_count":1})";
  });
  const auto client = clientOf(api);
  const User user = blockOn([&] { return client.users.getUser("user_1"); });
  EXPECT_EQ(user.firstName, "Ada");

  const auto names = blockOn([&]() -> async::Task<std::string> {
    const auto again = co_await client.users.getUser("user_1");
    const auto page = co_await client.organizations.getOrganizationList();
    co_return again.id + ' ' + page.data.at(0).name;
  });
  EXPECT_EQ(names, "user_1 Acme");
  EXPECT_FALSE(async::EventLoop::find());
}

TEST(Blocking, a_deadline_ends_the_call) {
  Api api([](const std::string&) { return std::string(); });
  const auto client = clientOf(api);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(codeOf([&] { blockOn([&] { return client.users.getUser("user_1", {.deadline = 50ms}); }); }),
            "request_timeout");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 20s);
}

TEST(Blocking, another_thread_cancels_the_call) {
  std::stop_source source;
  Api api([&](const std::string&) {
    source.request_stop();  // on the server's thread, while the caller waits
    return std::string();
  });
  const auto client = clientOf(api);
  EXPECT_EQ(codeOf([&] { blockOn([&] { return client.users.getUser("user_1", {.stop = source.get_token()}); }); }),
            "request_cancelled");
}

}  // namespace
}  // namespace clerk
