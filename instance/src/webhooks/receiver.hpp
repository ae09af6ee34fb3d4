#pragma once
// For tests: an app on a free port that takes webhooks and answers as it is told.

#include <clerk/webhooks.hpp>

#include <fastify/fastify.hpp>

#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace clerk::instance::webhooks {

class Receiver {
 public:
  struct Received {
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    /// As our own SDK verifies it.
    clerk::WebhookEvent verified(const std::string& secret) const {
      return clerk::verifyWebhook(clerk::HeaderList(headers), body, {.signingSecret = secret});
    }
  };

  Receiver() {
    app_.removeContentTypeParser("application/json");
    app_.addContentTypeParser("*", {.parseAs = fastify::ParseAs::String},
                              [](fastify::Request&, std::string_view body) { return fastify::RequestBody(body); });
    app_.post("/hook", [this](fastify::Request& request, fastify::Reply& reply) {
      std::lock_guard lock(mutex_);
      Received one;
      for (const auto& header : request.headers().json()) {
        if (header.value().is_string()) one.headers.emplace_back(header.key(), header.value().as_string());
      }
      one.body = request.body().json().as_string();
      received_.push_back(std::move(one));
      arrived_.notify_all();
      reply.code(status_).header("location", origin_ + "/elsewhere").send("");
    });
    app_.post("/elsewhere", [this](fastify::Request&, fastify::Reply& reply) {
      std::lock_guard lock(mutex_);
      followed_ = true;
      reply.send("");
    });
    origin_ = app_.listen({.host = "127.0.0.1"});
  }
  ~Receiver() { app_.close(); }

  std::string url() const { return origin_ + "/hook"; }
  void answerWith(int status) {
    std::lock_guard lock(mutex_);
    status_ = status;
  }
  std::vector<Received> received() {
    std::lock_guard lock(mutex_);
    return received_;
  }
  bool followed() {
    std::lock_guard lock(mutex_);
    return followed_;
  }
  /// Waits until so many came; fewer when they do not come.
  std::vector<Received> await(std::size_t count) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, std::chrono::seconds(30), [&] { return received_.size() >= count; });
    return received_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<Received> received_;
  int status_ = 200;
  bool followed_ = false;
  std::string origin_;
  fastify::Fastify app_;
};

}  // namespace clerk::instance::webhooks
