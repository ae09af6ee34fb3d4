#include "body_reader.hpp"

#include "content_type_parsers.hpp"
#include "headers_view.hpp"
#include "pending_call.hpp"

#include <utility>

namespace fastify {

using State = Exchange::State;

namespace {

FastifyError tooLarge() { return {413, "FST_ERR_CTP_BODY_TOO_LARGE", "Request body is too large"}; }
FastifyError unsupported() { return {415, "FST_ERR_CTP_INVALID_MEDIA_TYPE", "Unsupported Media Type"}; }

bool hasBody(const State& state) noexcept {
  return state.message.chunked || state.message.contentLength.value_or(0) > 0;
}

/// The parser for this request; nullptr when there is nothing to parse. Throws 415.
const BodyParser* chooseParser(const State& state) {
  const auto& parsers = *state.route->parsers;
  const auto contentType = headerOf(state, "content-type");
  if (!contentType) {
    if (state.message.method == http::Method::Query) {
      throw FastifyError(400, "FST_ERR_ROUTE_MISSING_CONTENT_TYPE",
                         "Method 'QUERY' must provide a 'Content-Type' header.");
    }
    if (!hasBody(state)) return nullptr;
  }
  const auto* parser = contentType ? parsers.find(*contentType) : parsers.findCatchAll();
  // An unknown path is a 404 whatever the body is.
  if (!parser && !state.route->is404) throw unsupported();
  return parser;
}

Task<> callWholeParser(State& state, const BodyParser& parser) {
  state.body = co_await parser.parser.whole()(state.request, state.rawBody);
}

Task<> callStreamParser(State& state, const BodyParser& parser) {
  state.body = co_await parser.parser.streamed()(state.request, incomingStream(state));
}

/// Reads the stream that preParsing hooks left, and compares its length with the declared one.
Task<> collect(State& state, Stream stream) {
  while (auto chunk = co_await stream->read()) {
    if (state.rawBody.size() + chunk->size() > state.bodyLimit) throw tooLarge();
    state.rawBody += *chunk;
  }
  const auto received = stream->receivedEncodedLength().value_or(state.rawBody.size());
  if (received > state.bodyLimit) throw tooLarge();
  if (state.message.contentLength && received != *state.message.contentLength) {
    throw FastifyError(400, "FST_ERR_CTP_INVALID_CONTENT_LENGTH", "Request body size did not match Content-Length");
  }
}

/// Calls the parser with the whole body. True when it is done.
bool parseWhole(State& state, const BodyParser& parser) {
  const auto& parsers = *state.route->parsers;
  switch (parser.kind) {
    case BodyParser::Kind::Json:
      if (state.rawBody.empty() && state.application.options.allowEmptyJsonBody) return true;
      state.body = parseJson(state.request, state.rawBody, parsers.onProto(), parsers.onConstructor());
      return true;
    case BodyParser::Kind::Text: state.body = parseText(state.rawBody); return true;
    case BodyParser::Kind::Custom: break;
  }
  return waitFor(state, [&] { return callWholeParser(state, parser); });
}

bool wantsStream(const BodyParser& parser) noexcept {
  return parser.kind == BodyParser::Kind::Custom && parser.options.parseAs == ParseAs::Stream;
}

/// Starts to read. True when the whole body is there.
bool startReading(State& state) {
  if (state.message.contentLength.value_or(0) > state.bodyLimit) throw tooLarge();
  if (state.bodyStream) return waitFor(state, [&] { return collect(state, state.bodyStream); });
  if (state.message.contentLength) state.rawBody.reserve(*state.message.contentLength);
  state.transport->receiveBody();
  return state.bodyEnded;
}

}  // namespace

bool parseBody(State& state) {
  using Progress = State::BodyProgress;
  switch (state.bodyProgress) {
    case Progress::None: {
      if (!state.application.bodyMethods[static_cast<std::size_t>(state.message.method)]) return true;
      const auto* parser = chooseParser(state);
      if (!parser) return true;
      state.parser = parser;
      state.bodyLimit =
          parser->options.bodyLimit ? static_cast<std::size_t>(*parser->options.bodyLimit) : state.route->bodyLimit;
      if (wantsStream(*parser)) {
        state.bodyProgress = Progress::Parsing;
        return waitFor(state, [&] { return callStreamParser(state, *parser); });
      }
      state.bodyProgress = Progress::Reading;
      const bool complete = startReading(state);
      if (state.bodyTooLarge) throw tooLarge();
      if (!complete) return false;
      break;
    }
    case Progress::Reading:
      if (state.bodyTooLarge) throw tooLarge();
      if (!state.bodyStream && !state.bodyEnded) return false;
      break;
    case Progress::Parsing: return true;
  }
  state.bodyProgress = Progress::Parsing;
  return parseWhole(state, *static_cast<const BodyParser*>(state.parser));
}

Stream incomingStream(State& state) {
  if (state.bodyStream) return state.bodyStream;
  state.incoming = std::make_shared<IncomingBody>(*state.transport);
  state.bodyStream = state.incoming;
  return state.bodyStream;
}

void takeBodyData(State& state, std::string_view data) {
  if (state.incoming) return state.incoming->add(data);
  if (state.bodyProgress != State::BodyProgress::Reading || state.bodyTooLarge) return;
  if (state.rawBody.size() + data.size() > state.bodyLimit) {
    state.bodyTooLarge = true;
    state.run();
    return;
  }
  state.rawBody += data;
}

void takeBodyEnd(State& state) {
  state.bodyEnded = true;
  if (state.incoming) return state.incoming->end();
  state.run();
}

void takeBodyFailure(State& state) {
  if (state.incoming) state.incoming->fail();
}

}  // namespace fastify
