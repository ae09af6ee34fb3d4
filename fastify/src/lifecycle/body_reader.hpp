#pragma once
// The body's way from the transport to `request.body()`: whole, or as a stream.

#include "state.hpp"

#include <string_view>

namespace fastify {

/// Goes on with reading and parsing the body. True when `request.body()` is settled; false when bytes or a parser are
/// waited for. Throws what the body is refused with.
bool parseBody(Exchange::State& state);

/// The body as a stream, for preParsing hooks and parsers that want one.
Stream incomingStream(Exchange::State& state);

// What the transport brings.
void takeBodyData(Exchange::State& state, std::string_view data);
void takeBodyEnd(Exchange::State& state);
void takeBodyFailure(Exchange::State& state);

}  // namespace fastify
