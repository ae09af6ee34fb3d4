#pragma once
// The texts of answers that the framework makes itself: Fastify's shapes A, B, C and E.

#include "state.hpp"

#include <string>
#include <string_view>

namespace fastify {

/// Shape A: `{statusCode, code?, error?, message}`.
std::string plainErrorBody(const FastifyError& error, int statusCode);
/// The same, or what the route's schema for the error's status makes of the error. A failing one changes `state.error`.
std::string errorBody(Exchange::State& state);
/// Shape B: `{message, error, statusCode}`.
JsonObject notFoundBody(std::string_view method, std::string_view url);
/// Shape C: `{error, code, message, statusCode}`.
std::string routerErrorBody(std::string_view code, std::string_view message, int statusCode);
/// Shape E.
inline constexpr std::string_view closingBody =
    R"({"error":"Service Unavailable","message":"Service Unavailable","statusCode":503})";

}  // namespace fastify
