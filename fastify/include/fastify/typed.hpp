#pragma once
// Typed routes: a C++ struct, described once, is schema, parser, validator and serializer of a route.
//
//   struct NewUser { std::string name; std::optional<int> age; };
//   BOOST_DESCRIBE_STRUCT(NewUser, (), (name, age))
//   void annotate(fastify::Annotations<NewUser>& on) { on(&NewUser::name).minLength(2); }
//
//   app.post("/users", [](Body<NewUser> user) -> User { return store(*user); });
//
// What such a function takes and gives are ordinary route schemas: plugins see them, errors are Fastify's validation
// errors, types are coerced and defaults filled in as always. A schema that the route itself has for a part comes
// first.

#include <fastify/callable.hpp>
#include <fastify/reply.hpp>
#include <fastify/request.hpp>
#include <fastify/schema.hpp>
#include <fastify/typed/types.hpp>

#include <concepts>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace fastify {

namespace typed {

/// A part of a request as a C++ value: `user->name`, `*user`.
template <class T, HttpPart P>
struct Part {
  using Value = T;
  static constexpr HttpPart part = P;

  T value{};
  T& operator*() & noexcept { return value; }
  const T& operator*() const& noexcept { return value; }
  T&& operator*() && noexcept { return std::move(value); }
  T* operator->() noexcept { return &value; }
  const T* operator->() const noexcept { return &value; }
};

}  // namespace typed

/// The parsed body; `Body<std::optional<T>>` where it may be missing.
template <class T>
struct Body : typed::Part<T, HttpPart::Body> {};
/// The query string.
template <class T>
struct Query : typed::Part<T, HttpPart::Querystring> {};
/// The parameters of the path.
template <class T>
struct Params : typed::Part<T, HttpPart::Params> {};
/// The headers, by lower-case names.
template <class T>
struct Headers : typed::Part<T, HttpPart::Headers> {};

namespace detail {
/// Nobody but the handler has a say in the text of its answer.
bool mayWriteJson(Reply& reply);
/// The text as the reply's payload, of JSON's type.
Payload writtenJson(Reply& reply, std::string text);
}  // namespace detail

namespace typed {

template <class T>
inline constexpr bool isPart = false;
template <class T>
inline constexpr bool isPart<Body<T>> = true;
template <class T>
inline constexpr bool isPart<Query<T>> = true;
template <class T>
inline constexpr bool isPart<Params<T>> = true;
template <class T>
inline constexpr bool isPart<Headers<T>> = true;

/// Whether a result has a type that only this header can send: a described class or enumeration, or one of its kind
/// somewhere inside.
template <class T>
inline constexpr bool isDescribed =
    DescribedClass<T> || (std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value);
template <class T>
inline constexpr bool isDescribed<std::optional<T>> = isDescribed<T>;
template <class T>
inline constexpr bool isDescribed<std::vector<T>> = isDescribed<T>;
template <class T>
inline constexpr bool isDescribed<std::deque<T>> = isDescribed<T>;
template <class T>
inline constexpr bool isDescribed<std::list<T>> = isDescribed<T>;
template <class T>
inline constexpr bool isDescribed<std::set<T>> = isDescribed<T>;
template <class T, std::size_t N>
inline constexpr bool isDescribed<std::array<T, N>> = isDescribed<T>;
template <class T>
inline constexpr bool isDescribed<std::map<std::string, T>> = isDescribed<T>;
template <class T>
inline constexpr bool isDescribed<std::unordered_map<std::string, T>> = isDescribed<T>;

template <class R>
struct Result {
  using Type = R;
  static constexpr bool task = false;
};
template <class R>
struct Result<Task<R>> {
  using Type = R;
  static constexpr bool task = true;
};

template <class R, class... A>
struct Signature {
  using Value = std::remove_cvref_t<typename Result<R>::Type>;
  static constexpr bool task = Result<R>::task;
  static constexpr bool typedResult = isDescribed<Value>;
  static constexpr bool typed = typedResult || (isPart<std::remove_cvref_t<A>> || ...);
};

template <class F>
struct SignatureOf;
template <class R, class... A>
struct SignatureOf<R (*)(A...)> {
  using Type = Signature<R, A...>;
};
template <class C, class R, class... A>
struct SignatureOf<R (C::*)(A...)> {
  using Type = Signature<R, A...>;
};
template <class C, class R, class... A>
struct SignatureOf<R (C::*)(A...) const> {
  using Type = Signature<R, A...>;
};
template <class C, class R, class... A>
struct SignatureOf<R (C::*)(A...) noexcept> : SignatureOf<R (C::*)(A...)> {};
template <class C, class R, class... A>
struct SignatureOf<R (C::*)(A...) const noexcept> : SignatureOf<R (C::*)(A...)> {};

template <class F>
struct FunctionSignature : SignatureOf<F> {};
template <class F>
  requires requires { &F::operator(); }
struct FunctionSignature<F> : SignatureOf<decltype(&F::operator())> {};

template <class F>
concept TypedFunction = requires { typename FunctionSignature<F>::Type; } && FunctionSignature<F>::Type::typed;

/// Reads a part out of what validation left of it.
template <class P>
P readPart(Request& request) {
  using T = typename P::Value;
  P part;
  if constexpr (P::part == HttpPart::Body) {
    const Place root{nullptr, "body"};
    Typed<T>::read(request.body().json(), part.value, root);
  } else {
    constexpr std::string_view name = P::part == HttpPart::Params    ? "params"
                                      : P::part == HttpPart::Headers ? "headers"
                                                                     : "querystring";
    auto& object = P::part == HttpPart::Params    ? request.params()
                   : P::part == HttpPart::Headers ? request.headers().json()
                                                  : request.query();
    const Place root{nullptr, name};
    Json value(std::move(object));  // back again below: what is read is not changed
    try {
      Typed<T>::read(value, part.value, root);
    } catch (...) {
      object = std::move(value.get_object());
      throw;
    }
    object = std::move(value.get_object());
  }
  return part;
}

template <class A>
decltype(auto) argument(Request& request, Reply& reply) {
  using Plain = std::remove_cvref_t<A>;
  if constexpr (isPart<Plain>) {
    return readPart<Plain>(request);
  } else if constexpr (std::is_same_v<Plain, Request>) {
    return (request);
  } else {
    static_assert(std::is_same_v<Plain, Reply>,
                  "a typed handler takes Body<T>, Query<T>, Params<T>, Headers<T>, Request& and Reply&");
    return (reply);
  }
}

/// The text itself where nobody looks at the value before it is sent; else the value that it says.
template <class T>
Payload payloadOf(Reply& reply, const T& value) {
  std::string text;
  Typed<T>::write(value, text);
  if (detail::mayWriteJson(reply)) return detail::writtenJson(reply, std::move(text));
  return Payload(boost::json::parse(text));
}

/// Calls the function with the parts that it takes, read in the order in which they stand.
template <class F, class R, class... A>
R callWithParts(F& function, Request& request, Reply& reply, Signature<R, A...>) {
  std::tuple<decltype(argument<A>(request, reply))...> arguments{argument<A>(request, reply)...};
  return std::apply([&](auto&... values) -> R { return function(static_cast<A&&>(values)...); }, arguments);
}

template <class F, class R, class... A>
Task<Payload> callTypedLater(F& function, Request& request, Reply& reply, Signature<R, A...> signature) {
  const auto value = co_await callWithParts(function, request, reply, signature);
  co_return payloadOf(reply, value);
}

template <class F, class R, class... A>
decltype(auto) callTyped(F& function, Request& request, Reply& reply, Signature<R, A...> signature) {
  if constexpr (!Signature<R, A...>::typedResult) {
    return callWithParts(function, request, reply, signature);
  } else if constexpr (Result<R>::task) {
    return callTypedLater(function, request, reply, signature);
  } else {
    using Value = typename Signature<R, A...>::Value;
    return payloadOf(reply, static_cast<const Value&>(callWithParts(function, request, reply, signature)));
  }
}

template <class R, class... A>
std::shared_ptr<const RouteSchema> schemaOf(Signature<R, A...>) {
  auto schema = std::make_shared<RouteSchema>();
  auto add = [&]<class Part>() {
    if constexpr (isPart<Part>) {
      Json part = SchemaBuilder::build<typename Part::Value>();
      switch (Part::part) {
        case HttpPart::Body: schema->body = std::move(part); break;
        case HttpPart::Querystring: schema->querystring = std::move(part); break;
        case HttpPart::Params: schema->params = std::move(part); break;
        case HttpPart::Headers: schema->headers = std::move(part); break;
      }
    }
  };
  (add.template operator()<std::remove_cvref_t<A>>(), ...);
  using Value = typename Signature<R, A...>::Value;
  if constexpr (Signature<R, A...>::typedResult) schema->response = {{"2xx", SchemaBuilder::build<Value>()}};
  return schema;
}

template <class R, class... A>
constexpr bool coroutineTakesValues(Signature<R, A...>) {
  return !Result<R>::task || !((isPart<std::remove_cvref_t<A>> && std::is_reference_v<A>) || ...);
}

}  // namespace typed

template <typed::TypedFunction F>
struct HandlerTraits<F> {
  using Signature = typename typed::FunctionSignature<F>::Type;
  static_assert(typed::coroutineTakesValues(Signature()),
                "a coroutine takes Body<T> and its like by value: it outlives the call");

  static constexpr bool coroutine = Signature::task;
  static RequestCall erase(F function) {
    return detail::eraseHandler(
        [function = std::move(function)](Request& request, Reply& reply) mutable -> decltype(auto) {
          return typed::callTyped(function, request, reply, Signature());
        });
  }
  static std::shared_ptr<const RouteSchema> schema() { return typed::schemaOf(Signature()); }
};

}  // namespace fastify
