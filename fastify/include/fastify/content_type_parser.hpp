#pragma once
// Parsers that turn the bytes of a body into `request.body()`. See Fastify's "ContentTypeParser" page.

#include <fastify/body.hpp>
#include <fastify/payload.hpp>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace fastify {

class Request;

/// A regular expression (RE2 syntax) over a whole content type, found anywhere in it.
struct Pattern {
  std::string expression;
};

/// One media type, several, `*`, or a regular expression.
class ContentTypes {
 public:
  ContentTypes(const char* type) : types_{type} {}
  ContentTypes(std::string type) : types_{std::move(type)} {}
  ContentTypes(std::initializer_list<std::string> types) : types_(types) {}
  ContentTypes(std::vector<std::string> types) : types_(std::move(types)) {}
  ContentTypes(Pattern pattern) : pattern_(std::move(pattern)) {}

  const std::vector<std::string>& types() const noexcept { return types_; }
  const std::optional<Pattern>& pattern() const noexcept { return pattern_; }

 private:
  std::vector<std::string> types_;
  std::optional<Pattern> pattern_;
};

enum class ParseAs { Stream, String, Buffer };

struct ParserOptions {
  /// What the parser is given: the whole body (String, Buffer), or a stream of it.
  ParseAs parseAs = ParseAs::Stream;
  /// Bytes; absent: the route's or the server's.
  std::optional<std::int64_t> bodyLimit;
};

/// For ParseAs::String and Buffer: `(Request&, std::string_view body)`; for Stream: `(Request&, Stream)`. Plain or
/// coroutine; returns the body; throws to answer with an error.
class ContentTypeParser {
 public:
  using Whole = std::function<Task<RequestBody>(Request&, std::string_view)>;
  using Streamed = std::function<Task<RequestBody>(Request&, Stream)>;

  ContentTypeParser() = default;
  template <class F>
    requires(std::is_invocable_v<F&, Request&, std::string_view> && !std::is_invocable_v<F&, Request&, Stream>)
  ContentTypeParser(F function) : whole_(erase<std::string_view>(std::move(function))) {}
  template <class F>
    requires(std::is_invocable_v<F&, Request&, Stream> && !std::is_invocable_v<F&, Request&, std::string_view>)
  ContentTypeParser(F function) : streamed_(erase<Stream>(std::move(function))) {}

  const Whole& whole() const noexcept { return whole_; }
  const Streamed& streamed() const noexcept { return streamed_; }

 private:
  // Called inside the coroutine: see callable.hpp.
  template <class Input, class F>
  static Task<RequestBody> parse(F& function, Request& request, Input input) {
    if constexpr (async::AnyTask<std::invoke_result_t<F&, Request&, Input>>) {
      co_return RequestBody(co_await function(request, std::move(input)));
    } else {
      co_return RequestBody(function(request, std::move(input)));
    }
  }

  template <class Input, class F>
  static std::function<Task<RequestBody>(Request&, Input)> erase(F function) {
    return [function = std::move(function)](Request& request, Input input) mutable -> Task<RequestBody> {
      if constexpr (std::is_same_v<std::invoke_result_t<F&, Request&, Input>, Task<RequestBody>>) {
        return function(request, std::move(input));
      } else {
        return parse<Input>(function, request, std::move(input));
      }
    };
  }

  Whole whole_;
  Streamed streamed_;
};

/// What a JSON parser does with a `__proto__` key, or a `constructor` that has a `prototype`.
enum class Poisoning { Error, Remove, Ignore };

}  // namespace fastify
