#pragma once
// What one call of the Backend API may be told, and what it tells when it has ended.

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace clerk {

/// For one call. What is not given is as in ClerkOptions::requestPolicy.
struct CallOptions {
  /// For the call with all its repetitions; then it throws ClerkAPIResponseError with the code `request_timeout`.
  std::optional<std::chrono::milliseconds> deadline = {};
  std::optional<int> retries = {};
  /// Ends the call with ClerkAPIResponseError and the code `request_cancelled`. Whether the API has done what it was
  /// asked for is then not known. May be requested from any thread while the call's EventLoop lives.
  std::stop_token stop = {};
};

/// One request that has ended with all its repetitions. A method may be more than one request. The views live as long
/// as the call of the observer.
struct CallReport {
  /// Such as `users.getUser`; empty for ClerkClient::request.
  std::string_view name;
  /// Such as `GET`.
  std::string_view method;
  /// Without ids: `/users/{userId}`; empty for ClerkClient::request, whose paths may hold anything.
  std::string_view route;
  /// Absent when there was no answer.
  std::optional<int> status;
  /// 1 when nothing was repeated; 0 when the call was cancelled before anything was sent.
  int attempts = 0;
  std::chrono::nanoseconds duration{0};
};

/// Told of each request, on its loop's thread. It must not throw.
using CallObserver = std::function<void(const CallReport&)>;

}  // namespace clerk
