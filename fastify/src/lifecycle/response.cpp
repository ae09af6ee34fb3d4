#include "response.hpp"

#include "answers.hpp"
#include "pending_call.hpp"
#include "request_log.hpp"

#include "content/media_type.hpp"

#include <fastify/error.hpp>

#include <ecmascript/json_text.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace fastify {

using State = Exchange::State;

namespace {

constexpr std::string_view jsonType = "application/json; charset=utf-8";
constexpr std::string_view textType = "text/plain; charset=utf-8";

bool containsIgnoringCase(std::string_view text, std::string_view lowerCaseWord) {
  auto equal = [](char c, char lower) { return (c >= 'A' && c <= 'Z' ? c + 32 : c) == lower; };
  return std::ranges::search(text, lowerCaseWord, equal).size() == lowerCaseWord.size();
}

/// Whether the media type, without its parameters, is one that Fastify takes for JSON.
bool isJsonType(std::string_view contentType) {
  if (contentType == jsonType) return true;
  return containsIgnoringCase(contentType.substr(0, contentType.find(';')), "json");
}

/// A media type that Fastify takes for JSON and that has no charset gets one, in normal form.
void addCharset(State& state, std::string_view contentType) {
  if (!isJsonType(contentType) || containsIgnoringCase(contentType, "charset")) return;
  const auto mediaType = content::parseMediaType(contentType);
  state.headers.set("content-type",
                    (mediaType ? mediaType->normalized() : std::string(contentType)) + "; charset=utf-8");
}

std::string_view bytesOf(const State& state) noexcept {
  if (state.payload.isText()) return state.payload.text();
  if (state.payload.isBuffer()) return state.payload.buffer().view();
  return {};
}

bool hasBytes(const State& state) noexcept { return state.payload.isText() || state.payload.isBuffer(); }

void setContentLength(State& state, std::size_t length) {
  std::array<char, 20> digits;
  const auto [end, failed] = std::to_chars(digits.data(), digits.data() + digits.size(), length);
  state.headers.setStatic("content-length", state.keep({digits.data(), static_cast<std::size_t>(end - digits.data())}));
}

bool bodyless(const State& state) noexcept {
  return state.message.method == http::Method::Head || state.statusCode == 204 || state.statusCode == 304 ||
         state.statusCode < 200;
}

bool wantsClose(const State& state) {
  const auto connection = state.headers.get("connection");
  return state.closeAfter || (connection && lowerCase(*connection) == "close");
}

/// The head as it stands now. "connection" is the transport's to write, "transfer-encoding" too.
OutgoingHead makeHead(State& state, Framing framing) {
  OutgoingHead head;
  head.statusCode = state.statusCode;
  head.framing = framing;
  head.bodyless = bodyless(state);
  head.close = wantsClose(state);
  state.headers.remove("connection");
  for (const auto& field : state.rawHeaders) {
    if (!state.headers.has(field.name)) state.headers.set(field.name, field.value);
  }
  head.headers = state.headers.fields();
  return head;
}

/// The trailers' values, computed from the final payload; those that fail are left out.
Task<std::vector<std::pair<std::string, std::string>>> computeTrailers(State& state) {
  std::vector<std::pair<std::string, std::string>> values;
  for (const auto& trailer : state.trailers) {
    try {
      values.emplace_back(trailer.name, co_await trailer.function(state.payload));
    } catch (...) {
      // Fastify leaves the field out: the body is already on its way.
    }
  }
  co_return values;
}

Task<> endWithTrailers(State& state) {
  const auto values = co_await computeTrailers(state);
  if (state.closed) co_return;
  std::vector<HeaderField> fields;
  for (const auto& [name, value] : values) fields.push_back({name, value});
  state.transport->endBody(fields);
}

Task<> waitForRoom(State& state) {
  state.drained.emplace();
  const auto drained = *state.drained;
  co_await drained;
}

/// Reads the stream and writes it, one chunk at a time. What fails before the head is thrown to the lifecycle.
Task<> pump(State& state) {
  const Stream stream = state.payload.stream();
  auto first = co_await stream->read();
  if (state.closed) {
    stream->destroy();
    co_return;
  }
  if (!first && state.trailers.empty() && !state.headers.has("content-length")) {
    setContentLength(state, 0);
    auto head = makeHead(state, Framing::Length);
    state.headWritten = true;
    state.transport->respond(head, {});
    co_return;
  }
  const bool chunked = !state.headers.has("content-length") || !state.trailers.empty();
  if (chunked) state.headers.remove("content-length");
  state.headers.remove("transfer-encoding");
  const auto head = makeHead(state, chunked ? Framing::Chunked : Framing::Length);
  state.headWritten = true;
  if (head.bodyless) {
    stream->destroy();
    state.transport->respond(head, {});
    co_return;
  }
  state.transport->beginBody(head);
  while (first && !state.closed) {
    if (!first->empty() && !state.transport->writeBody(*first)) co_await waitForRoom(state);
    if (state.closed) break;
    first = co_await stream->read();
  }
  if (state.closed) {
    stream->destroy();
    co_return;
  }
  co_await endWithTrailers(state);
}

/// A step of the framework's own that takes its time. What it throws before the head goes the way of all errors; after
/// it the answer is cut: the client learns of it by the missing end.
Task<> settlePhase(State& state, Task<> (*write)(State&)) {
  state.phase = Phase::Streaming;
  std::exception_ptr failure;
  try {
    co_await write(state);
  } catch (...) {
    if (!state.headWritten && !state.closed) {
      state.phase = Phase::Write;
      throw;
    }
    failure = std::current_exception();
  }
  state.phase = Phase::Sent;
  if (state.closed) {
    logStreamError(state, {500, "ERR_STREAM_PREMATURE_CLOSE", "Premature close"});
  } else if (failure) {
    logStreamError(state, FastifyError::from(failure));
    if (!state.responseOver) state.transport->abort();
  }
}

void follow(State& state, Task<> (*write)(State&)) {
  waitFor(state, [&] { return settlePhase(state, write); });
}

void announceTrailers(State& state) {
  std::string names;
  for (const auto& trailer : state.trailers) names.append(names.empty() ? "" : " ").append(trailer.name);
  state.headers.set("trailer", names);
}

void writeStream(State& state) {
  if (!state.trailers.empty()) announceTrailers(state);
  follow(state, pump);
}

Task<> writeWithTrailers(State& state) {
  announceTrailers(state);
  state.headers.remove("content-length");
  state.transport->beginBody(makeHead(state, Framing::Chunked));
  state.headWritten = true;
  if (const auto bytes = bytesOf(state); !bytes.empty()) state.transport->writeBody(bytes);
  co_await endWithTrailers(state);
}

/// Shape A past hooks and serializers, when the answer to an error failed itself.
void makeBare(State& state) {
  state.headers.dropInvalid();
  state.headers.remove("content-length");
  state.statusCode = 500;
  state.payload = Payload(plainErrorBody(state.error, 500));
  state.headers.setStatic("content-type", jsonType);
}

}  // namespace

void settleContentType(State& state) {
  const auto contentType = state.headers.get("content-type");
  if (state.payload.isUndefined() || state.payload.isStream()) return;
  if (contentType) {
    // Bytes keep the type that was set: Fastify adds a charset to texts and objects alone.
    if (!state.payload.isBuffer()) addCharset(state, *contentType);
  } else if (state.payload.isText()) {
    state.headers.setStatic("content-type", textType);
  } else if (state.payload.isBuffer()) {
    state.headers.setStatic("content-type", "application/octet-stream");
  } else if (!state.serializer) {
    state.headers.setStatic("content-type", jsonType);
  }
}

void serializeJson(State& state, const Json& value, std::string& text) {
  const auto& route = *state.route;
  if (route.findSerializer) {
    const auto contentType = state.headers.get("content-type").value_or("");
    if (const auto* serializer = route.findSerializer(state.statusCode, contentType)) {
      text += (*serializer)(value);
      return;
    }
  }
  ecmascript::appendJson(text, value);
}

void serializePayload(State& state) {
  if (state.serializer) {
    if (state.payload.isJson() || (state.payload.isText() && state.headers.has("content-type"))) {
      state.payload = state.serializer(state.payload);
    }
    return;
  }
  if (state.preSerialized && state.payload.isText()) {
    std::string quoted;
    ecmascript::appendQuoted(quoted, state.payload.text());
    state.payload = Payload(std::move(quoted));
  }
  if (!state.payload.isJson()) return;
  if (state.route->replySerializer) {
    state.payload = Payload(state.route->replySerializer(state.payload.json(), state.statusCode));
    return;
  }
  const auto contentType = state.headers.get("content-type");
  if (contentType && !isJsonType(*contentType)) return;  // refused when it is written, unless onSend makes bytes of it
  state.text.clear();
  serializeJson(state, state.payload.json(), state.text);
  state.payload = Payload(std::move(state.text));
}

void writeAnswer(State& state) {
  if (state.bareAnswer) makeBare(state);
  if (state.closed) {
    if (state.payload.isStream()) state.payload.stream()->destroy();
    state.phase = Phase::Sent;
    return;
  }
  if (state.headers.invalid()) throw invalidHeader(state.headers.invalidName());
  const bool noContent = state.statusCode == 204 || state.statusCode < 200;
  if (state.payload.isStream() && !noContent) return writeStream(state);
  if (state.payload.isJson() && !state.payload.isNull()) {
    const auto kind = state.payload.json().is_number() ? "number"
                      : state.payload.json().is_bool() ? "boolean"
                                                       : "object";
    throw FastifyError(
        500, "FST_ERR_REP_INVALID_PAYLOAD_TYPE",
        std::string("Attempted to send payload of invalid type '") + kind + "'. Expected a string or Buffer.");
  }
  if (noContent) {
    if (state.payload.isStream()) state.payload.stream()->destroy();
    state.payload = Payload();
    state.headers.remove("content-type");
    state.headers.remove("content-length");
  } else if (!state.trailers.empty() && state.message.method != http::Method::Head) {
    return follow(state, writeWithTrailers);
  } else if (hasBytes(state)) {
    if (state.message.method != http::Method::Head || !state.headers.has("content-length"))
      setContentLength(state, bytesOf(state).size());
  } else if (state.statusCode != 304 && state.message.method != http::Method::Head) {
    setContentLength(state, 0);
  }
  const bool chunked = state.headers.has("transfer-encoding");
  state.headers.remove("transfer-encoding");
  state.phase = Phase::Sent;
  state.headWritten = true;
  if (!chunked) {
    const auto head = makeHead(state, noContent ? Framing::None : Framing::Length);
    state.transport->respond(head, head.bodyless ? std::string_view() : bytesOf(state));
    return;
  }
  state.headers.remove("content-length");
  const auto head = makeHead(state, Framing::Chunked);
  state.transport->beginBody(head);
  if (!head.bodyless && !bytesOf(state).empty()) state.transport->writeBody(bytesOf(state));
  state.transport->endBody({});
}

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

FastifyError invalidHeader(const std::string& name) {
  return {500, "ERR_INVALID_CHAR", "Invalid character in header content [\"" + name + "\"]"};
}

void checkTrailerName(std::string_view name) {
  static constexpr std::array<std::string_view, 13> forbidden{"transfer-encoding", "content-length", "host",
                                                              "cache-control",     "max-forwards",   "te",
                                                              "authorization",     "set-cookie",     "content-encoding",
                                                              "content-type",      "content-range",  "trailer",
                                                              "connection"};
  const auto lower = lowerCase(name);
  if (std::find(forbidden.begin(), forbidden.end(), lower) != forbidden.end()) {
    throw FastifyError(500, "FST_ERR_BAD_TRAILER_NAME", "Called reply.trailer with an invalid header name: " + lower);
  }
}

// --- raw
// --------------------------------------------------------------------------------------------------------------

namespace {
void collectRawHeaders(State& state, const HeaderPairs& headers) {
  state.headers.clear();
  for (const auto& field : state.rawHeaders) state.headers.set(field.name, field.value);
  state.rawHeaders.clear();
  for (const auto& [name, value] : headers) state.headers.set(name, value);
  if (state.headers.invalid()) throw invalidHeader(state.headers.invalidName());
}
}  // namespace

void writeRawHead(State& state, int statusCode, const HeaderPairs& headers) {
  if (state.headWritten || state.closed) return;
  collectRawHeaders(state, headers);
  state.statusCode = statusCode;
  state.rawChunked = !state.headers.has("content-length");
  state.headWritten = true;
  state.transport->beginBody(makeHead(state, state.rawChunked ? Framing::Chunked : Framing::Length));
}

void writeRaw(State& state, std::string_view data) {
  if (state.closed) return;
  writeRawHead(state, state.statusCode, {});
  if (!data.empty()) state.transport->writeBody(data);
}

void endRaw(State& state, std::string_view data) {
  if (state.closed) return;
  if (state.headWritten) {
    if (!data.empty()) state.transport->writeBody(data);
    state.transport->endBody({});
    return;
  }
  collectRawHeaders(state, {});
  setContentLength(state, data.size());
  state.headWritten = true;
  const auto head = makeHead(state, Framing::Length);
  state.transport->respond(head, head.bodyless ? std::string_view() : data);
}

}  // namespace fastify
