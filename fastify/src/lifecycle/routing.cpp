#include "routing.hpp"

#include "answers.hpp"
#include "headers_view.hpp"
#include "request_log.hpp"
#include "response.hpp"

#include "../router/target.hpp"

#include <fastify/options.hpp>

#include <array>
#include <charconv>
#include <utility>

namespace fastify {

using State = Exchange::State;

namespace {

/// Answers past the lifecycle: no hooks, no lines, no request id.
void answerUnrouted(State& state, int statusCode, std::string_view body, bool close) {
  state.route = &state.application.unrouted;
  state.statusCode = statusCode;
  std::array<char, 20> digits;
  const auto [end, failed] = std::to_chars(digits.data(), digits.data() + digits.size(), body.size());
  const std::array<HeaderField, 2> headers{
      HeaderField{"Content-Type", "application/json"},
      HeaderField{"Content-Length", {digits.data(), static_cast<std::size_t>(end - digits.data())}}};
  OutgoingHead head;
  head.statusCode = statusCode;
  head.headers = headers;
  head.bodyless = state.message.method == http::Method::Head;
  head.close = close;
  state.phase = Phase::Sent;
  state.headWritten = true;
  // A transport that sends at once must not end the exchange below this call.
  state.running = true;
  state.transport->respond(head, head.bodyless ? std::string_view() : body);
  state.running = false;
  state.run();
}

/// Tells the router what constraints ask for.
class RequestValues final : public router::ConstraintValues {
 public:
  explicit RequestValues(State& state) : state_(state) {}
  std::optional<std::string_view> derive(const router::ConstraintStrategy& strategy) const override {
    if (strategy.derivesItself()) {
      const auto value = strategy.derive(RawRequest(state_.request.exchange()));
      return value ? std::optional(state_.keep(*value)) : std::nullopt;
    }
    if (strategy.name() == "version") return headerOf(state_, "accept-version");
    return headerOf(state_, "host");
  }

 private:
  State& state_;
};

/// The id that the client gave or the program makes; else a number, whose text is made when somebody asks for it.
void settleId(State& state) {
  const auto& options = state.application.options;
  const auto& generate = state.route->genReqId;
  std::string_view given;
  if (!options.requestIdHeader.empty()) given = headerOf(state, options.requestIdHeader).value_or("");
  state.number = 0;
  if (!given.empty()) {
    state.id = given;
  } else if (generate) {
    state.id = generate(RawRequest(state.request.exchange()));
  } else {
    state.number = state.application.requestCount.fetch_add(1, std::memory_order_relaxed) + 1;
  }
}

/// `body` unless the program has an answer of its own for such errors. Always false.
bool refuse(State& state, FastifyError error, std::string_view body) {
  if (!state.application.options.frameworkErrors) {
    answerUnrouted(state, *error.statusCode, body, false);
    return false;
  }
  // Past all hooks, but with a reply and an error handler.
  state.route = &state.application.unrouted;
  settleId(state);
  state.error = std::move(error);
  state.inErrorHandling = true;
  state.errorLevel = state.application.unrouted.errorHandlers.get();
  state.phase = Phase::ErrorHandler;
  state.hook = 0;
  state.run();
  return false;
}

bool refuse(State& state, const router::Match& match) {
  const bool badUrl = match.result == router::MatchResult::BadUrl;
  const int statusCode = badUrl ? 400 : 414;
  const std::string code = badUrl ? "FST_ERR_BAD_URL" : "FST_ERR_MAX_PARAM_LENGTH";
  std::string message = "'";
  message.append(match.culprit)
      .append(badUrl ? "' is not a valid url component" : "' is exceeding the max param length");
  const auto body = routerErrorBody(code, message, statusCode);
  return refuse(state, FastifyError(statusCode, code, std::move(message)), body);
}

bool refuseFailedConstraint(State& state) {
  constexpr std::string_view body =
      R"({"error":"Internal Server Error","message":"Unexpected error from async constraint","statusCode":500})";
  return refuse(state, FastifyError(500, "FST_ERR_ASYNC_CONSTRAINT", "Unexpected error from async constraint"), body);
}

const CompiledRoute* findNotFound(State& state, std::string_view target) {
  RouteParams ignored;
  const auto match = state.application.notFoundRouter.find(http::Method::Get, target, ignored);
  if (match.result == router::MatchResult::Found) return state.application.routes[match.route].get();
  return state.application.rootNotFound;
}

const CompiledRoute* findFallback(State& state, const router::ConstraintValues& values) {
  const auto& application = state.application;
  if (application.methodNotAllowed && !application.router.methodsOf(state.url, &values).empty()) {
    return application.methodNotAllowed;
  }
  return findNotFound(state, state.url);
}

}  // namespace

std::string allowedMethods(State& state) {
  std::string names;
  const RequestValues values(state);
  for (const auto method : state.application.router.methodsOf(state.url, &values)) {
    names.append(names.empty() ? "" : ", ").append(http::nameOf(method));
  }
  return names;
}

bool routeMessage(State& state) {
  const auto& application = state.application;
  state.url = state.message.target;
  if (application.closing.load(std::memory_order_relaxed) && application.options.return503OnClosing) {
    logServiceUnavailable(application);
    answerUnrouted(state, 503, closingBody, true);
    return false;
  }
  if (application.closing.load(std::memory_order_relaxed)) state.closeAfter = true;
  if (application.options.rewriteUrl) {
    state.rewritten = application.options.rewriteUrl(RawRequest(state.request.exchange()));
    state.url = state.rewritten;
  }
  const RequestValues values(state);
  router::Match match;
  const CompiledRoute* fallback = nullptr;
  bool failed = false;
  try {
    match = application.router.find(state.message.method, state.url, state.routeParams, &values);
    if (match.result == router::MatchResult::NotFound) fallback = findFallback(state, values);
  } catch (...) {
    failed = true;  // what an own strategy threw while it asked the request
  }
  if (failed) return refuseFailedConstraint(state);
  state.path = match.path;
  state.queryString = match.query;
  switch (match.result) {
    case router::MatchResult::Found: state.route = application.routes[match.route].get(); return true;
    case router::MatchResult::NotFound:
      state.routeParams.clear();
      state.route = fallback;
      return true;
    default: return refuse(state, match);
  }
}

void startRequest(State& state) {
  settleId(state);
  logIncoming(state);
  startHandlerTimer(state);
}

const std::string& idOf(State& state) {
  if (const auto number = std::exchange(state.number, 0); number != 0) {
    // Base 36, as Fastify counts.
    std::array<char, 16> digits;
    const auto [end, failed] = std::to_chars(digits.data(), digits.data() + digits.size(), number, 36);
    state.id.assign("req-").append(digits.data(), end);
  }
  return state.id;
}

void enterNotFound(State& state) {
  // Hooks of the scope that gave the handler run again from preHandler on, as in Fastify.
  state.notFoundCalled = false;
  state.route = state.route->notFound ? state.route->notFound : state.application.rootNotFound;
  state.phase = Phase::PreHandler;
  state.hook = 0;
}

}  // namespace fastify
