#pragma once
// What can be set when a server is made and when it listens. See Fastify's "Server" page.

#include <fastify/callable.hpp>
#include <fastify/constraint.hpp>
#include <fastify/content_type_parser.hpp>
#include <fastify/log_controller.hpp>
#include <fastify/logger.hpp>
#include <fastify/schema.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace fastify {

/// `true`, `false`, or pino's options.
class LoggerChoice {
 public:
  LoggerChoice() = default;
  LoggerChoice(bool enabled) : enabled_(enabled) {}
  LoggerChoice(LoggerOptions options) : enabled_(true), options_(std::move(options)) {}
  bool enabled() const noexcept { return enabled_; }
  const LoggerOptions& options() const noexcept { return options_; }

 private:
  bool enabled_ = false;
  LoggerOptions options_;
};

/// Whose X-Forwarded-… headers are believed: everybody's, those of the listed addresses and networks ("loopback",
/// "10.0.0.0/8"), or those that the function accepts (address, hop). Nobody's by default. A number is refused: it
/// trusts nothing in Fastify 5.
class TrustProxy {
 public:
  using Function = std::function<bool(std::string_view address, int hop)>;
  TrustProxy() = default;
  TrustProxy(bool everybody) : value_(everybody) {}
  TrustProxy(const char* networks) : value_(std::vector<std::string>{networks}) {}
  TrustProxy(std::string networks) : value_(std::vector<std::string>{std::move(networks)}) {}
  TrustProxy(std::vector<std::string> networks) : value_(std::move(networks)) {}
  template <class F>
    requires std::is_invocable_r_v<bool, F&, std::string_view, int>
  TrustProxy(F function) : value_(Function(std::move(function))) {}
  TrustProxy(int) = delete;
  const std::variant<bool, std::vector<std::string>, Function>& value() const noexcept { return value_; }

 private:
  std::variant<bool, std::vector<std::string>, Function> value_ = false;
};

struct RouterOptions {
  bool caseSensitive = true;
  bool ignoreTrailingSlash = false;
  bool ignoreDuplicateSlashes = false;
  bool useSemicolonDelimiter = false;
  std::size_t maxParamLength = 100;
  /// Turns a query string into what `request.query()` gives.
  std::function<JsonObject(std::string_view)> querystringParser;
  /// Strategies of the program's own, by which routes of one path are told apart.
  std::vector<ConstraintStrategy> constraints;
  /// A path that has routes, but none for the method, is answered with 405 and Allow instead of 404. Fastify never
  /// does.
  bool methodNotAllowed = false;
};

/// Limits of the HTTP layer; Node's `http` options.
struct HttpOptions {
  std::size_t maxHeaderSize = 16384;
  std::chrono::milliseconds headersTimeout{60000};
  std::chrono::milliseconds connectionsCheckingInterval{30000};
};

/// TLS; Node's `https` options. PEM texts, not file names.
struct HttpsOptions {
  std::string key;
  /// The certificate, then those between it and its authority.
  std::string cert;
  /// Authorities of clients' certificates; empty: the system's.
  std::string ca;
  /// Of `key`.
  std::string passphrase;
  /// "TLSv1.2" or "TLSv1.3".
  std::string minVersion = "TLSv1.2";
  /// OpenSSL's list for TLS 1.2; empty: its defaults.
  std::string ciphers;
  /// Asks clients for a certificate, and refuses those without a valid one.
  bool requestCert = false;
  /// With `http2`: clients that do not know HTTP/2 get HTTP/1.1. As `Http2Options::allowHTTP1`.
  bool allowHTTP1 = false;
  std::chrono::milliseconds handshakeTimeout{120000};
};

struct Http2Options {
  /// Serves clients that do not speak HTTP/2, too.
  bool allowHTTP1 = false;
  /// Requests of one connection at the same time.
  std::uint32_t maxConcurrentStreams = 100;
  /// Bytes that a client may send ahead of what is read of a request's body.
  std::uint32_t initialWindowSize = 65535;
};

/// `true`, `false`, or limits.
class Http2Choice {
 public:
  Http2Choice() = default;
  Http2Choice(bool enabled) : enabled_(enabled) {}
  Http2Choice(Http2Options options) : enabled_(true), options_(options) {}
  bool enabled() const noexcept { return enabled_; }
  const Http2Options& options() const noexcept { return options_; }

 private:
  bool enabled_ = false;
  Http2Options options_;
};

enum class ForceCloseConnections { No, Idle, Yes };

struct FastifyOptions {
  LoggerChoice logger;
  /// A logger of the program's own, instead of `logger`.
  std::optional<Logger> loggerInstance;
  /// No lines for requests, their errors and 404s: always, or for those that the function names.
  std::variant<bool, std::function<bool(const Request&)>> disableRequestLogging = false;
  /// The header that brings a request's id; empty: none.
  std::string requestIdHeader;
  std::string requestIdLogLabel = "reqId";
  /// Lines of the program's own in place of the framework's.
  std::shared_ptr<LogController> logController;
  ChildLoggerFactory childLoggerFactory;
  std::function<std::string(const RawRequest&)> genReqId;
  std::int64_t bodyLimit = 1048576;
  /// A JSON content type without a body is no body, instead of FST_ERR_CTP_EMPTY_JSON_BODY: there are clients that
  /// always send the type.
  bool allowEmptyJsonBody = false;
  TrustProxy trustProxy;
  std::chrono::milliseconds keepAliveTimeout{72000};
  std::chrono::milliseconds connectionTimeout{0};
  std::chrono::milliseconds requestTimeout{0};
  std::optional<std::chrono::milliseconds> handlerTimeout;
  std::size_t maxRequestsPerSocket = 0;
  ForceCloseConnections forceCloseConnections = ForceCloseConnections::Idle;
  bool return503OnClosing = true;
  /// How long `close()` waits for answers that are under way; then their connections are cut, and handlers that have
  /// not ended are left where they are. Zero: as long as it takes. (The `delay` of close-with-grace.)
  std::chrono::milliseconds closeGraceDelay{10000};
  std::chrono::milliseconds pluginTimeout{10000};
  bool exposeHeadRoutes = true;
  Poisoning onProtoPoisoning = Poisoning::Error;
  Poisoning onConstructorPoisoning = Poisoning::Error;
  AjvOptions ajv;
  SerializerOpts serializerOpts;
  SchemaErrorFormatter schemaErrorFormatter;
  bool allowErrorHandlerOverride = true;
  /// Answers instead of the fixed texts when a path cannot be decoded or a parameter is too long.
  ErrorHandler frameworkErrors;
  /// Gives the bytes to answer with when a request cannot be read; the connection is closed after them. It is told what
  /// Node would say: "HPE_INVALID_METHOD", "HPE_HEADER_OVERFLOW", "ERR_HTTP_REQUEST_TIMEOUT", …
  std::function<std::string(std::string_view code)> clientErrorHandler;
  /// The URL to route instead of the one that came.
  std::function<std::string(const RawRequest&)> rewriteUrl;
  RouterOptions routerOptions;
  HttpOptions http;
  /// Serves HTTPS.
  std::optional<HttpsOptions> https;
  /// Serves HTTP/2: over TLS by ALPN, without `https` with prior knowledge.
  Http2Choice http2;
  /// Closes an HTTP/2 connection that nothing was asked of for so long; zero: never.
  std::chrono::milliseconds http2SessionTimeout{72000};
  /// Worker threads. With one, handlers never run at the same time.
  std::size_t threads = 1;
};

struct ListenOptions {
  /// 0: any free port.
  std::uint16_t port = 0;
  /// "localhost" binds every address that the name has; "::" stands for IPv4, too.
  std::string host = "localhost";
  /// A Unix socket instead of host and port. A file that a dead server left there is replaced; removed by `close()`.
  std::string path;
  /// With host "::": IPv6 alone.
  bool ipv6Only = false;
  int backlog = 511;
  /// Closes the server when it stops.
  std::stop_token signal;
};

struct AddressInfo {
  std::string address;  // of a Unix socket: its path
  std::string family;   // IPv4, IPv6 or unix
  std::uint16_t port = 0;
};

}  // namespace fastify
