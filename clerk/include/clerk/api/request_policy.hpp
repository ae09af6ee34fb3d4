#pragma once
// How patient the Backend API client is.

#include <chrono>

namespace clerk {

/// How long a call of the Backend API may take, and how often it is repeated.
struct RequestPolicy {
  /// For a call with all its repetitions.
  std::chrono::milliseconds deadline{30'000};
  /// Reading calls (GET) are repeated so often when the API could not be reached or answers 408, 429 or 5xx. Others
  /// never.
  int retries = 2;
  /// A longer Retry-After is not waited for: the call fails with the API's answer.
  std::chrono::seconds maximumRetryAfter{10};
};

}  // namespace clerk
