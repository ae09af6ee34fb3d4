#pragma once
// `app`: an instance of the framework, and the scope that a plugin is given.

#include <fastify/callable.hpp>
#include <fastify/content_type_parser.hpp>
#include <fastify/decorator.hpp>
#include <fastify/hooks.hpp>
#include <fastify/inject.hpp>
#include <fastify/options.hpp>
#include <fastify/plugin.hpp>
#include <fastify/route.hpp>
#include <fastify/schema.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace fastify {

inline constexpr std::string_view version = "5.12.8";

/// Is built by one thread; from `ready()` on it is frozen and shared by the workers. See Fastify's "Server" page.
class Fastify {
 public:
  explicit Fastify(FastifyOptions options = {});
  ~Fastify();
  Fastify(const Fastify&) = delete;
  Fastify& operator=(const Fastify&) = delete;

  // Routes. All throw FastifyError for a declaration that cannot work (FST_ERR_…).

  Fastify& route(RouteOptions options);
  Fastify& get(std::string_view url, Handler handler) { return shorthand("GET", url, {}, std::move(handler)); }
  Fastify& get(std::string_view url, RouteOptions options, Handler handler = {}) { return shorthand("GET", url, std::move(options), std::move(handler)); }
  Fastify& head(std::string_view url, Handler handler) { return shorthand("HEAD", url, {}, std::move(handler)); }
  Fastify& head(std::string_view url, RouteOptions options, Handler handler = {}) { return shorthand("HEAD", url, std::move(options), std::move(handler)); }
  Fastify& post(std::string_view url, Handler handler) { return shorthand("POST", url, {}, std::move(handler)); }
  Fastify& post(std::string_view url, RouteOptions options, Handler handler = {}) { return shorthand("POST", url, std::move(options), std::move(handler)); }
  Fastify& put(std::string_view url, Handler handler) { return shorthand("PUT", url, {}, std::move(handler)); }
  Fastify& put(std::string_view url, RouteOptions options, Handler handler = {}) { return shorthand("PUT", url, std::move(options), std::move(handler)); }
  Fastify& patch(std::string_view url, Handler handler) { return shorthand("PATCH", url, {}, std::move(handler)); }
  Fastify& patch(std::string_view url, RouteOptions options, Handler handler = {}) { return shorthand("PATCH", url, std::move(options), std::move(handler)); }
  /// `delete` is a keyword.
  Fastify& del(std::string_view url, Handler handler) { return shorthand("DELETE", url, {}, std::move(handler)); }
  Fastify& del(std::string_view url, RouteOptions options, Handler handler = {}) { return shorthand("DELETE", url, std::move(options), std::move(handler)); }
  Fastify& options(std::string_view url, Handler handler) { return shorthand("OPTIONS", url, {}, std::move(handler)); }
  Fastify& options(std::string_view url, RouteOptions options, Handler handler = {}) { return shorthand("OPTIONS", url, std::move(options), std::move(handler)); }
  Fastify& trace(std::string_view url, Handler handler) { return shorthand("TRACE", url, {}, std::move(handler)); }
  Fastify& trace(std::string_view url, RouteOptions options, Handler handler = {}) { return shorthand("TRACE", url, std::move(options), std::move(handler)); }
  Fastify& query(std::string_view url, Handler handler) { return shorthand("QUERY", url, {}, std::move(handler)); }
  Fastify& query(std::string_view url, RouteOptions options, Handler handler = {}) { return shorthand("QUERY", url, std::move(options), std::move(handler)); }
  /// Every supported method.
  Fastify& all(std::string_view url, Handler handler) { return shorthand("", url, {}, std::move(handler)); }
  Fastify& all(std::string_view url, RouteOptions options, Handler handler = {}) { return shorthand("", url, std::move(options), std::move(handler)); }

  /// Before the first route that uses it. Throws for a name that is taken.
  Fastify& addConstraintStrategy(ConstraintStrategy strategy);
  /// True for an own strategy, and for "version" and "host" once some route uses them.
  bool hasConstraintStrategy(std::string_view name) const;

  // Plugins. They are loaded in Fastify's order, at `ready()` or `after()`: one after another, each with what it registers
  // itself before the next. What a plugin throws comes out of `ready()`.

  template <class F>
    requires(std::is_invocable_v<F&, Fastify&> || std::is_invocable_v<F&, Fastify&, const PluginOptions&>)
  Fastify& registerPlugin(F plugin, PluginOptions options = {}) {
    return addPlugin(detail::erasePlugin(std::move(plugin)), {}, true, std::move(options));
  }
  Fastify& registerPlugin(FpPlugin plugin, PluginOptions options = {});
  template <class Options>
  Fastify& registerPlugin(const Plugin<Options>& plugin, std::type_identity_t<Options> options = {}, PluginOptions scope = {}) {
    auto start = [start = plugin.start, options = std::move(options)](Fastify& instance) -> Task<> { return start(instance, options); };
    return addPlugin(detail::erasePlugin(std::move(start)), PluginMeta{.name = plugin.name, .fastify = plugin.fastify}, !plugin.skipOverride, std::move(scope));
  }

  /// Loads what was registered so far, now; Fastify's `await app.after()`. Throws what a plugin threw.
  Fastify& after();
  /// Called when what was registered so far is loaded. A function that takes the error (`std::exception_ptr`, null when
  /// there is none) swallows it.
  Fastify& after(std::function<void(std::exception_ptr)> callback);
  template <class F>
    requires std::is_invocable_v<F&>
  Fastify& after(F callback) {
    return addAfter(std::move(callback));
  }

  // Hooks.

  template <HookPoint P, class F>
  Fastify& addHook(HookTag<P>, F&& hook) {
    return addHook(Hook<P>(std::forward<F>(hook)));
  }

  // Decorators.

  template <class T>
  Fastify& decorate(const Decorator<T>& key, std::type_identity_t<T> value, std::vector<std::string> dependencies = {}) {
    addDecorator(key.name(), key.id(), std::make_shared<T>(std::move(value)), dependencies);
    return *this;
  }
  template <class T>
  Fastify& decorateRequest(const Decorator<T>& key, std::vector<std::string> dependencies = {}) {
    addRequestDecorator(detail::decoratorFactory(key), dependencies);
    return *this;
  }
  /// Each request starts with a copy of `initial`.
  template <class T>
  Fastify& decorateRequest(const Decorator<T>& key, std::type_identity_t<T> initial, std::vector<std::string> dependencies = {}) {
    addRequestDecorator(detail::decoratorFactory(key, std::move(initial)), dependencies);
    return *this;
  }
  template <class T>
  Fastify& decorateReply(const Decorator<T>& key, std::vector<std::string> dependencies = {}) {
    addReplyDecorator(detail::decoratorFactory(key), dependencies);
    return *this;
  }
  template <class T>
  Fastify& decorateReply(const Decorator<T>& key, std::type_identity_t<T> initial, std::vector<std::string> dependencies = {}) {
    addReplyDecorator(detail::decoratorFactory(key, std::move(initial)), dependencies);
    return *this;
  }
  /// A decoration of this instance or of those around it. Throws FST_ERR_DEC_UNDECLARED.
  template <class T>
  T& operator[](const Decorator<T>& key) const {
    return *static_cast<T*>(decoration(key.id(), key.name()));
  }
  template <class T>
  T& getDecorator(const Decorator<T>& key) const {
    return (*this)[key];
  }
  bool hasDecorator(std::string_view name) const;
  bool hasRequestDecorator(std::string_view name) const;
  bool hasReplyDecorator(std::string_view name) const;

  // Content types.

  Fastify& addContentTypeParser(ContentTypes types, ParserOptions options, ContentTypeParser parser);
  Fastify& addContentTypeParser(ContentTypes types, ContentTypeParser parser) { return addContentTypeParser(std::move(types), {}, std::move(parser)); }
  bool hasContentTypeParser(std::string_view type) const;
  Fastify& removeContentTypeParser(ContentTypes types);
  Fastify& removeAllContentTypeParsers();
  /// The parser that JSON bodies have by default, to call from an own one.
  std::function<RequestBody(Request&, std::string_view)> getDefaultJsonParser(Poisoning onProto = Poisoning::Error, Poisoning onConstructor = Poisoning::Error) const;
  /// The same for text/plain.
  static RequestBody defaultTextParser(Request& request, std::string_view body);

  // Schemas.

  Fastify& addSchema(Json schema);
  /// By $id; null when there is none.
  Json getSchema(std::string_view id) const;
  JsonObject getSchemas() const;
  Fastify& setValidatorCompiler(ValidatorCompiler compiler);
  Fastify& setSerializerCompiler(SerializerCompiler compiler);
  Fastify& setSchemaErrorFormatter(SchemaErrorFormatter formatter);
  /// Turns object payloads into text for all routes of this scope, instead of schemas and JSON.
  Fastify& setReplySerializer(std::function<std::string(const Json& payload, int statusCode)> serializer);

  // Errors and not found.

  Fastify& setErrorHandler(ErrorHandler handler);
  struct NotFoundOptions {
    HookList<HookPoint::PreValidation> preValidation;
    HookList<HookPoint::PreHandler> preHandler;
  };
  Fastify& setNotFoundHandler(Handler handler) { return setNotFoundHandler({}, std::move(handler)); }
  Fastify& setNotFoundHandler(NotFoundOptions options, Handler handler);
  Fastify& setGenReqId(std::function<std::string(const RawRequest&)> generate);
  /// For this scope and those inside it that are made from now on.
  Fastify& setChildLoggerFactory(ChildLoggerFactory factory);

  // Life.

  /// Loads all plugins, compiles all routes and runs the onReady hooks. Throws the first error. Again: does nothing.
  void ready();
  /// `ready()`, then binds and starts the workers; returns the address, e.g. "http://127.0.0.1:3000". Requests are
  /// answered on the workers' threads from now on. Throws FastifyError with the code EADDRINUSE when the port is taken.
  std::string listen(ListenOptions options = {});
  /// Answers what is in flight, runs the onClose hooks and stops the workers; returns when all is done. Not from a
  /// handler: use `requestClose()` there.
  void close();
  /// Makes `run()` close and return; from any thread, also from a handler.
  void requestClose();
  /// `listen`, then waits for SIGINT, SIGTERM or `requestClose()`, then `close`. Returns 0; 1 after logging a fatal line
  /// when it could not start. What `main` returns.
  int run(ListenOptions options = {});

  /// Sends a request through the whole pipeline without a socket, and waits for the answer on this thread. Throws what
  /// `ready()` throws.
  InjectResponse inject(InjectRequest request);
  InjectResponse inject(std::string_view url) { return inject(InjectRequest{.url = std::string(url)}); }

  // What it is.

  Logger& log() const noexcept;
  const std::string& prefix() const noexcept;
  /// The name that the plugin has: from `fp`, else empty; the root is "fastify".
  const std::string& pluginName() const noexcept;
  std::vector<AddressInfo> addresses() const;
  /// "http://127.0.0.1:3000"; empty before `listen`.
  std::string listeningOrigin() const;
  std::vector<std::string> supportedMethods() const;
  Fastify& addHttpMethod(std::string_view name, bool hasBody = false);
  const FastifyOptions& initialConfig() const noexcept;
  bool hasRoute(std::string_view method, std::string_view url, const Constraints& constraints = {}) const;
  /// What was declared with this pattern and these constraints (names of parameters do not count); nullptr when nothing
  /// was. Its hooks, limits and levels are settled by `ready()`.
  const RouteInfo* findRoute(std::string_view method, std::string_view url, const Constraints& constraints = {}) const;
  bool hasPlugin(std::string_view name) const;
  struct PrintRoutesOptions {
    std::string method;
    bool commonPrefix = true;
    /// Below each route, the hooks that it has; complete after `ready()`.
    bool includeHooks = false;
  };
  std::string printRoutes(PrintRoutesOptions options) const;
  std::string printRoutes() const { return printRoutes({}); }
  std::string printPlugins() const;
  /// The error handler in force here.
  const ErrorHandler& errorHandler() const noexcept;

  struct Scope;
  Scope& scope() const noexcept { return *scope_; }
  /// For the framework alone: the facade of a scope.
  explicit Fastify(std::unique_ptr<Scope> scope);

 private:
  Fastify& shorthand(std::string_view method, std::string_view url, RouteOptions options, Handler handler);
  Fastify& addPlugin(detail::PluginCall call, PluginMeta meta, bool encapsulated, PluginOptions options);
  Fastify& addAfter(std::function<void()> callback);
  template <HookPoint P>
  Fastify& addHook(Hook<P> hook);
  void addDecorator(const std::string& name, std::size_t id, std::shared_ptr<void> value, const std::vector<std::string>& dependencies);
  void addRequestDecorator(detail::DecoratorFactory factory, const std::vector<std::string>& dependencies);
  void addReplyDecorator(detail::DecoratorFactory factory, const std::vector<std::string>& dependencies);
  void* decoration(std::size_t id, const std::string& name) const;

  std::unique_ptr<Scope> scope_;
};

}  // namespace fastify
