#pragma once
// JSON texts of plain values, and errors of values that do not fit; compiled once, for all types.

#include <fastify/error.hpp>
#include <fastify/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace fastify::typed {

/// At the end of `out`, as JavaScript writes them. Numbers that JSON has not are null.
void appendText(std::string& out, std::string_view text);
void appendNumber(std::string& out, double number);
void appendJson(std::string& out, const Json& value);

/// Where a value is in a part of a request, on the stack of who descends.
struct Place {
  static constexpr std::size_t noIndex = static_cast<std::size_t>(-1);
  const Place* parent = nullptr;
  std::string_view key;  // of the outermost: "body"
  std::size_t index = noIndex;
};

/// What Fastify answers when validation finds it: 400 FST_ERR_VALIDATION, `body/name must be string`. The schema finds
/// such things first, unless the route has another one than its types say.
[[noreturn]] void refuse(const Place& place, std::string_view what);

}  // namespace fastify::typed
