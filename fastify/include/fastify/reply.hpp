#pragma once
// The answer to one request.

#include <fastify/decorator.hpp>
#include <fastify/json.hpp>
#include <fastify/logger.hpp>
#include <fastify/payload.hpp>
#include <fastify/schema.hpp>

#include <coroutine>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace fastify {

class Exchange;
class Fastify;
class Request;
class Socket;
struct RouteInfo;

/// A header's value: text, number, boolean, or several lines.
class HeaderValue {
 public:
  HeaderValue() = default;
  HeaderValue(std::string_view value) : values_{std::string(value)} {}
  HeaderValue(const std::string& value) : values_{value} {}
  HeaderValue(const char* value) : values_{value} {}
  HeaderValue(bool value) : values_{value ? "true" : "false"} {}
  template <class Number>
    requires(std::is_arithmetic_v<Number> && !std::is_same_v<Number, bool>)
  HeaderValue(Number value) : values_{numberText(static_cast<double>(value))} {}
  HeaderValue(std::vector<std::string> values) : values_(std::move(values)), list_(true) {}
  HeaderValue(std::initializer_list<std::string> values) : values_(values), list_(true) {}

  const std::vector<std::string>& values() const noexcept { return values_; }
  bool isList() const noexcept { return list_; }

 private:
  static std::string numberText(double value);
  std::vector<std::string> values_;
  bool list_ = false;
};

using HeaderPairs = std::vector<std::pair<std::string, std::string>>;

/// The bare connection of one answer, for those who `hijack()`; Node's `reply.raw`.
class RawReply {
 public:
  explicit RawReply(Exchange& exchange) noexcept : exchange_(&exchange) {}
  /// A header for the answer, before those of the reply.
  void setHeader(std::string_view name, std::string_view value);
  /// Sends the status line and headers; without Content-Length the body is chunked.
  void writeHead(int statusCode, const HeaderPairs& headers = {});
  void write(std::string_view data);
  void end(std::string_view data = {});
  /// Cuts the connection.
  void destroy();

 private:
  Exchange* exchange_;
};

/// Valid until it has been sent and the handler and all hooks have ended. Belongs to one worker thread. Setters return
/// the reply, `send` nothing: `return reply.code(403).send(…)` and `co_return reply.send(…)` read as in Node.
/// See Fastify's "Reply" page.
class Reply {
 public:
  explicit Reply(Exchange& exchange) noexcept : exchange_(&exchange) {}
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;

  /// Sets the status; outside 100…599 the answer is FST_ERR_BAD_STATUS_CODE.
  Reply& code(int statusCode);
  Reply& status(int statusCode) { return code(statusCode); }
  /// 200 until it is set.
  int statusCode() const noexcept;

  /// Sets a header; a second call replaces it, but set-cookie accumulates.
  Reply& header(std::string_view name, const HeaderValue& value);
  Reply& header(std::string_view name, std::string_view value);
  Reply& header(std::string_view name, const std::string& value) { return header(name, std::string_view(value)); }
  Reply& header(std::string_view name, const char* value) { return header(name, std::string_view(value)); }
  /// Several lines of one name.
  Reply& header(std::string_view name, std::initializer_list<std::string> values) {
    return header(name, HeaderValue(values));
  }
  /// An empty header.
  Reply& header(std::string_view name) { return header(name, std::string_view()); }
  Reply& headers(std::initializer_list<std::pair<std::string_view, HeaderValue>> headers);
  Reply& headers(const HeaderPairs& headers);
  /// The value, lines joined with ", "; nullopt when it was not set.
  std::optional<std::string> getHeader(std::string_view name) const;
  /// All that were set, by lower-case name, in order; a name with several lines is a JSON array.
  JsonObject getHeaders() const;
  bool hasHeader(std::string_view name) const;
  Reply& removeHeader(std::string_view name);
  /// Content-Type; `text/…` and JSON without a charset get `; charset=utf-8`, as Fastify adds it.
  Reply& type(std::string_view contentType);

  /// The media type that was set, without parameters, in lower case; nullopt when there is none.
  std::optional<std::string> mediaType() const;

  /// Answers with a Location: 302 unless a status was given here or set before.
  void redirect(std::string_view url);
  void redirect(std::string_view url, int statusCode);
  /// Runs the not-found handler of the route's scope.
  void callNotFound();

  /// Sends JSON, text, bytes, a stream or nothing. A second call changes nothing and is logged
  /// (FST_ERR_REP_ALREADY_SENT). May be called now or later, from the worker's thread.
  void send();
  void send(std::initializer_list<boost::json::value_ref> members);
  void send(Payload payload);
  template <class T>
    requires(!std::same_as<std::remove_cvref_t<T>, Payload> && std::constructible_from<Payload, T &&>)
  void send(T&& payload) {
    send(Payload(std::forward<T>(payload)));
  }
  /// Sends an error through the error handlers, like throwing it.
  void sendError(std::exception_ptr error);

  /// Turns the payload into bytes for this answer, instead of the schema's serializer and JSON.
  Reply& serializer(std::function<Payload(const Payload&)> serialize);
  /// The text that this route would send for `value` with the status set so far.
  std::string serialize(const Json& value);
  /// The text of `value` by a schema, or by the route's schema for a status and content type (empty: any). Throws
  /// FST_ERR_MISSING_SERIALIZATION_FN when the route has none.
  std::string serializeInput(const Json& value, const Json& schema) {
    return compileSerializationSchema(schema)(value);
  }
  std::string serializeInput(const Json& value, int statusCode, std::string_view contentType = {});
  /// The route's serializer for a status, or that of a schema that was compiled before; empty when there is none.
  SerializerFunction getSerializationFunction(int statusCode, std::string_view contentType = {}) const;
  SerializerFunction getSerializationFunction(const Json& schema) const;
  /// Compiles a schema with the serializer compiler of the route; once for each distinct text, a thousand of which are
  /// kept. Throws what the compiler throws.
  SerializerFunction compileSerializationSchema(const Json& schema, std::string_view httpStatus = {},
                                                std::string_view contentType = {}) const;

  /// True once something was sent, or the reply was hijacked.
  bool sent() const noexcept;
  /// Milliseconds since the request came.
  double elapsedTime() const noexcept;
  /// Takes the connection away from the framework: nothing is sent, no hook after this one runs but onResponse.
  Reply& hijack();
  RawReply& raw() noexcept;

  /// Answers 101 with `Connection: Upgrade`, `Upgrade: protocol`, the headers set so far and `headers`, and gives the
  /// connection to the caller: it speaks `protocol` from here on. All hooks before the handler have run as for any
  /// request; onResponse runs now, onSend does not. Throws FastifyError: FST_ERR_UPGRADE_NOT_REQUESTED (426) when the
  /// request asks for no upgrade or cannot be upgraded (HTTP/2, inject), FST_ERR_REP_ALREADY_SENT after a reply.
  /// Include <fastify/upgrade.hpp>, or <fastify/fastify.hpp>, for what a Socket can do.
  std::shared_ptr<Socket> upgrade(std::string_view protocol, const HeaderPairs& headers = {});

  /// A trailer, computed when the body is complete: `function(payload)` gives its value. Makes the answer chunked.
  Reply& trailer(std::string_view name, std::function<Task<std::string>(const Payload&)> function);
  bool hasTrailer(std::string_view name) const;
  Reply& removeTrailer(std::string_view name);
  /// Sends 103 Early Hints at once.
  void writeEarlyHints(const HeaderPairs& headers);

  Logger& log() noexcept;
  Request& request() noexcept;
  /// The route that answers, as `request.routeOptions()`.
  const RouteInfo& routeOptions() const noexcept;
  /// The instance (plugin scope) that declared the route.
  Fastify& server() const noexcept;

  /// A decoration; made when first asked for. Throws FST_ERR_DEC_UNDECLARED when this route's scope has none.
  template <class T>
  T& operator[](const Decorator<T>& key) {
    return *static_cast<T*>(decoration(key.id(), key.name()));
  }
  template <class T>
  T& getDecorator(const Decorator<T>& key) {
    return (*this)[key];
  }

  /// `co_await reply`: until it was sent (by a callback, say).
  struct Sent {
    Exchange* exchange;
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> waiter) const;
    void await_resume() const noexcept {}
  };
  Sent operator co_await() noexcept { return {exchange_}; }

  Exchange& exchange() noexcept { return *exchange_; }

 private:
  void* decoration(std::size_t id, const std::string& name);

  Exchange* exchange_;
};

}  // namespace fastify
