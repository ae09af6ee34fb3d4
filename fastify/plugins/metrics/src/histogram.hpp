#pragma once
// Durations by label, counted in buckets.

#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

namespace fastify::detail {

/// Safe from any thread. As many series as there are routes, methods and statuses: nothing that a client sends makes
/// one.
class RequestHistogram {
 public:
  using Labels = std::tuple<std::string, std::string, std::string>;  // method, route, status_code
  RequestHistogram(std::string name, std::string help, std::vector<double> buckets);

  void observe(Labels labels, double seconds);
  /// In Prometheus' text format, at the end of `text`.
  void write(std::string& text) const;

 private:
  struct Series {
    std::vector<std::uint64_t> counts;  // of each bucket alone
    std::uint64_t count = 0;
    double sum = 0;
  };
  const std::string name_;
  const std::string help_;
  const std::vector<double> buckets_;
  mutable std::mutex mutex_;
  std::map<Labels, Series> series_;
};

/// process_…: what Prometheus' client libraries tell of a process.
void writeProcessMetrics(std::string& text);

}  // namespace fastify::detail
