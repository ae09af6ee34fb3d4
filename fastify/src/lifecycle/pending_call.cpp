#include "pending_call.hpp"

#include <utility>

namespace fastify {

namespace {
PendingCall& watch(Exchange::State& state, Task<> task) {
  if (!state.spareCall) state.spareCall = std::make_unique<PendingCall>();
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

bool waitFor(Exchange::State& state, Task<> task) {
  if (!task.valid()) return true;
  if (task.ready()) {
    task.take();
    return true;
  }
  state.current = &watch(state, std::move(task));
  return false;
}

void keepBeside(Exchange::State& state, Task<> task) {
  if (task.valid() && !task.ready()) watch(state, std::move(task));
}

}  // namespace fastify
