#pragma once
// JSON bodies. Strict (RFC 8259), bounded, and never with keys that poison JavaScript prototypes unless asked.

#include <fastify/content_type_parser.hpp>
#include <fastify/json.hpp>

#include <boost/json/storage_ptr.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace fastify::content {

struct JsonBodyOptions {
  /// For a `__proto__` key anywhere.
  Poisoning proto = Poisoning::Error;
  /// For a `constructor` whose value is an object with a `prototype`.
  Poisoning constructor = Poisoning::Error;
};

/// Arrays and objects may be nested this deep: far more than anybody writes, and no danger to a thread's stack.
inline constexpr std::size_t maxJsonDepth = 1000;

/// The value of a body; nullopt when it is not JSON or poisoned. A leading BOM is dropped; malformed UTF-8 and lone
/// surrogates become U+FFFD, so that all strings are valid UTF-8. Of a key that stands twice the last value stays, at
/// the first one's place. Integers keep 64 bits; other numbers are the nearest double. The value lives in `storage`.
std::optional<Json> parseJsonBody(std::string_view bytes, const JsonBodyOptions& options = {},
                                  boost::json::storage_ptr storage = {});

}  // namespace fastify::content
