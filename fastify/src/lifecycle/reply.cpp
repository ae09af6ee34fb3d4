// Reply: setters keep what the answer will need, `send` hands it to the lifecycle.

#include "decorations.hpp"
#include "request_log.hpp"
#include "response.hpp"
#include "state.hpp"

#include "content/media_type.hpp"

#include <fastify/reply.hpp>

#include <ecmascript/number.hpp>

#include <chrono>

namespace fastify {

using State = Exchange::State;

namespace {

FastifyError badStatusCode(int statusCode) {
  return {500, "FST_ERR_BAD_STATUS_CODE", "Called reply with an invalid status code: " + std::to_string(statusCode)};
}

/// Once the answer is on its way nothing of it can be changed, but onSend hooks still may.
bool settled(const State& state) noexcept {
  return state.headWritten || state.phase == Phase::Sent || state.phase == Phase::Streaming ||
         state.phase == Phase::OnResponse || state.phase == Phase::Finished;
}

/// True when a send counts; a second one is logged.
bool mayReply(State& state) {
  if (state.runningOnError) {
    throw FastifyError(500, "FST_ERR_SEND_INSIDE_ONERR", "You cannot use `send` inside the `onError` hook");
  }
  if (!state.sent && !state.hijacked && !settled(state)) return true;
  warnAlreadySent(state);
  return false;
}

}  // namespace

std::string HeaderValue::numberText(double value) { return ecmascript::toString(value); }

Reply& Reply::code(int statusCode) {
  auto& state = exchange_->state();
  if (statusCode < 100 || statusCode > 599) throw badStatusCode(statusCode);
  if (settled(state)) return *this;
  state.statusCode = statusCode;
  state.statusSet = true;
  return *this;
}

int Reply::statusCode() const noexcept { return exchange_->state().statusCode; }

Reply& Reply::header(std::string_view name, std::string_view value) {
  if (!settled(exchange_->state())) exchange_->state().headers.set(name, value);
  return *this;
}

Reply& Reply::header(std::string_view name, const HeaderValue& value) {
  if (settled(exchange_->state())) return *this;
  auto& headers = exchange_->state().headers;
  if (value.isList()) {
    headers.setList(name, value.values());
  } else {
    headers.set(name, value.values().empty() ? std::string_view() : std::string_view(value.values().front()));
  }
  return *this;
}

Reply& Reply::headers(std::initializer_list<std::pair<std::string_view, HeaderValue>> headers) {
  for (const auto& [name, value] : headers) header(name, value);
  return *this;
}

Reply& Reply::headers(const HeaderPairs& headers) {
  for (const auto& [name, value] : headers) header(name, std::string_view(value));
  return *this;
}

std::optional<std::string> Reply::getHeader(std::string_view name) const {
  const auto lines = exchange_->state().headers.all(name);
  if (lines.empty()) return std::nullopt;
  std::string joined(lines.front());
  for (std::size_t i = 1; i < lines.size(); ++i) joined.append(", ").append(lines[i]);
  return joined;
}

JsonObject Reply::getHeaders() const {
  JsonObject all;
  for (const auto& [name, value] : exchange_->state().headers.fields()) {
    auto [at, isNew] = all.emplace(name, value);
    if (isNew) continue;
    if (!at->value().is_array()) at->value() = JsonArray{at->value()};
    at->value().get_array().emplace_back(value);
  }
  return all;
}

bool Reply::hasHeader(std::string_view name) const { return exchange_->state().headers.has(name); }

Reply& Reply::removeHeader(std::string_view name) {
  if (!settled(exchange_->state())) exchange_->state().headers.remove(name);
  return *this;
}

Reply& Reply::type(std::string_view contentType) { return header("content-type", contentType); }

void Reply::redirect(std::string_view url) {
  auto& state = exchange_->state();
  redirect(url, state.statusSet ? state.statusCode : 302);
}

void Reply::redirect(std::string_view url, int statusCode) { header("location", url).code(statusCode).send(); }

void Reply::send() { send(Payload()); }

void Reply::send(std::initializer_list<boost::json::value_ref> members) {
  auto& state = exchange_->state();
  if (!mayReply(state)) return;
  state.payload = Payload(Json(members, state.storage()));
  state.sent = true;
  state.replySent();
}

void Reply::send(Payload payload) {
  auto& state = exchange_->state();
  if (!mayReply(state)) return;
  state.payload = std::move(payload);
  state.sent = true;
  state.replySent();
}

void Reply::sendError(std::exception_ptr error) {
  auto& state = exchange_->state();
  if (!mayReply(state)) return;
  state.thrownToSend = std::move(error);
  state.sent = true;
  state.replySent();
}

void Reply::callNotFound() {
  auto& state = exchange_->state();
  if (!mayReply(state)) return;
  state.notFoundCalled = true;
  state.replySent();
}

Reply& Reply::serializer(std::function<Payload(const Payload&)> serialize) {
  exchange_->state().serializer = std::move(serialize);
  return *this;
}

std::string Reply::serialize(const Json& value) {
  std::string text;
  serializeJson(exchange_->state(), value, text);
  return text;
}

std::string Reply::serializeInput(const Json& value, int statusCode, std::string_view contentType) {
  const auto serialize = getSerializationFunction(statusCode, contentType);
  if (serialize) return serialize(value);
  const auto status = std::to_string(statusCode);
  if (contentType.empty()) {
    throw FastifyError(500, "FST_ERR_MISSING_SERIALIZATION_FN",
                       "Missing serialization function. Key \"" + status + "\"");
  }
  throw FastifyError(500, "FST_ERR_MISSING_CONTENTTYPE_SERIALIZATION_FN",
                     "Missing serialization function. Key \"" + status + ":" + std::string(contentType) + "\"");
}

SerializerFunction Reply::getSerializationFunction(int statusCode, std::string_view contentType) const {
  const auto& find = exchange_->state().route->findSerializer;
  const auto* serialize = find ? find(statusCode, contentType) : nullptr;
  return serialize ? *serialize : SerializerFunction();
}

SerializerFunction Reply::getSerializationFunction(const Json& schema) const {
  const auto& schemas = exchange_->state().route->onDemandSchemas;
  return schemas ? schemas->findSerializer(schema) : SerializerFunction();
}

SerializerFunction Reply::compileSerializationSchema(const Json& schema, std::string_view httpStatus,
                                                     std::string_view contentType) const {
  return exchange_->state().route->onDemandSchemas->serializer(schema, httpStatus, contentType);
}

bool Reply::sent() const noexcept {
  const auto& state = exchange_->state();
  return state.sent || state.hijacked;
}

double Reply::elapsedTime() const noexcept {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - exchange_->state().startedAt)
      .count();
}

Reply& Reply::hijack() {
  auto& state = exchange_->state();
  state.hijacked = true;
  state.handlerTimer.reset();
  return *this;
}

std::shared_ptr<Socket> Reply::upgrade(std::string_view protocol, const HeaderPairs& headers) {
  auto& state = exchange_->state();
  if (state.sent || state.hijacked || settled(state))
    throw FastifyError(500, "FST_ERR_REP_ALREADY_SENT", "Reply was already sent, it cannot be upgraded.");
  const FastifyError notRequested(426, "FST_ERR_UPGRADE_NOT_REQUESTED", "The request asks for no upgrade");
  if (!state.request.upgrade()) throw notRequested;
  for (const auto& [name, value] : headers) state.headers.set(name, value);
  state.headers.setStatic("connection", "Upgrade");
  state.headers.set("upgrade", protocol);
  if (state.headers.invalid()) throw invalidHeader(state.headers.invalidName());
  auto socket = state.transport->upgrade(state.headers.fields());
  if (!socket) throw notRequested;
  state.statusCode = 101;
  state.headWritten = state.hijacked = true;
  state.handlerTimer.reset();
  state.replySent();
  return socket;
}

RawReply& Reply::raw() noexcept { return exchange_->state().raw; }

Reply& Reply::trailer(std::string_view name, std::function<Task<std::string>(const Payload&)> function) {
  checkTrailerName(name);
  auto& trailers = exchange_->state().trailers;
  std::string lower = lowerCase(name);
  std::erase_if(trailers, [&](const Trailer& trailer) { return trailer.name == lower; });
  trailers.push_back({std::move(lower), std::move(function)});
  return *this;
}

bool Reply::hasTrailer(std::string_view name) const {
  for (const auto& trailer : exchange_->state().trailers) {
    if (trailer.name == lowerCase(name)) return true;
  }
  return false;
}

Reply& Reply::removeTrailer(std::string_view name) {
  std::erase_if(exchange_->state().trailers,
                [lower = lowerCase(name)](const Trailer& trailer) { return trailer.name == lower; });
  return *this;
}

void Reply::writeEarlyHints(const HeaderPairs& headers) {
  auto& state = exchange_->state();
  if (settled(state) || state.closed) return;
  std::vector<HeaderField> fields;
  for (const auto& [name, value] : headers) fields.push_back({name, value});
  state.transport->respondInformational(103, fields);
}

std::optional<std::string> Reply::mediaType() const {
  return content::mediaTypeOf(exchange_->state().headers.get("content-type"));
}

const RouteInfo& Reply::routeOptions() const noexcept { return exchange_->state().route->info; }
Request& Reply::request() noexcept { return exchange_->state().request; }
Logger& Reply::log() noexcept { return exchange_->state().request.log(); }
Fastify& Reply::server() const noexcept { return *exchange_->state().route->server; }

void* Reply::decoration(std::size_t id, const std::string& name) {
  auto& state = exchange_->state();
  return decorationOf(state, state.route->replyDecorations.get(), state.replySlots, id, name);
}

bool Reply::Sent::await_ready() const noexcept { return exchange->state().sent; }
void Reply::Sent::await_suspend(std::coroutine_handle<> waiter) const {
  auto& state = exchange->state();
  state.sentWaiters.push_back(waiter);
  state.replyLater = true;
  // The handler's coroutine waits for the reply, so the lifecycle must not wait for the handler.
  if (!state.running) {
    state.abandonCurrent();
    if (state.phase <= Phase::Handler || state.phase == Phase::ErrorHandler) state.phase = Phase::WaitingForSend;
  }
}

namespace detail {
bool mayWriteJson(Reply& reply) {
  const auto& state = reply.exchange().state();
  return state.route->handlerMayWriteJson && !state.serializer && !state.headers.has("content-type");
}

Payload writtenJson(Reply& reply, std::string text) {
  auto& state = reply.exchange().state();
  if (!settled(state)) state.headers.setStatic("content-type", "application/json; charset=utf-8");
  return Payload(std::move(text));
}

void replyLater(Reply& reply) { reply.exchange().state().replyLater = true; }

void sendReturned(Reply& reply, Payload payload) {
  if (payload.isUndefined()) {
    // Nothing was returned: as if the function were void.
    return;
  }
  reply.send(std::move(payload));
}
}  // namespace detail

// --- raw
// --------------------------------------------------------------------------------------------------------------

void RawReply::setHeader(std::string_view name, std::string_view value) {
  auto& state = exchange_->state();
  state.rawHeaders.push_back({state.keep(name), state.keep(value)});
}

void RawReply::writeHead(int statusCode, const HeaderPairs& headers) {
  writeRawHead(exchange_->state(), statusCode, headers);
}

void RawReply::write(std::string_view data) { writeRaw(exchange_->state(), data); }
void RawReply::end(std::string_view data) { endRaw(exchange_->state(), data); }
void RawReply::destroy() { exchange_->state().transport->abort(); }

}  // namespace fastify
