#pragma once
// Waiting for coroutines without being one. There is room for a call before it is made: what has begun is waited for,
// whatever memory there is.

#include "state.hpp"

namespace fastify {

namespace detail {
void makeRoomForCall(Exchange::State& state);
/// Takes the task over. True when it has ended already (and has been taken).
bool takeAwaited(Exchange::State& state, Task<> task);
void takeBeside(Exchange::State& state, Task<> task) noexcept;

inline void ensureRoomForCall(Exchange::State& state) {
  if (!state.spareCall || state.calls.size() == state.calls.capacity()) makeRoomForCall(state);
}
}  // namespace detail

/// Makes a call that gives a task; the current phase waits for it. True when it has ended already. Throws what it
/// threw.
template <class Start>
bool waitFor(Exchange::State& state, Start&& start) {
  detail::ensureRoomForCall(state);
  Task<> task = start();
  return !task.valid() || detail::takeAwaited(state, std::move(task));
}

/// Makes a call whose task runs beside the lifecycle: the request's end waits for it, nothing else does.
template <class Start>
void keepBeside(Exchange::State& state, Start&& start) {
  detail::ensureRoomForCall(state);
  detail::takeBeside(state, start());
}

}  // namespace fastify
