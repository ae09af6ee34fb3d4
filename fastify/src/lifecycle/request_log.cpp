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
  if (!application.logging || state.route == &application.unrouted) return false;
  if (application.silent && application.silent(state.request)) return false;
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
  if (route.logLevel.empty() && route.logSerializers.empty()) {
    state.log = application.logger.child(label, idOf(state));
  } else {
    ChildLoggerOptions options;
    options.level = route.logLevel;
    options.serializers = route.logSerializers;
    state.log = application.logger.child(JsonObject{{label, idOf(state)}}, options);
  }
  return *state.log;
}

void logIncoming(State& state) {
  if (!lines(state, LogLevel::Info)) return;
  auto& log = requestLogger(state);
  if (const auto request = requestMember(state); !request.empty()) {
    log.logText(LogLevel::Info, request, "incoming request");
  } else {
    log.info(JsonObject{{"req", requestObject(state)}}, "incoming request");
  }
}

void logCompleted(State& state) {
  if (!lines(state, LogLevel::Info)) return;
  auto& log = requestLogger(state);
  const double elapsed = state.reply.elapsedTime();
  if (log.hasSerializer("res")) {
    log.info(JsonObject{{"res", responseObject(state)}, {"responseTime", elapsed}}, "request completed");
    return;
  }
  std::string members = responseMember(state);
  members += ",\"responseTime\":";
  ecmascript::appendNumber(members, elapsed);
  log.logText(LogLevel::Info, members, "request completed");
}

void logNotFound(State& state) {
  if (!lines(state, LogLevel::Info)) return;
  std::string message = "Route ";
  message.append(http::nameOf(state.message.method)).append(":").append(state.url).append(" not found");
  requestLogger(state).info(message);
}

void logError(State& state) {
  if (state.statusCode >= 500) {
    if (!lines(state, LogLevel::Error)) return;
    requestLogger(state).error(JsonObject{{"req", requestObject(state)}, {"res", responseObject(state)}}, state.error);
    return;
  }
  if (!lines(state, LogLevel::Info)) return;
  requestLogger(state).info(JsonObject{{"res", responseObject(state)}}, state.error);
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

}  // namespace fastify
