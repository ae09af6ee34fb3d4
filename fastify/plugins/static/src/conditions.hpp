#pragma once
// Conditional requests and ranges (RFC 9110 §13, §14) for one file.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fastify {
class RequestHeaders;
}

namespace fastify::detail {

/// What is known of a file; empty when it is not told.
struct Validators {
  std::string etag;
  std::optional<std::int64_t> modified;  // milliseconds, whole seconds
};

bool preconditionFails(const RequestHeaders& request, const Validators& file);
bool notModified(const RequestHeaders& request, const Validators& file);
/// If-Range: whether the range counts.
bool rangeIsFresh(const RequestHeaders& request, const Validators& file);

struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};
enum class RangeKind { Whole, One, None };
/// What a Range header asks of `size` bytes: one range, the whole (no range in bytes, or several that do not join), or
/// nothing that there is.
RangeKind parseRange(std::string_view header, std::uint64_t size, ByteRange& range);

}  // namespace fastify::detail
