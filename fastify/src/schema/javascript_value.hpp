#pragma once
// JavaScript's conversions of values (ECMA-262, "Type Conversion").

#include <fastify/json.hpp>

#include <string>

namespace fastify::schema {

/// `Number(value)`.
double toNumber(const Json& value);
/// `String(value)`; 64-bit integers keep their digits.
std::string toText(const Json& value);
/// `Boolean(value)`.
bool toBoolean(const Json& value) noexcept;

}  // namespace fastify::schema
