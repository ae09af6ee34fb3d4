#pragma once
// Bodies of HTML forms (`application/x-www-form-urlencoded`); @fastify/formbody for C++.

#include <fastify/json.hpp>
#include <fastify/plugin.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace fastify {

struct FormbodyOptions {
  /// Bytes; absent: the route's or the server's.
  std::optional<std::int64_t> bodyLimit;
  /// Turns the text of a body into what `request.body()` gives; empty: `parseForm`.
  std::function<JsonObject(std::string_view)> parser;
};

/// The fields of a form in their order: strings, or arrays of strings for names that came several times. `+` is a
/// blank; an escape that is no UTF-8 stays as it was written, other malformed bytes become U+FFFD. Never fails.
JsonObject parseForm(std::string_view body);

namespace detail {
Task<> startFormbody(Fastify& instance, const FormbodyOptions& options);
}

/// `app.registerPlugin(fastify::formbody)`: form bodies become JSON objects in `request.body()`.
inline constexpr Plugin<FormbodyOptions> formbody{detail::startFormbody, "@fastify/formbody", "5.x"};

}  // namespace fastify
