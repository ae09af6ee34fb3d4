#include "histogram.hpp"

#include <fastify/metrics.hpp>

#include <ecmascript/number.hpp>

#include <algorithm>

namespace fastify {

std::string escapedLabel(std::string_view value) {
  std::string escaped;
  for (const char c : value) {
    if (c == '\\' || c == '"') escaped += '\\';
    if (c == '\n')
      escaped += "\\n";
    else
      escaped += c;
  }
  return escaped;
}

namespace detail {

RequestHistogram::RequestHistogram(std::string name, std::string help, std::vector<double> buckets)
    : name_(std::move(name)), help_(std::move(help)), buckets_(std::move(buckets)) {}

void RequestHistogram::observe(Labels labels, double seconds) {
  const auto bucket = static_cast<std::size_t>(std::ranges::lower_bound(buckets_, seconds) - buckets_.begin());
  const std::lock_guard lock(mutex_);
  auto& series = series_[std::move(labels)];
  if (series.counts.empty()) series.counts.resize(buckets_.size());
  if (bucket < buckets_.size()) ++series.counts[bucket];
  ++series.count;
  series.sum += seconds;
}

void RequestHistogram::write(std::string& text) const {
  text += "# HELP " + name_ + " " + help_ + "\n# TYPE " + name_ + " histogram\n";
  const std::lock_guard lock(mutex_);
  for (const auto& [labels, series] : series_) {
    const auto& [method, route, status] = labels;
    const auto named = "method=\"" + escapedLabel(method) + "\",route=\"" + escapedLabel(route) + "\",status_code=\"" +
                       escapedLabel(status) + "\"";
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      below += series.counts[i];
      text += name_ + "_bucket{le=\"" + ecmascript::toString(buckets_[i]) + "\"," + named + "} " +
              std::to_string(below) + "\n";
    }
    text += name_ + "_bucket{le=\"+Inf\"," + named + "} " + std::to_string(series.count) + "\n";
    text += name_ + "_sum{" + named + "} " + ecmascript::toString(series.sum) + "\n";
    text += name_ + "_count{" + named + "} " + std::to_string(series.count) + "\n";
  }
}

}  // namespace detail
}  // namespace fastify
