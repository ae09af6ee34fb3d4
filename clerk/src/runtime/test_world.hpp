#pragma once
// An outside for tests: a clock that stands still, answers by a function, waits that cost nothing, and notes of it all.

#include <clerk/runtime.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace clerk::test {

inline fetch::Response jsonAnswer(std::string body, int status = 200, std::string statusText = "OK") {
  return {.status = status,
          .statusText = std::move(statusText),
          .headers = {{"content-type", "application/json"}},
          .body = std::move(body)};
}

class World {
 public:
  using Answer = std::function<async::Task<fetch::Response>(fetch::Request)>;

  World()
      : runtime(std::make_shared<Runtime>(
            RuntimeHooks{.now = [this] { return std::chrono::system_clock::time_point(now); },
                         .sleep = [this](std::chrono::milliseconds duration) -> async::Task<> {
                           sleeps.push_back(duration);
                           now += duration;
                           co_return;
                         },
                         .random = [] { return 0.0; },
                         .fetch = [this](fetch::Request request) -> async::Task<fetch::Response> {
                           requests.push_back(request);
                           return answer(std::move(request));
                         },
                         .environment = [this](std::string_view name) -> std::optional<std::string> {
                           const auto found = environment.find(std::string(name));
                           return found == environment.end() ? std::nullopt : std::optional(found->second);
                         },
                         .log = [this](LogLevel, std::string_view text) { lines.emplace_back(text); }})) {}
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  /// All requests get this.
  void answerWith(fetch::Response response) {
    answer = [response](fetch::Request) -> async::Task<fetch::Response> { co_return response; };
  }
  /// One answer after another; then none.
  void answerInTurn(std::vector<fetch::Response> responses) {
    answer = [responses = std::move(responses),
              next = std::make_shared<std::size_t>(0)](fetch::Request) -> async::Task<fetch::Response> {
      if (*next >= responses.size()) throw fetch::Error(fetch::ErrorCode::Connect, "connection refused");
      co_return responses[(*next)++];
    };
  }

  std::chrono::milliseconds now{1'750'000'000'000};
  std::map<std::string, std::string> environment;
  Answer answer = [](fetch::Request) -> async::Task<fetch::Response> {
    throw fetch::Error(fetch::ErrorCode::Connect, "connection refused");
    co_return fetch::Response();
  };

  std::vector<fetch::Request> requests;
  std::vector<std::chrono::milliseconds> sleeps;
  std::vector<std::string> lines;
  std::shared_ptr<Runtime> runtime;
};

/// The value of a request's header by its name in any case; empty when absent.
inline std::string headerOf(const fetch::Request& request, std::string_view name) {
  fetch::Response headers{.headers = request.headers};
  return std::string(headers.header(name).value_or(""));
}

}  // namespace clerk::test
