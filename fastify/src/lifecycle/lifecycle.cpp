// One request from its head to its last hook, as on Fastify's Lifecycle page:
//
//   route -> onRequest -> preParsing -> parsing -> preValidation -> validation -> preHandler -> handler
//         -> preSerialization -> serialization -> onSend -> write -> onResponse
//
// and, from anywhere before the write, an error -> onError -> error handler -> onSend -> write.
//
// `run()` walks through the phases in a loop; plain hooks and handlers are called in it one after another. A coroutine
// that waits makes `run()` return, and its end calls `run()` again. No coroutine frame is made for the framework's own
// steps.

#include "answers.hpp"
#include "body_reader.hpp"
#include "pending_call.hpp"
#include "request_log.hpp"
#include "response.hpp"
#include "routing.hpp"
#include "state.hpp"
#include "validation.hpp"

#include <utility>

namespace fastify {

using State = Exchange::State;

namespace {

enum class Step {
  Next,    // the phase is over, go on with the next one
  Wait,    // something of the user's has not ended
  Replied  // a reply was sent, or will be
};

template <class Call>
Step await(State& state, Call&& call) {
  return waitFor(state, call) ? Step::Next : Step::Wait;
}

bool replied(const State& state) noexcept {
  return state.sent || state.hijacked || state.replyLater || state.notFoundCalled;
}

/// Runs what is left of a list of hooks, until one waits, replies or throws. Called again when the one that waited
/// ended.
template <class Calls, class Call>
Step runHooks(State& state, const Calls& calls, Call&& call) {
  if (replied(state)) return Step::Replied;
  while (state.hook < calls.size()) {
    const auto step = await(state, [&] { return call(calls[state.hook++]); });
    if (replied(state)) return Step::Replied;
    if (step == Step::Wait) return Step::Wait;
  }
  return Step::Next;
}

void enter(State& state, Phase phase) noexcept {
  state.phase = phase;
  state.hook = 0;
}

Step runRequestHooks(State& state, const std::vector<RequestCall>& hooks) {
  return runHooks(state, hooks, [&](const RequestCall& hook) { return hook(state.request, state.reply); });
}

Step runPayloadHooks(State& state, const std::vector<PayloadCall>& hooks) {
  while (state.hook < hooks.size()) {
    const auto step = await(state, [&] { return hooks[state.hook++](state.request, state.reply, state.payload); });
    if (step == Step::Wait) return step;
    if (state.hijacked) return Step::Replied;
  }
  return Step::Next;
}

Step runPreParsing(State& state) {
  const auto& hooks = state.route->preParsing;
  if (hooks.empty()) return Step::Next;
  if (!state.bodyStream) state.bodyStream = incomingStream(state);
  return runHooks(state, hooks,
                  [&](const ParsingCall& hook) { return hook(state.request, state.reply, state.bodyStream); });
}

/// A coroutine that ended without sending answers with nothing; a plain function may send later.
Step afterHandler(State& state, bool coroutine) {
  if (coroutine && !replied(state)) state.reply.send();
  return Step::Replied;
}

Step callHandler(State& state) {
  const auto& handler = state.route->handler;
  if (state.hook++ == 0) {
    const auto step = await(state, [&] { return handler.call()(state.request, state.reply); });
    if (replied(state)) return Step::Replied;
    if (step == Step::Wait) return Step::Wait;
  }
  return afterHandler(state, handler.isCoroutine());
}

/// The status that an error gives, as Fastify chooses it.
int statusOf(const FastifyError& error, int statusSoFar) noexcept {
  auto isError = [](int status) { return status >= 400 && status <= 599; };
  if (error.statusCode && isError(*error.statusCode)) return *error.statusCode;
  return isError(statusSoFar) ? statusSoFar : 500;
}

void addErrorHeaders(State& state) {
  const auto* headers = state.error.properties.if_contains("headers");
  if (!headers || !headers->is_object()) return;
  for (const auto& [name, value] : headers->get_object()) {
    if (value.is_string()) state.headers.set(name, std::string_view(value.get_string()));
  }
}

Step runOnError(State& state) {
  state.runningOnError = true;
  const auto step = runHooks(state, state.route->onError,
                             [&](const ErrorCall& hook) { return hook(state.request, state.reply, state.error); });
  if (step == Step::Wait) return step;
  state.runningOnError = false;
  return Step::Next;
}

Step runOnResponse(State& state) {
  const auto& hooks = state.route->onResponse;
  while (state.hook < hooks.size()) {
    if (await(state, [&] { return hooks[state.hook++](state.request, state.reply); }) == Step::Wait) return Step::Wait;
  }
  logCompleted(state);
  return Step::Next;
}

/// What an error becomes when no handler of the user's is left for it.
void answerByDefault(State& state) {
  addErrorHeaders(state);
  state.statusCode = statusOf(state.error, state.statusCode);
  state.statusSet = true;
  logError(state);
  state.defaultHandled = true;
  state.sent = true;
  state.payload = Payload(errorBody(state));
  state.headers.setStatic("content-type", "application/json; charset=utf-8");
  enter(state, Phase::OnSend);
}

Step callErrorHandler(State& state) {
  if (state.hook++ == 0) {
    state.headers.remove("content-type");
    state.headers.remove("content-length");
    state.calledErrorLevel = state.errorLevel;
    if (!state.errorLevel) {
      answerByDefault(state);
      return Step::Next;
    }
    state.errorLevel = state.errorLevel->outer.get();
    const auto& call = state.calledErrorLevel->handler.call();
    const auto step = await(state, [&] { return call(state.request, state.reply, state.error); });
    if (replied(state)) return Step::Replied;
    if (step == Step::Wait) return Step::Wait;
  }
  return afterHandler(state, state.calledErrorLevel->handler.isCoroutine());
}

/// A payload was sent: settles its content type, and where it goes next.
void enterReply(State& state) {
  if (state.thrownToSend) {
    auto thrown = std::exchange(state.thrownToSend, std::nullopt);
    state.sent = false;
    state.fail(*thrown);
    return;
  }
  settleContentType(state);
  state.preSerialized = state.payload.isJson();
  enter(state, state.preSerialized ? Phase::PreSerialization : Phase::Serialization);
}

/// The user's call replied, or will: what still runs of it is no longer waited for.
void leaveForReply(State& state) {
  state.abandonCurrent();
  if (state.notFoundCalled) return enterNotFound(state);
  if (state.hijacked) {
    enter(state, Phase::Sent);
  } else if (!state.sent) {
    enter(state, Phase::WaitingForSend);
  } else {
    enterReply(state);
  }
}

/// Does one phase, or what is left of it, and enters the next. True when there is something to wait for.
bool step(State& state) {
  const auto& route = *state.route;
  auto next = [&](Step step, Phase phase) {
    if (step == Step::Replied) {
      leaveForReply(state);
    } else if (step == Step::Next) {
      enter(state, phase);
    }
    return step == Step::Wait;
  };
  switch (state.phase) {
    case Phase::OnRequest: return next(runRequestHooks(state, route.onRequest), Phase::PreParsing);
    case Phase::PreParsing: return next(runPreParsing(state), Phase::Parsing);
    case Phase::Parsing: return next(parseBody(state) ? Step::Next : Step::Wait, Phase::PreValidation);
    case Phase::PreValidation: return next(runRequestHooks(state, route.preValidation), Phase::Validation);
    case Phase::Validation: validateRequest(state); return next(Step::Next, Phase::PreHandler);
    case Phase::PreHandler: return next(runRequestHooks(state, route.preHandler), Phase::Handler);
    case Phase::Handler: return next(callHandler(state), Phase::WaitingForSend);
    case Phase::OnError: return next(runOnError(state), Phase::ErrorHandler);
    case Phase::ErrorHandler: {
      const auto step = callErrorHandler(state);
      if (step == Step::Next) return false;  // the default handler has chosen the phase
      return next(step, Phase::WaitingForSend);
    }
    case Phase::PreSerialization: return next(runPayloadHooks(state, route.preSerialization), Phase::Serialization);
    case Phase::Serialization: serializePayload(state); return next(Step::Next, Phase::OnSend);
    case Phase::OnSend: return next(runPayloadHooks(state, route.onSend), Phase::Write);
    case Phase::Write: writeAnswer(state); return false;
    case Phase::Sent:
      if (!state.responseOver) return true;
      for (auto waiter : std::exchange(state.sentWaiters, {})) waiter.resume();
      enter(state, state.closed ? Phase::Finished : Phase::OnResponse);
      return false;
    case Phase::OnResponse: return next(runOnResponse(state), Phase::Finished);
    case Phase::WaitingForSend:
      if (!state.sent && !state.notFoundCalled) return true;
      leaveForReply(state);
      return false;
    case Phase::Streaming:
    case Phase::Idle:
    case Phase::Finished: return true;
  }
  return true;
}

}  // namespace

template <class Act>
void State::replyAndRun(Act&& act) {
  const bool outer = std::exchange(running, true);
  abandonCurrent();
  try {
    act();
  } catch (...) {
    try {
      fail(std::current_exception());
    } catch (...) {
      giveUp();
    }
  }
  running = outer;
  run();
}

void startHandlerTimer(State& state) {
  const auto timeout = state.route->handlerTimeout;
  if (timeout.count() == 0 || state.route->is404) return;
  state.handlerTimer.emplace(async::EventLoop::current());
  state.handlerTimer->start(timeout, [&state] { state.handlerTimedOut(); });
}

void State::handlerTimedOut() {
  if (hijacked || phase >= Phase::Sent || closed) return;
  if (stopSource) stopSource->request_stop();
  if (headWritten) return transport->abort();
  const std::string limit = std::to_string(route->handlerTimeout.count());
  replyAndRun([&] {
    fail(std::make_exception_ptr(FastifyError(
        503, "FST_ERR_HANDLER_TIMEOUT",
        "Request timed out after " + limit + " ms on route '" + route->info.url.value_or(std::string(url)) + "'")));
  });
}

void State::begin(const IncomingMessage& incoming) {
  message = incoming;
  startedAt = std::chrono::steady_clock::now();
  try {
    if (!routeMessage(*this)) return;  // answered without a lifecycle
    startRequest(*this);
    enter(*this, Phase::OnRequest);
  } catch (...) {
    // The program's rewriteUrl or genReqId, or there is no memory.
    if (!route) route = &application.unrouted;
    if (phase == Phase::Idle) phase = Phase::OnRequest;
    settleThrown(std::current_exception());
  }
  run();
}

void State::run() {
  // What the user has not ended yet is waited for, whoever calls: the next hook must not overtake it.
  if (running || current) return;
  running = true;
  bool waiting = false;
  while (!waiting) {
    try {
      waiting = step(*this);
    } catch (...) {
      settleThrown(std::current_exception());
    }
  }
  running = false;
  endIfOver();
}

/// `Reply::send` was called: goes on at once when nothing of the lifecycle is on the stack, else when the call returns.
void State::replySent() {
  if (running) return;
  replyAndRun([this] { leaveForReply(*this); });
}

/// The user's code threw, or a step of the framework's.
void State::onThrown(std::exception_ptr thrown) {
  const bool usersTurn = phase <= Phase::Handler || phase == Phase::ErrorHandler;
  if (usersTurn && (sent || hijacked)) {
    // It replied before it threw: the reply counts.
    logLateError(*this, thrown);
    try {
      leaveForReply(*this);
    } catch (...) {
      fail(std::current_exception());
    }
    return;
  }
  fail(std::move(thrown));
}

/// What cannot even be told ends the connection: there is no memory.
void State::settleThrown(std::exception_ptr thrown) noexcept {
  try {
    onThrown(std::move(thrown));
  } catch (...) {
    giveUp();
  }
}

void State::giveUp() noexcept {
  abandonCurrent();
  responseOver = closed = true;
  transport->abort();
  phase = Phase::Finished;
}

/// Turns an error into the error path.
void State::fail(std::exception_ptr thrown) {
  abandonCurrent();
  switch (phase) {
    case Phase::OnResponse:  // the next hook runs
    case Phase::OnError:     // Fastify lets an onError hook's own failure go no further
      logHookError(*this, thrown);
      return;
    case Phase::Streaming:
    case Phase::Sent:
    case Phase::Finished: logLateError(*this, thrown); return;
    default: break;
  }
  // Part of the body may be unread. An unsupported type or a failed validation leaves the connection usable.
  if (phase == Phase::Parsing && parser) headers.setStatic("connection", "close");
  error = FastifyError::from(std::move(thrown));
  sent = false;
  replyLater = false;
  serializer = nullptr;
  trailers.clear();
  payload = Payload();
  headers.dropInvalid();
  if (bareAnswer) return giveUp();
  if (defaultHandled) {
    // The default answer itself could not be sent: the plain form, past all hooks.
    logWriteHeadError(*this);
    enter(*this, Phase::Write);
    statusCode = 500;
    bareAnswer = true;
    return;
  }
  if (inErrorHandling) {
    enter(*this, Phase::ErrorHandler);
    return;
  }
  inErrorHandling = true;
  errorLevel = route->errorHandlers.get();
  enter(*this, Phase::OnError);
}

void State::abandonCurrent() noexcept { current = nullptr; }

void State::callEnded(PendingCall& call) noexcept {
  const bool awaited = &call == current;
  if (awaited) current = nullptr;
  std::exception_ptr thrown;
  try {
    call.task.take();
  } catch (...) {
    thrown = std::current_exception();
  }
  std::erase_if(calls, [&](const auto& owned) { return owned.get() == &call; });
  try {
    if (thrown && !awaited) logLateError(*this, thrown);
    if (!spareCall) spareCall = std::make_unique<PendingCall>();
  } catch (...) {  // without memory it is not logged
  }
  if (!awaited) return endIfOver();
  if (thrown)
    replyAndRun([&] { onThrown(thrown); });
  else
    run();
}

}  // namespace fastify
