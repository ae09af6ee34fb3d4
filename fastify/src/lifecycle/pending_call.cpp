#include "pending_call.hpp"

#include <utility>

namespace fastify::detail {

namespace {
PendingCall& watch(Exchange::State& state, Task<> task) noexcept {
  auto& call = *state.calls.emplace_back(std::move(state.spareCall));
  call.state = &state;
  call.task = std::move(task);
  call.task.onDone(
      [](void* context) noexcept {
        auto& ended = *static_cast<PendingCall*>(context);
        ended.state->callEnded(ended);
      },
      &call);
  return call;
}
}  // namespace

void makeRoomForCall(Exchange::State& state) {
  state.calls.reserve(state.calls.size() + 4);
  if (!state.spareCall) state.spareCall = std::make_unique<PendingCall>();
}

bool takeAwaited(Exchange::State& state, Task<> task) {
  if (task.ready()) {
    task.take();
    return true;
  }
  state.current = &watch(state, std::move(task));
  return false;
}

void takeBeside(Exchange::State& state, Task<> task) noexcept {
  if (task.valid() && !task.ready()) watch(state, std::move(task));
}

}  // namespace fastify::detail
