#pragma once
// The bridge from callbacks to coroutines: one side resolves, any number of coroutines wait.

#include <cassert>
#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace async {

/// A value that arrives later. Copies share one state; `co_await deferred` gives a copy of the value to each waiter (a value
/// that cannot be copied goes to the first), or throws. Waiters resume inside `resolve`/`reject`, in the order in which they came. Belongs to one thread: to resolve
/// from another one, post to the waiter's EventLoop.
template <class T = void>
class Deferred {
  using Stored = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

  struct State {
    std::optional<Stored> value;
    std::exception_ptr error;
    std::vector<std::coroutine_handle<>> waiters;
    bool settled() const noexcept { return value.has_value() || error; }
  };

 public:
  Deferred() : state_(std::make_shared<State>()) {}

  bool settled() const noexcept { return state_->settled(); }

  /// Gives the value. The first `resolve` or `reject` counts, later ones do nothing.
  template <class... Value>
  void resolve(Value&&... value) const {
    if (settled()) return;
    state_->value.emplace(std::forward<Value>(value)...);
    wake();
  }

  void reject(std::exception_ptr error) const {
    if (settled()) return;
    state_->error = std::move(error);
    wake();
  }

  auto operator co_await() const {
    struct Awaiter {
      std::shared_ptr<State> state;
      bool await_ready() const noexcept { return state->settled(); }
      void await_suspend(std::coroutine_handle<> waiter) const { state->waiters.push_back(waiter); }
      T await_resume() const {
        if (state->error) std::rethrow_exception(state->error);
        if constexpr (std::is_copy_constructible_v<Stored>) {
          if constexpr (!std::is_void_v<T>) return *state->value;
        } else {
          return std::move(*state->value);
        }
      }
    };
    return Awaiter{state_};
  }

 private:
  void wake() const {
    auto keep = state_;
    for (auto waiter : std::exchange(keep->waiters, {})) waiter.resume();
  }

  std::shared_ptr<State> state_;
};

}  // namespace async
