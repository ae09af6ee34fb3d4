#pragma once
// For tests: an app on a free port of the loopback interface, and a way to wait for what happens in it.

#include "raw_client.hpp"

#include <fastify/fastify.hpp>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace fastify::server {

/// What happened, in order; from any thread.
class Events {
 public:
  void add(std::string event) {
    {
      const std::lock_guard lock(mutex_);
      events_.push_back(std::move(event));
    }
    changed_.notify_all();
  }
  /// True when it has happened, or does within some seconds.
  bool wait(const std::string& event) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, RawClient::patience,
                             [&] { return std::find(events_.begin(), events_.end(), event) != events_.end(); });
  }
  std::vector<std::string> all() {
    const std::lock_guard lock(mutex_);
    return events_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> events_;
};

struct TestApp {
  explicit TestApp(FastifyOptions options = {}) : app(std::move(options)) {
    app.get("/obj", [] { return JsonObject{{"hello", "world"}}; });
    app.get("/str", [] { return "hello"; });
    app.post("/echo", [](Request& request) {
      return request.body() ? JsonObject{{"body", request.body().json()}} : JsonObject();
    });
  }
  ~TestApp() { app.close(); }

  void listen() {
    app.listen({.host = "127.0.0.1"});
    port = app.addresses().front().port;
  }
  RawClient connect() {
    if (port == 0) listen();
    return RawClient(port);
  }

  Fastify app;
  Events events;
  std::uint16_t port = 0;
};

inline std::string request(std::string_view target, std::string_view headers = {}, std::string_view method = "GET") {
  return std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: example.test\r\n" +
         std::string(headers) + "\r\n";
}
inline std::string post(std::string_view target, std::string_view body, std::string_view headers = {}) {
  return request(target,
                 "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
                     std::string(headers),
                 "POST") +
         std::string(body);
}
inline constexpr std::string_view shapeD =
    "HTTP/1.1 400 Bad Request\r\nContent-Length: 65\r\nContent-Type: application/json\r\n\r\n"
    "{\"error\":\"Bad Request\",\"message\":\"Client Error\",\"statusCode\":400}";

}  // namespace fastify::server
