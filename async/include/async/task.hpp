#pragma once
// A coroutine that runs at once: Task<T> is what handlers, hooks and the Backend API client return.

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace async {

template <class T = void>
class Task;

namespace detail {

struct TaskPromiseBase {
  std::coroutine_handle<> awaiting;          // resumed when this task ends
  void (*callback)(void*) noexcept = nullptr;  // or called, by code that is no coroutine
  void* callbackContext = nullptr;
  std::exception_ptr error;
  bool detached = false;

  struct FinalAwaiter {
    bool await_ready() const noexcept { return false; }
    void await_resume() const noexcept {}
    template <class Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> self) const noexcept {
      TaskPromiseBase& promise = self.promise();
      if (promise.detached) {
        self.destroy();
        return std::noop_coroutine();
      }
      if (promise.callback) {
        // The callback may destroy the task, and this awaiter with it.
        promise.callback(promise.callbackContext);
        return std::noop_coroutine();
      }
      return promise.awaiting ? promise.awaiting : std::noop_coroutine();
    }
  };

  std::suspend_never initial_suspend() const noexcept { return {}; }
  FinalAwaiter final_suspend() const noexcept { return {}; }
  void unhandled_exception() noexcept { error = std::current_exception(); }
};

template <class T>
struct TaskPromise : TaskPromiseBase {
  // A reference result is kept as a pointer.
  using Stored = std::conditional_t<std::is_reference_v<T>, std::remove_reference_t<T>*, T>;
  std::optional<Stored> value;

  Task<T> get_return_object() noexcept;

  template <class U = T>
    requires std::is_convertible_v<U&&, T>
  void return_value(U&& result) {
    if constexpr (std::is_reference_v<T>) {
      value = &result;
    } else {
      value.emplace(std::forward<U>(result));
    }
  }

  T take() {
    if (error) std::rethrow_exception(error);
    if constexpr (std::is_reference_v<T>) {
      return **value;
    } else {
      return std::move(*value);
    }
  }
};

template <>
struct TaskPromise<void> : TaskPromiseBase {
  Task<void> get_return_object() noexcept;
  void return_void() const noexcept {}
  void take() const {
    if (error) std::rethrow_exception(error);
  }
};

}  // namespace detail

/// The result of a coroutine, now or later. The coroutine starts when it is called and runs on the caller's thread until
/// its first wait; `co_await` gives its value or rethrows its exception. A task that is dropped before it ended goes on
/// by itself, and what it would have thrown is lost: await it, or use `async::detach`.
/// Belongs to one thread: the one whose EventLoop it waits on.
template <class T>
class [[nodiscard]] Task {
 public:
  using promise_type = detail::TaskPromise<T>;
  using Handle = std::coroutine_handle<promise_type>;

  Task() noexcept = default;
  explicit Task(Handle handle) noexcept : handle_(handle) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Task& operator=(Task&& other) noexcept {
    if (this != &other) {
      drop();
      handle_ = std::exchange(other.handle_, {});
    }
    return *this;
  }
  ~Task() { drop(); }

  /// False after a move, and for a default-constructed task.
  bool valid() const noexcept { return static_cast<bool>(handle_); }

  /// True once the value or the exception is there.
  bool ready() const noexcept { return handle_.done(); }

  /// The value, once `ready()`; throws what the coroutine threw. Call it once.
  T take() { return handle_.promise().take(); }

  /// Calls `callback(context)` when the task ends; only for a task that is not `ready()`, and instead of awaiting it.
  void onDone(void (*callback)(void*) noexcept, void* context) noexcept {
    handle_.promise().callback = callback;
    handle_.promise().callbackContext = context;
  }

  bool await_ready() const noexcept { return handle_.done(); }
  void await_suspend(std::coroutine_handle<> awaiting) noexcept { handle_.promise().awaiting = awaiting; }
  T await_resume() { return handle_.promise().take(); }

 private:
  void drop() noexcept {
    if (!handle_) return;
    if (handle_.done()) {
      handle_.destroy();
    } else {
      handle_.promise().detached = true;
      handle_.promise().awaiting = {};
      handle_.promise().callback = nullptr;
    }
    handle_ = {};
  }

  Handle handle_;
};

template <class T>
Task<T> detail::TaskPromise<T>::get_return_object() noexcept {
  return Task<T>(std::coroutine_handle<TaskPromise>::from_promise(*this));
}
inline Task<void> detail::TaskPromise<void>::get_return_object() noexcept {
  return Task<void>(std::coroutine_handle<TaskPromise>::from_promise(*this));
}

template <class T>
struct IsTask : std::false_type {};
template <class T>
struct IsTask<Task<T>> : std::true_type {
  using Value = T;
};
/// True for any Task<T>.
template <class T>
concept AnyTask = IsTask<std::remove_cvref_t<T>>::value;

}  // namespace async
