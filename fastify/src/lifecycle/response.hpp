#pragma once
// From a payload to bytes on the wire: content type, serialization, framing, streams and trailers.

#include "state.hpp"

#include <string>
#include <string_view>

namespace fastify {

/// Gives the answer the content type that its payload implies, unless one was set.
void settleContentType(Exchange::State& state);

/// Turns a JSON payload into text, by the reply's serializer, the scope's, the route's schema, or JSON.stringify's
/// rules.
void serializePayload(Exchange::State& state);
/// The text that the route's schema for the status (or plain JSON) gives.
void serializeJson(Exchange::State& state, const Json& value, std::string& text);

/// Hands the answer to the transport, whole or as a stream. Throws when a header cannot be sent.
void writeAnswer(Exchange::State& state);

/// Throws FST_ERR_BAD_TRAILER_NAME for names that no trailer may have (RFC 9110 §6.5.1).
void checkTrailerName(std::string_view name);
std::string lowerCase(std::string_view text);
/// What a header with a forbidden character becomes.
FastifyError invalidHeader(const std::string& name);

// What RawReply does.
void writeRawHead(Exchange::State& state, int statusCode, const HeaderPairs& headers);
void writeRaw(Exchange::State& state, std::string_view data);
void endRaw(Exchange::State& state, std::string_view data);

}  // namespace fastify
