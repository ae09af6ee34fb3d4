// The plugin in an app of several workers, which share its options, keys and routes.
#include <clerk/fastify.hpp>

#include "jwt/test_tokens.hpp"
#include "runtime/test_world.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <atomic>
#include <mutex>
#include <thread>

namespace clerk {
namespace {

namespace asio = boost::asio;
using fastify::Fastify;
using fastify::Reply;
using fastify::Request;

/// A key set that is rotated while it is served.
class Keys {
 public:
  void add(const std::string& kid) {
    const std::lock_guard lock(mutex_);
    const auto key = test::signingKey().publicKey().toJwk();
    keys_.push_back({{"kty", "RSA"}, {"n", key.n}, {"e", key.e}, {"kid", kid}, {"alg", "RS256"}, {"use", "sig"}});
  }
  fetch::Response answer() {
    const std::lock_guard lock(mutex_);
    return test::jsonAnswer(ecmascript::stringify(boost::json::value{{"keys", keys_}}));
  }

 private:
  std::mutex mutex_;
  boost::json::array keys_;
};

std::string tokenOf(const std::string& kid, int number) {
  auto header = test::sessionHeader();
  header["kid"] = kid;
  auto claims = test::sessionClaims();
  claims["jti"] = std::to_string(number);
  claims["o"] = {{"id", "org_1"}, {"rol", "admin"}, {"slg", "acme"}, {"per", "read,write"}, {"fpm", "3"}};
  claims["fea"] = "o:docs";
  return test::signToken(claims, header);
}

/// A connection on which one request follows another.
class Visitor {
 public:
  explicit Visitor(std::uint16_t port) { socket_.connect({asio::ip::address_v4::loopback(), port}); }

  /// The status of the answer.
  int ask(const std::string& path, const std::string& token) {
    asio::write(socket_, asio::buffer("GET " + path + " HTTP/1.1\r\nHost: app.example.com\r\nAuthorization: Bearer " +
                                      token + "\r\n\r\n"));
    const auto size = asio::read_until(socket_, asio::dynamic_buffer(received_), "\r\n\r\n");
    const auto head = received_.substr(0, size);
    received_.erase(0, size);
    const auto length = std::stoul(head.substr(head.find("content-length: ") + 16));
    if (received_.size() < length) {
      asio::read(socket_, asio::dynamic_buffer(received_), asio::transfer_at_least(length - received_.size()));
    }
    received_.erase(0, length);
    return std::stoi(head.substr(9));
  }

 private:
  asio::io_context context_;
  asio::ip::tcp::socket socket_{context_};
  std::string received_;
};

}  // namespace

TEST(Workers, lose_no_request_while_the_key_is_rotated) {
  constexpr int kVisitors = 4, kRequests = 60;
  Keys keys;
  keys.add("ins_1");
  Fastify app({.threads = 3});
  app.registerPlugin(clerkPlugin,
                     {.publishableKey = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k",
                      .secretKey = "sk_live_test",
                      .keySetPolicy = {.cooldown = std::chrono::milliseconds(0)},
                      .runtime = std::make_shared<Runtime>(RuntimeHooks{
                          .now = [] { return std::chrono::system_clock::time_point(std::chrono::seconds(test::kNow)); },
                          .fetch = [&keys](fetch::Request) -> async::Task<fetch::Response> { co_return keys.answer(); },
                          .environment = [](std::string_view) { return std::nullopt; }})});
  auto who = [](Request& request, Reply& reply) { reply.send({{"userId", getAuth(request).userId.value_or("")}}); };
  app.get("/who", {.preHandler = requireAuth({.permission = "org:docs:write"})}, who);
  app.get("/strict", {.config = routeConfig({.authorizedParties = {{"https://app.example.com"}}})}, who);
  app.listen({.host = "127.0.0.1"});

  // One set of tokens is seen again and again, by all workers; the others are new.
  std::vector<std::string> old, fresh;
  for (int i = 0; i < 4; ++i) old.push_back(tokenOf("ins_1", i));
  for (int i = 0; i < kVisitors * 4; ++i) fresh.push_back(tokenOf("ins_2", i));

  std::atomic<int> asked = 0, refused = 0;
  std::vector<std::thread> visitors;
  for (int visitor = 0; visitor < kVisitors; ++visitor) {
    visitors.emplace_back([&, visitor] {
      Visitor connection(app.addresses().at(0).port);
      for (int i = 0; i < kRequests; ++i) {
        if (visitor == 0 && i == kRequests / 3) keys.add("ins_2");
        // Only after the key is there does anybody come with its tokens.
        const bool rotated = visitor == 0 && i > kRequests / 3;
        const auto number = static_cast<std::size_t>(i);
        const auto& token = rotated ? fresh[number % fresh.size()] : old[number % old.size()];
        if (connection.ask(i % 2 ? "/who" : "/strict", token) != 200) ++refused;
        ++asked;
      }
    });
  }
  for (auto& visitor : visitors) visitor.join();
  app.close();
  EXPECT_EQ(asked, kVisitors * kRequests);
  EXPECT_EQ(refused, 0);
}

}  // namespace clerk
