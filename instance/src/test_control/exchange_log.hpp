#pragma once
// The latest requests and answers of the APIs, whole: for tests that ask what a client really said.

#include <fastify/payload.hpp>
#include <fastify/reply.hpp>
#include <fastify/request.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>

namespace clerk::instance::test_control {

/// Keeps what came last, a bounded number of exchanges and bytes. It holds passwords and tokens: in memory alone, and
/// only for tests. Safe from any thread.
class ExchangeLog {
 public:
  /// Just before the answer is sent.
  void add(fastify::Request& request, const fastify::Reply& reply, const fastify::Payload& payload);
  /// Oldest first.
  boost::json::array list() const;
  void clear();

 private:
  struct Entry {
    boost::json::object exchange;
    std::size_t bytes = 0;
  };

  mutable std::mutex mutex_;
  std::deque<Entry> entries_;
  std::size_t bytes_ = 0;
  std::int64_t count_ = 0;
};

}  // namespace clerk::instance::test_control
