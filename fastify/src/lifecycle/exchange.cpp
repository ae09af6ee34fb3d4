#include "exchange.hpp"

#include "body_reader.hpp"
#include "decorations.hpp"
#include "pending_call.hpp"
#include "request_log.hpp"
#include "state.hpp"

#include <cstring>
#include <memory>

namespace fastify {

using State = Exchange::State;

State::State(Exchange& exchange, const Application& application)
    : application(application),
      request(exchange),
      reply(exchange),
      raw(exchange),
      memory(firstPage.data(), firstPage.size()),
      headers(&memory) {
  calls.reserve(4);
  spareCall = std::make_unique<PendingCall>();
}

State::~State() {
  destroyDecorations(route ? route->requestDecorations.get() : nullptr, requestSlots);
  destroyDecorations(route ? route->replyDecorations.get() : nullptr, replySlots);
}

std::string_view State::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* copy = static_cast<char*>(memory.allocate(text.size(), 1));
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

/// Not by `memory.release()`: in Boost 1.81 every page after the first is twice the one before, and a release does not
/// start that anew. A connection's fortieth large request asked for terabytes.
void State::emptyMemory() noexcept {
  std::destroy_at(&memory);
  std::construct_at(&memory, firstPage.data(), firstPage.size());
}

/// Gives the exchange back when the answer is over and nothing of the user's is running any more.
void State::endIfOver() {
  if (phase != Phase::Finished || running || !calls.empty()) return;
  auto& ended = *transport;
  reset();
  ended.exchangeEnded();
}

void State::reset() noexcept {
  destroyDecorations(route->requestDecorations.get(), requestSlots);
  destroyDecorations(route->replyDecorations.get(), replySlots);
  query.reset();
  params.reset();
  headersJson.reset();
  body = RequestBody();
  rawBody.clear();
  if (rawBody.capacity() > 65536) rawBody.shrink_to_fit();
  if (payload.isText()) text = std::move(payload.text());  // keeps its memory
  text.clear();
  if (text.capacity() > 65536) text.shrink_to_fit();
  log.reset();
  ips.reset();
  stopSource.reset();
  validationError.reset();
  if (incoming) incoming->detach();
  incoming.reset();
  bodyStream.reset();
  bodyProgress = BodyProgress::None;
  parser = nullptr;
  bodyEnded = bodyTooLarge = false;
  statusCode = 200;
  statusSet = false;
  headers.clear();
  payload = Payload();
  serializer = nullptr;
  trailers.clear();
  rawHeaders.clear();
  sent = replyLater = preSerialized = hijacked = notFoundCalled = headWritten = rawHeadWritten = rawChunked =
      closeAfter = false;
  if (inErrorHandling) error = FastifyError();
  thrownToSend.reset();
  errorLevel = calledErrorLevel = nullptr;
  inErrorHandling = defaultHandled = runningOnError = bareAnswer = false;
  handlerTimer.reset();
  drained.reset();
  sentWaiters.clear();
  responseOver = closed = abortTold = false;
  route = nullptr;
  phase = Phase::Idle;
  emptyMemory();
}

Exchange::Exchange(const Application& application) : state_(std::make_unique<State>(*this, application)) {}
Exchange::~Exchange() = default;

void Exchange::start(Transport& transport, const IncomingMessage& message) {
  state_->transport = &transport;
  state_->begin(message);
}

void Exchange::onBodyData(std::string_view data) { takeBodyData(*state_, data); }
void Exchange::onBodyEnd() { takeBodyEnd(*state_); }
void Exchange::onBodyFailed() { takeBodyFailure(*state_); }

void Exchange::onDrain() {
  if (state_->drained) std::exchange(state_->drained, std::nullopt)->resolve();
}

void Exchange::onSent() {
  state_->responseOver = true;
  state_->run();
}

namespace {

/// Runs hooks that stand beside the lifecycle: their failures are logged, the request's end waits for them.
Task<> runBeside(State& state, const std::vector<RequestCall>& hooks) {
  for (const auto& hook : hooks) {
    try {
      if (auto task = hook(state.request, state.reply); task.valid()) co_await task;
    } catch (...) {
      logHookError(state, std::current_exception());
    }
  }
}

void startBeside(State& state, const std::vector<RequestCall>& hooks) {
  if (!hooks.empty()) keepBeside(state, [&] { return runBeside(state, hooks); });
}

}  // namespace

namespace {
/// The client is gone, or will say no more: those who asked for it are told, once.
void tellAbort(State& state) noexcept {
  if (std::exchange(state.abortTold, true)) return;
  if (state.stopSource) state.stopSource->request_stop();
  try {
    if (state.phase < Phase::Sent) startBeside(state, state.route->onRequestAbort);
  } catch (...) {  // without memory nobody is told
  }
}
}  // namespace

void Exchange::onHalfClosed() {
  auto& state = *state_;
  if (state.responseOver || state.phase == Phase::Idle) return;
  // Those who are told may end the request: not before all of them were.
  const bool outer = std::exchange(state.running, true);
  tellAbort(state);
  state.running = outer;
  state.run();
}

void Exchange::onClosed() {
  auto& state = *state_;
  if (state.responseOver || state.phase == Phase::Idle) return;
  state.responseOver = true;
  state.closed = true;
  state.handlerTimer.reset();
  const bool outer = std::exchange(state.running, true);
  try {
    takeBodyFailure(state);
  } catch (...) {  // without memory the reader learns of it by its next read
  }
  tellAbort(state);
  if (state.drained) std::exchange(state.drained, std::nullopt)->resolve();
  // Nobody is left to answer, and nothing of the user's runs yet: the rest of the body will not come.
  if (state.phase == Phase::Parsing && !state.current) state.phase = Phase::Finished;
  state.running = outer;
  state.run();
}

void Exchange::onTimeout() {
  if (state_->phase != Phase::Idle) startBeside(*state_, state_->route->onTimeout);
}

bool Exchange::active() const noexcept { return state_->phase != Phase::Idle; }

}  // namespace fastify
