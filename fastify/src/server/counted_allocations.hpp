#pragma once
// For tests: the allocations of the threads that have not opted out, which can be made to fail. ThreadSanitizer has an
// operator new of its own that cannot be replaced: this is for builds without it.

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>

namespace fastify::server {

struct CountedAllocations {
  static std::atomic<std::size_t> count;
  /// Cleared by the test's own thread.
  static thread_local bool here;
  /// How many still succeed; negative: all.
  static std::atomic<long> untilFailure;
};

/// Lets the first allocation of the server's thread fail while `ask` is served, then the second, and so on until all
/// succeed. After each the server is whole.
template <class Ask, class IsWhole>
void failEachAllocation(Ask&& ask, IsWhole&& isWhole) {
  CountedAllocations::here = false;
  ASSERT_TRUE(isWhole());  // it has started
  for (long n = 0; n < 2000; ++n) {
    CountedAllocations::untilFailure = n;
    ask();
    const bool failed = CountedAllocations::untilFailure.exchange(-1) < 0;
    ASSERT_TRUE(isWhole()) << "after the failure of allocation " << n;
    if (!failed) return;
  }
  FAIL() << "no end of allocations";
}

}  // namespace fastify::server
