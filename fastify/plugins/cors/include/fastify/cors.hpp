#pragma once
// Cross-origin resource sharing (Fetch standard, "CORS protocol"); @fastify/cors for C++.

#include <fastify/content_type_parser.hpp>
#include <fastify/plugin.hpp>
#include <fastify/task.hpp>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace fastify {

class Request;

/// Who may read the answers: one origin or `*` (sent as it is), true (whoever asks), false (CORS is off), a list of
/// origins and regular expressions (`Pattern{"\\.example\\.com$"}`, RE2 syntax), or a function of the Origin header
/// (empty when there is none) that gives one of these, plain or as a task.
class CorsOrigin {
 public:
  /// An origin, or a regular expression that is found in one.
  class Entry {
   public:
    Entry(const char* origin) : value_(std::in_place_type<std::string>, origin) {}
    Entry(std::string origin) : value_(std::in_place_type<std::string>, std::move(origin)) {}
    Entry(Pattern pattern) : value_(std::in_place_type<Pattern>, std::move(pattern)) {}
    const std::variant<std::string, Pattern>& value() const noexcept { return value_; }

   private:
    std::variant<std::string, Pattern> value_;
  };
  using Function = std::function<Task<CorsOrigin>(std::string_view origin)>;

  CorsOrigin(bool whoeverAsks) : value_(whoeverAsks) {}
  CorsOrigin(const char* origin) : value_(std::string(origin)) {}
  CorsOrigin(std::string origin) : value_(std::move(origin)) {}
  CorsOrigin(Pattern pattern) : value_(std::vector<Entry>{std::move(pattern)}) {}
  CorsOrigin(std::initializer_list<Entry> entries) : value_(std::vector<Entry>(entries)) {}
  CorsOrigin(std::vector<Entry> entries) : value_(std::move(entries)) {}
  template <class F>
    requires std::is_invocable_v<F&, std::string_view>
  CorsOrigin(F function) : value_(std::make_shared<const Function>(erase(std::move(function)))) {}

  using Value = std::variant<bool, std::string, std::vector<Entry>, std::shared_ptr<const Function>>;
  const Value& value() const noexcept { return value_; }

 private:
  template <class F>
  static Function erase(F function) {
    return [function = std::move(function)](std::string_view origin) mutable -> Task<CorsOrigin> {
      if constexpr (async::AnyTask<std::invoke_result_t<F&, std::string_view>>) {
        co_return CorsOrigin(co_await function(origin));
      } else {
        co_return CorsOrigin(function(origin));
      }
    };
  }

  Value value_;
};

/// The text of a list header: several names are joined with ", ".
class CorsList {
 public:
  CorsList(const char* text) : text_(text) {}
  CorsList(std::string text) : text_(std::move(text)) {}
  CorsList(std::initializer_list<std::string> names) : CorsList(std::vector<std::string>(names)) {}
  CorsList(const std::vector<std::string>& names) {
    for (const auto& name : names) text_ += (text_.empty() ? "" : ", ") + name;
  }
  const std::string& text() const noexcept { return text_; }

 private:
  std::string text_;
};

/// A route may change any of these but `hook` and `delegator`: `config = {{"cors", {{"origin", "https://…"}}}}`, or
/// `{{"cors", false}}`.
struct CorsOptions {
  CorsOrigin origin = "*";
  CorsList methods = "GET,HEAD,POST";
  /// onRequest, preParsing, preValidation, preHandler or preSerialization.
  std::string hook = "onRequest";
  /// Passes preflight requests on to their routes.
  bool preflightContinue = false;
  int optionsSuccessStatus = 204;
  bool credentials = false;
  std::optional<CorsList> exposedHeaders;
  /// Absent: those that the browser asks for.
  std::optional<CorsList> allowedHeaders;
  /// Seconds that a browser may keep what a preflight told.
  std::optional<std::int64_t> maxAge;
  /// Of answers to preflights: seconds, or the header's text.
  std::optional<std::variant<std::int64_t, std::string>> cacheControl;
  bool preflight = true;
  /// Answers 400 to OPTIONS without Origin or Access-Control-Request-Method.
  bool strictPreflight = true;
  /// Of the route that takes preflights.
  std::string logLevel;
  /// Keeps that route out of documentation.
  bool hideOptionsRoute = true;
  /// Gives the options for each request, instead of the others here.
  std::function<Task<CorsOptions>(Request&)> delegator;
};

namespace detail {
Task<> startCors(Fastify& instance, const CorsOptions& options);
}

/// `app.registerPlugin(fastify::cors, {.origin = true})`. Register it before plugins that ask who one is: a preflight
/// carries no credentials, and this plugin answers it before hooks that come later.
inline constexpr Plugin<CorsOptions> cors{detail::startCors, "@fastify/cors", "5.x"};

}  // namespace fastify
