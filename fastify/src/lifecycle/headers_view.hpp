#pragma once
// A request's headers by name, with those that came more than once joined as Node joins them.

#include "state.hpp"

#include <optional>
#include <string_view>

namespace fastify {

/// The value of a header, in any case of its name; nullopt when it did not come.
std::optional<std::string_view> headerOf(const Exchange::State& state, std::string_view name);
/// All of them by lower-case name, in order of arrival.
JsonObject allHeaders(Exchange::State& state);
/// The last element of a comma-separated list that is not empty; empty when there is none.
std::string_view lastListElement(std::string_view list);
/// Whether a comma-separated list has that element, in any case; `lower` is lower-case.
bool hasListElement(std::string_view list, std::string_view lower);

}  // namespace fastify
