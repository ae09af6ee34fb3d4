#pragma once
// For tests: an app on a free port of the loopback interface, a way to wait for what happens in it, and one to let what
// clients say arrive before anything else happens.

#include "raw_client.hpp"

#include <fastify/fastify.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
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
    app.get("/hold", [this] {
      held = true;
      held.notify_all();
      held.wait(true);
      return "held";
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
  /// A client whose first bytes have come when the server (of one worker) takes its connection: no deadline is over
  /// before them, however slow this thread is.
  RawClient connectWith(std::string_view bytes);

  Fastify app;
  Events events;
  std::uint16_t port = 0;
  std::atomic<bool> held{false};
};

/// While this lives, the app's only worker does nothing: what clients send is all there when it goes on.
class HeldWorker {
 public:
  explicit HeldWorker(TestApp& test) : test_(test) {
    // The request may itself be cut by a deadline of the test's: then it is asked again.
    while (!test_.held) {
      holder_.emplace(test_.connect());
      holder_->sendWhatFits("GET /hold HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", RawClient::patience);
      while (!test_.held && holder_->silentFor(std::chrono::milliseconds(1))) {
      }
    }
  }
  ~HeldWorker() {
    test_.held = false;
    test_.held.notify_all();
  }
  HeldWorker(const HeldWorker&) = delete;
  HeldWorker& operator=(const HeldWorker&) = delete;

 private:
  TestApp& test_;
  std::optional<RawClient> holder_;
};

inline RawClient TestApp::connectWith(std::string_view bytes) {
  const HeldWorker held(*this);
  auto client = connect();
  client.send(bytes);
  return client;
}

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
