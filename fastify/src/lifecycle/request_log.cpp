#include "request_log.hpp"

#include "headers_view.hpp"
#include "routing.hpp"

#include <ecmascript/json_text.hpp>
#include <ecmascript/number.hpp>

#include <cmath>

namespace fastify {

using State = Exchange::State;

namespace {

bool lines(State& state, LogLevel level) {
  const auto& application = state.application;
  if (application.silent && application.silent(state.request)) return false;
  if (application.logController->isLogDisabled(state.request)) return false;
  return requestLogger(state).isLevelEnabled(level);
}

void appendField(std::string& out, std::string_view name, std::string_view value) {
  if (out.back() != '{') out += ',';
  ecmascript::appendQuoted(out, name);
  out += ':';
  ecmascript::appendQuoted(out, value);
}

/// `"req":{…}` as Fastify's serializer writes it.
std::string requestMember(State& state) {
  if (requestLogger(state).hasSerializer("req")) return {};
  std::string text = "\"req\":{";
  appendField(text, "method", http::nameOf(state.message.method));
  appendField(text, "url", state.url);
  if (const auto version = headerOf(state, "accept-version")) appendField(text, "version", *version);
  appendField(text, "host", state.request.host());
  appendField(text, "remoteAddress", state.request.ip());
  if (state.message.remotePort != 0) {
    text += ",\"remotePort\":";
    text += std::to_string(state.message.remotePort);
  }
  text += '}';
  return text;
}

/// The same as a value. Headers hold tokens and cookies: only a serializer of the user's, who chooses among them, gets
/// them.
JsonObject requestObject(State& state) {
  JsonObject request;
  request["method"] = http::nameOf(state.message.method);
  request["url"] = state.url;
  if (const auto version = headerOf(state, "accept-version")) request["version"] = *version;
  request["host"] = state.request.host();
  request["remoteAddress"] = state.request.ip();
  if (state.message.remotePort != 0) request["remotePort"] = state.message.remotePort;
  if (!requestLogger(state).hasSerializer("req")) return request;
  request["headers"] = state.request.headers().json();
  request["id"] = idOf(state);
  return request;
}

std::string responseMember(const State& state) {
  return "\"res\":{\"statusCode\":" + std::to_string(state.statusCode) + "}";
}

JsonObject responseObject(const State& state) { return {{"statusCode", state.statusCode}}; }

}  // namespace

Logger& requestLogger(State& state) {
  if (state.log) return *state.log;
  const auto& application = state.application;
  if (!application.logging) return *(state.log = application.logger);
  const auto& label = application.options.requestIdLogLabel;
  const auto& route = *state.route;
  if (route.childLoggerFactory) {
    ChildLoggerOptions options;
    options.level = route.logLevel;
    options.serializers = route.logSerializers;
    state.log = route.childLoggerFactory(application.logger, JsonObject{{label, idOf(state)}}, options,
                                         RawRequest(state.request.exchange()));
  } else if (route.logLevel.empty() && route.logSerializers.empty()) {
    state.log = application.logger.child(label, idOf(state));
  } else {
    ChildLoggerOptions options;
    options.level = route.logLevel;
    options.serializers = route.logSerializers;
    state.log = application.logger.child(JsonObject{{label, idOf(state)}}, options);
  }
  return *state.log;
}

namespace {
/// A line costs no request its answer: what a controller throws is lost. Nobody hears of what is answered without a
/// lifecycle.
template <class Tell>
void tell(State& state, Tell&& line) noexcept {
  const auto& application = state.application;
  if (!application.logging || state.route == &application.unrouted) return;
  try {
    line(*application.logController);
  } catch (...) {
  }
}
}  // namespace

void logIncoming(State& state) {
  tell(state, [&](LogController& lines) { lines.incomingRequest(state.request, state.reply); });
}
void logCompleted(State& state) {
  tell(state, [&](LogController& lines) { lines.requestCompleted(state.request, state.reply); });
}
void logNotFound(State& state) {
  tell(state, [&](LogController& lines) { lines.routeNotFound(state.request, state.reply); });
}
void logError(State& state) {
  tell(state, [&](LogController& lines) { lines.defaultErrorLog(state.error, state.request, state.reply); });
}
void logStreamError(State& state, const FastifyError& error) {
  tell(state, [&](LogController& lines) { lines.streamError(error, state.request, state.reply); });
}
void logWriteHeadError(State& state) {
  tell(state, [&](LogController& lines) { lines.writeHeadError(state.error, state.request, state.reply); });
}
void logSerializerError(State& state, const FastifyError& error, int statusCode) {
  tell(state, [&](LogController& lines) { lines.serializerError(error, state.request, state.reply, statusCode); });
}
void logServiceUnavailable(const Application& application) {
  if (!application.logging) return;
  try {
    application.logController->serviceUnavailable(application.logger);
  } catch (...) {
  }
}

void warnAlreadySent(State& state) {
  if (!state.application.logging) return;
  std::string message = "Reply was already sent, did you forget to \"return reply\" in \"";
  message.append(state.url).append("\" (").append(http::nameOf(state.message.method)).append(")?");
  requestLogger(state).warn(FastifyError(500, "FST_ERR_REP_ALREADY_SENT", std::move(message)));
}

void logLateError(State& state, const std::exception_ptr& thrown) {
  if (state.application.logging) requestLogger(state).error(thrown);
}

void logHookError(State& state, const std::exception_ptr& thrown) {
  if (state.application.logging) requestLogger(state).error(thrown);
}

// --- Fastify's lines
// ----------------------------------------------------------------------------------------------------

LogController::~LogController() = default;

bool LogController::isLogDisabled(const Request&) const { return false; }

void LogController::incomingRequest(Request& request, Reply&) {
  auto& state = request.exchange().state();
  if (!lines(state, LogLevel::Info)) return;
  auto& log = requestLogger(state);
  if (const auto member = requestMember(state); !member.empty()) {
    log.logText(LogLevel::Info, member, "incoming request");
  } else {
    log.info(JsonObject{{"req", requestObject(state)}}, "incoming request");
  }
}

void LogController::requestCompleted(Request& request, Reply& reply) {
  auto& state = request.exchange().state();
  if (!lines(state, LogLevel::Info)) return;
  auto& log = requestLogger(state);
  const double elapsed = reply.elapsedTime();
  if (log.hasSerializer("res")) {
    log.info(JsonObject{{"res", responseObject(state)}, {"responseTime", elapsed}}, "request completed");
    return;
  }
  std::string members = responseMember(state);
  members += ",\"responseTime\":";
  ecmascript::appendNumber(members, elapsed);
  log.logText(LogLevel::Info, members, "request completed");
}

void LogController::defaultErrorLog(const FastifyError& error, Request& request, Reply&) {
  auto& state = request.exchange().state();
  if (state.statusCode >= 500) {
    if (!lines(state, LogLevel::Error)) return;
    requestLogger(state).error(JsonObject{{"req", requestObject(state)}, {"res", responseObject(state)}}, error);
    return;
  }
  if (!lines(state, LogLevel::Info)) return;
  requestLogger(state).info(JsonObject{{"res", responseObject(state)}}, error);
}

void LogController::streamError(const FastifyError& error, Request& request, Reply&) {
  auto& state = request.exchange().state();
  if (error.code == "ERR_STREAM_PREMATURE_CLOSE") {
    if (!lines(state, LogLevel::Info)) return;
    requestLogger(state).info(JsonObject{{"res", responseObject(state)}}, "stream closed prematurely");
    return;
  }
  if (!lines(state, LogLevel::Warn)) return;
  requestLogger(state).warn(error, "response terminated with an error with headers already sent");
}

void LogController::routeNotFound(Request& request, Reply&) {
  auto& state = request.exchange().state();
  if (!lines(state, LogLevel::Info)) return;
  std::string message = "Route ";
  message.append(http::nameOf(state.message.method)).append(":").append(state.url).append(" not found");
  requestLogger(state).info(message);
}

void LogController::writeHeadError(const FastifyError& error, Request& request, Reply&) {
  auto& state = request.exchange().state();
  if (!lines(state, LogLevel::Warn)) return;
  requestLogger(state).warn(JsonObject{{"req", requestObject(state)}, {"res", responseObject(state)}}, error);
}

void LogController::serializerError(const FastifyError& error, Request& request, Reply&, int statusCode) {
  auto& state = request.exchange().state();
  if (!lines(state, LogLevel::Error)) return;
  requestLogger(state).error(JsonObject{{"statusCode", statusCode}}, error,
                             "The serializer for the given status code failed");
}

void LogController::serviceUnavailable(const Logger& logger) {
  logger.info(JsonObject{{"res", JsonObject{{"statusCode", 503}}}},
              "request aborted - refusing to accept new requests as server is closing");
}

}  // namespace fastify
