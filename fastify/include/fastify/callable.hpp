#pragma once
// Any callable of the right shape, plain or coroutine, as one type. A plain one costs a call and no coroutine frame: it
// returns an empty task.

#include <fastify/error.hpp>
#include <fastify/payload.hpp>
#include <fastify/task.hpp>

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace fastify {

class Fastify;
class Reply;
class Request;
struct RouteSchema;

using RequestCall = std::function<Task<>(Request&, Reply&)>;
using ParsingCall = std::function<Task<>(Request&, Reply&, Stream&)>;
using PayloadCall = std::function<Task<>(Request&, Reply&, Payload&)>;
using ErrorCall = std::function<Task<>(Request&, Reply&, FastifyError&)>;
using AppCall = std::function<Task<>(Fastify&)>;

namespace detail {

/// The user returned the reply: it will be sent later.
void replyLater(Reply& reply);
/// The user returned what is to be sent.
void sendReturned(Reply& reply, Payload payload);

template <class F, class... Optional>
decltype(auto) callWithRequest(F& function, Request& request, Reply& reply, Optional&... more) {
  if constexpr (std::is_invocable_v<F&, Request&, Reply&, Optional&...>) {
    return function(request, reply, more...);
  } else if constexpr (std::is_invocable_v<F&, Request&, Reply&>) {
    return function(request, reply);
  } else if constexpr (std::is_invocable_v<F&, Request&>) {
    return function(request);
  } else {
    static_assert(std::is_invocable_v<F&>, "a hook or handler takes (Request&, Reply&), (Request&) or nothing");
    return function();
  }
}

template <class F, class... Optional>
using RequestResult = decltype(callWithRequest(std::declval<F&>(), std::declval<Request&>(), std::declval<Reply&>(),
                                               std::declval<Optional&>()...));

// A function that gives a task is called inside the coroutine that awaits it, never before there is one: where there is
// no memory for that coroutine, nothing of the function's has begun that would go on without its request.

template <class F>
Task<> awaitHook(F& function, Request& request, Reply& reply) {
  co_await callWithRequest(function, request, reply);  // what a hook returns is ignored, as in Fastify
  if constexpr (std::is_same_v<RequestResult<F>, Task<Reply&>>) replyLater(reply);
}

template <class F>
Task<> awaitHandler(F& function, Request& request, Reply& reply) {
  if constexpr (std::is_same_v<RequestResult<F>, Task<Reply&>>) {
    co_await callWithRequest(function, request, reply);
    replyLater(reply);
  } else {
    sendReturned(reply, Payload(co_await callWithRequest(function, request, reply)));
  }
}

template <class F, class Value>
Task<> awaitReplacement(F& function, Request& request, Reply& reply, Value& value) {
  if constexpr (std::is_same_v<RequestResult<F, Value>, Task<Reply&>>) {
    co_await callWithRequest(function, request, reply, value);
    replyLater(reply);
  } else {
    value = Value(co_await callWithRequest(function, request, reply, value));
  }
}

template <class F>
Task<> awaitErrorHandler(F& function, Request& request, Reply& reply, FastifyError& error) {
  sendReturned(reply, Payload(co_await function(error, request, reply)));
}

template <class F>
RequestCall eraseHook(F function) {
  using Result = RequestResult<F>;
  return [function = std::move(function)](Request& request, Reply& reply) mutable -> Task<> {
    if constexpr (std::is_same_v<Result, Task<>>) {
      return callWithRequest(function, request, reply);
    } else if constexpr (async::AnyTask<Result>) {
      return awaitHook(function, request, reply);
    } else {
      callWithRequest(function, request, reply);
      if constexpr (std::is_same_v<Result, Reply&>) replyLater(reply);
      return Task<>();
    }
  };
}

template <class F>
RequestCall eraseHandler(F function) {
  using Result = RequestResult<F>;
  return [function = std::move(function)](Request& request, Reply& reply) mutable -> Task<> {
    if constexpr (std::is_same_v<Result, Task<>>) {
      return callWithRequest(function, request, reply);
    } else if constexpr (async::AnyTask<Result>) {
      return awaitHandler(function, request, reply);
    } else if constexpr (std::is_void_v<Result>) {
      callWithRequest(function, request, reply);
      return Task<>();
    } else if constexpr (std::is_same_v<Result, Reply&>) {
      callWithRequest(function, request, reply);
      replyLater(reply);
      return Task<>();
    } else {
      sendReturned(reply, Payload(callWithRequest(function, request, reply)));
      return Task<>();
    }
  };
}

/// For hooks that may replace what they are given: `Value& value` is changed in place, or what is returned replaces it.
template <class Value, class F>
std::function<Task<>(Request&, Reply&, Value&)> eraseReplacing(F function) {
  using Result = RequestResult<F, Value>;
  return [function = std::move(function)](Request& request, Reply& reply, Value& value) mutable -> Task<> {
    if constexpr (std::is_same_v<Result, Task<>>) {
      return callWithRequest(function, request, reply, value);
    } else if constexpr (async::AnyTask<Result>) {
      return awaitReplacement(function, request, reply, value);
    } else if constexpr (std::is_void_v<Result>) {
      callWithRequest(function, request, reply, value);
      return Task<>();
    } else if constexpr (std::is_same_v<Result, Reply&>) {
      callWithRequest(function, request, reply, value);
      replyLater(reply);
      return Task<>();
    } else {
      value = Value(callWithRequest(function, request, reply, value));
      return Task<>();
    }
  };
}

template <class F>
ErrorCall eraseErrorHook(F function) {
  using Result = RequestResult<F, FastifyError>;
  return [function = std::move(function)](Request& request, Reply& reply, FastifyError& error) mutable -> Task<> {
    if constexpr (std::is_same_v<Result, Task<>>) {
      return callWithRequest(function, request, reply, error);
    } else {
      static_assert(std::is_void_v<Result>, "an onError hook returns nothing");
      callWithRequest(function, request, reply, error);
      return Task<>();
    }
  };
}

/// `(FastifyError&, Request&, Reply&)`: what is returned is sent.
template <class F>
ErrorCall eraseErrorHandler(F function) {
  using Result = std::invoke_result_t<F&, FastifyError&, Request&, Reply&>;
  return [function = std::move(function)](Request& request, Reply& reply, FastifyError& error) mutable -> Task<> {
    if constexpr (std::is_same_v<Result, Task<>>) {
      return function(error, request, reply);
    } else if constexpr (async::AnyTask<Result>) {
      return awaitErrorHandler(function, request, reply, error);
    } else if constexpr (std::is_void_v<Result>) {
      function(error, request, reply);
      return Task<>();
    } else {
      sendReturned(reply, Payload(function(error, request, reply)));
      return Task<>();
    }
  };
}

template <class F>
AppCall eraseAppHook(F function) {
  return [function = std::move(function)](Fastify& app) mutable -> Task<> {
    auto call = [&]() -> decltype(auto) {
      if constexpr (std::is_invocable_v<F&, Fastify&>) {
        return function(app);
      } else {
        return function();
      }
    };
    if constexpr (std::is_same_v<decltype(call()), Task<>>) {
      return call();
    } else {
      call();
      return Task<>();
    }
  };
}

}  // namespace detail

/// How a function becomes a handler. <fastify/typed.hpp> has another way for those that take or give C++ types.
template <class F>
struct HandlerTraits {
  static constexpr bool coroutine = async::AnyTask<detail::RequestResult<F>>;
  static RequestCall erase(F function) { return detail::eraseHandler(std::move(function)); }
  static std::shared_ptr<const RouteSchema> schema() { return nullptr; }
};

/// A route's handler: plain or coroutine; what it returns is sent.
class Handler {
 public:
  Handler() = default;
  template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, Handler>)
  Handler(F function)
      : call_(HandlerTraits<F>::erase(std::move(function))),
        coroutine_(HandlerTraits<F>::coroutine),
        schema_(HandlerTraits<F>::schema()) {}

  explicit operator bool() const noexcept { return static_cast<bool>(call_); }
  const RequestCall& call() const noexcept { return call_; }
  /// A coroutine that ends without sending answers with an empty body; a plain function may send later.
  bool isCoroutine() const noexcept { return coroutine_; }
  /// What the function's types say of the route; nullptr when they say nothing. The route's own schemas come first.
  const std::shared_ptr<const RouteSchema>& schema() const noexcept { return schema_; }

 private:
  RequestCall call_;
  bool coroutine_ = false;
  std::shared_ptr<const RouteSchema> schema_;
};

/// `(FastifyError& error, Request&, Reply&)`, plain or coroutine.
class ErrorHandler {
 public:
  ErrorHandler() = default;
  template <class F>
    requires std::is_invocable_v<F&, FastifyError&, Request&, Reply&>
  ErrorHandler(F function)
      : call_(detail::eraseErrorHandler(std::move(function))),
        coroutine_(async::AnyTask<std::invoke_result_t<F&, FastifyError&, Request&, Reply&>>) {}

  explicit operator bool() const noexcept { return static_cast<bool>(call_); }
  const ErrorCall& call() const noexcept { return call_; }
  bool isCoroutine() const noexcept { return coroutine_; }

 private:
  ErrorCall call_;
  bool coroutine_ = false;
};

}  // namespace fastify
