#pragma once
// The `format` keyword: the names that ajv-formats knows.

#include <string_view>

namespace fastify::schema {

struct Format {
  /// For strings; nullptr: strings are not looked at.
  bool (*text)(std::string_view) = nullptr;
  /// For numbers; nullptr: numbers are not looked at.
  bool (*number)(double) = nullptr;
};

/// nullptr when there is no format of this name.
const Format* findFormat(std::string_view name) noexcept;

}  // namespace fastify::schema
