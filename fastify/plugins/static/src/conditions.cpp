#include "conditions.hpp"

#include <fastify/headers.hpp>

#include <ecmascript/utc_date.hpp>

#include <algorithm>
#include <charconv>
#include <vector>

namespace fastify::detail {
namespace {

constexpr std::size_t mostRanges = 64;  // more are sent whole: a flood of ranges is work for nothing

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string_view withoutWeakness(std::string_view tag) noexcept { return tag.starts_with("W/") ? tag.substr(2) : tag; }

bool listHas(std::string_view list, std::string_view etag) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    if (!etag.empty() && withoutWeakness(trimmed(list.substr(0, comma))) == withoutWeakness(etag)) return true;
    list.remove_prefix(comma == list.npos ? list.size() : comma + 1);
  }
  return false;
}

std::optional<std::uint64_t> numberOf(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed == std::errc::result_out_of_range) return UINT64_MAX;
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<ByteRange> rangeOf(std::string_view spec, std::uint64_t size) {
  const auto dash = spec.find('-');
  if (dash == spec.npos || size == 0) return std::nullopt;
  const auto left = trimmed(spec.substr(0, dash)), right = trimmed(spec.substr(dash + 1));
  const auto first = numberOf(left), last = numberOf(right);
  if (left.empty()) {
    if (!last || *last == 0 || *last > size) return std::nullopt;
    return ByteRange{size - *last, size - 1};
  }
  if (!first || *first >= size || (!right.empty() && !last)) return std::nullopt;
  const ByteRange range{*first, last ? std::min(*last, size - 1) : size - 1};
  return range.first <= range.last ? std::optional(range) : std::nullopt;
}

}  // namespace

bool preconditionFails(const RequestHeaders& request, const Validators& file) {
  if (const auto match = request["if-match"]; match && !match->empty()) {
    if (trimmed(*match) != "*" && !listHas(*match, file.etag)) return true;
  }
  if (const auto since = request["if-unmodified-since"]) {
    const auto time = ecmascript::parseUtcString(*since);
    if (time && (!file.modified || *file.modified > *time)) return true;
  }
  return false;
}

bool notModified(const RequestHeaders& request, const Validators& file) {
  if (const auto cache = request["cache-control"]; cache && cache->find("no-cache") != cache->npos) return false;
  // If-None-Match is the better answer: the date does not count beside it (RFC 9110 §13.1.3).
  if (const auto match = request["if-none-match"]) return trimmed(*match) == "*" || listHas(*match, file.etag);
  const auto since = request["if-modified-since"];
  const auto time = since ? ecmascript::parseUtcString(*since) : std::nullopt;
  return time && file.modified && *file.modified <= *time;
}

bool rangeIsFresh(const RequestHeaders& request, const Validators& file) {
  const auto condition = request["if-range"];
  if (!condition) return true;
  if (condition->find('"') != condition->npos)
    return !file.etag.empty() && condition->find(file.etag) != condition->npos;
  const auto time = ecmascript::parseUtcString(*condition);
  return time && (!file.modified || *file.modified <= *time);
}

RangeKind parseRange(std::string_view header, std::uint64_t size, ByteRange& range) {
  header = trimmed(header);
  if (!header.starts_with("bytes=")) return RangeKind::Whole;
  header.remove_prefix(6);
  if (std::ranges::count(header, ',') >= static_cast<std::ptrdiff_t>(mostRanges)) return RangeKind::Whole;
  std::vector<ByteRange> ranges;
  while (true) {
    const auto comma = header.find(',');
    if (const auto one = rangeOf(trimmed(header.substr(0, comma)), size)) ranges.push_back(*one);
    if (comma == header.npos) break;
    header.remove_prefix(comma + 1);
  }
  if (ranges.empty()) return RangeKind::None;
  std::ranges::sort(ranges, {}, &ByteRange::first);
  range = ranges.front();
  for (const auto& next : ranges) {
    if (next.first > range.last + 1) return RangeKind::Whole;
    range.last = std::max(range.last, next.last);
  }
  return RangeKind::One;
}

}  // namespace fastify::detail
