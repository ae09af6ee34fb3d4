#include "routes.hpp"

#include "compile_schemas.hpp"
#include "on_demand_schemas.hpp"

#include "../boot/version_range.hpp"
#include "../lifecycle/answers.hpp"
#include "../lifecycle/content_type_parsers.hpp"
#include "../lifecycle/request_log.hpp"
#include "../lifecycle/routing.hpp"

#include <fastify/reply.hpp>
#include <fastify/request.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace fastify {

namespace {

std::string upperCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  std::string text;
  for (const auto& word : words) text.append(text.empty() ? "" : separator).append(word);
  return text;
}

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// "GET:/a", as messages name a route.
std::string nameOf(const std::vector<std::string>& methods, std::string_view url) {
  return joined(methods, ",") + ":" + std::string(url);
}

std::vector<std::string> checkedMethods(const AppRoot& root, const Methods& methods) {
  std::vector<std::string> names;
  for (const auto& given : methods.names()) {
    auto name = upperCase(given);
    if (!contains(root.methods, name)) {
      throw FastifyError(500, "FST_ERR_ROUTE_METHOD_NOT_SUPPORTED", name + " method is not supported.");
    }
    names.push_back(std::move(name));
  }
  if (names.empty()) throw FastifyError(500, "FST_ERR_ROUTE_METHOD_INVALID", "Provided method is invalid!");
  return names;
}

void checkBodyLimit(std::int64_t limit) {
  if (limit > 0) return;
  throw FastifyError(500, "FST_ERR_ROUTE_BODY_LIMIT_OPTION_NOT_INT",
                     "'bodyLimit' option must be an integer > 0. Got '" + std::to_string(limit) + "'");
}

void checkHandlerTimeout(const std::optional<std::chrono::milliseconds>& timeout) {
  if (!timeout || timeout->count() > 0) return;
  throw FastifyError(500, "FST_ERR_ROUTE_HANDLER_TIMEOUT_OPTION_NOT_INT",
                     "'handlerTimeout' option must be an integer > 0. Got '" + std::to_string(timeout->count()) + "'");
}

void checkRoute(const RouteOptions& options, const std::vector<std::string>& methods) {
  const auto name = nameOf(methods, options.url);
  if (!options.handler) {
    throw FastifyError(500, "FST_ERR_ROUTE_MISSING_HANDLER", "Missing handler function for \"" + name + "\" route.");
  }
  if (!options.schema.body.is_null() && (contains(methods, "GET") || contains(methods, "HEAD"))) {
    throw FastifyError(500, "FST_ERR_ROUTE_BODY_VALIDATION_SCHEMA_NOT_SUPPORTED",
                       "Body validation schema for " + name + " route is not supported!");
  }
  if (options.bodyLimit) checkBodyLimit(*options.bodyLimit);
  checkHandlerTimeout(options.handlerTimeout);
  if (!options.logLevel.empty() && !findLogLevel(options.logLevel)) {
    throw FastifyError(500, "FST_ERR_ROUTE_LOG_LEVEL_INVALID",
                       "Invalid log level '" + options.logLevel + "' for route '" + name + "'");
  }
}

/// Whether onRoute hooks hear of it: not of the second form of a route `/` below a prefix.
enum class Announce { Yes, No };

/// What the handler's types say, for the parts of which the route says nothing itself.
void addTypedSchemas(RouteOptions& options) {
  const auto& typed = options.handler.schema();
  if (!typed) return;
  auto& own = options.schema;
  const bool hasQuery = !own.query.is_null() || !own.querystring.is_null();
  const auto add = [](Json& schema, const Json& ofTypes) {
    if (schema.is_null()) schema = ofTypes;
  };
  add(own.body, typed->body);
  if (!hasQuery) own.querystring = typed->querystring;
  add(own.params, typed->params);
  add(own.headers, typed->headers);
  add(own.response, typed->response);
}

/// Declares `options` at one full URL.
void addRoute(Fastify::Scope& scope, RouteOptions options, std::string url, bool headTwin,
              Announce announce = Announce::Yes) {
  auto& root = *scope.root;
  options.url = std::move(url);
  if (announce == Announce::Yes) {
    for (const auto& hook : scope.hooks.onRoute) hook(options);
  }
  const auto methods = options.method.names();
  const auto number = root.application.routes.size();
  auto& router = root.application.router;

  const bool headExists = router.hasRoute(http::Method::Head, options.url, options.constraints);
  try {
    // All or none: a route that cannot be declared leaves nothing behind.
    for (const auto& method : methods) {
      const bool again = std::count(methods.begin(), methods.end(), method) > 1;
      if (again) throw router::RouterError(router::RouterError::Kind::Duplicate, method);
      if (methods.size() > 1) router.check(*http::findMethod(method), options.url, options.constraints);
    }
    for (const auto& method : methods) {
      if (method == "HEAD" && headTwin && headExists) return;
      router.add(*http::findMethod(method), options.url, number, options.constraints);
    }
  } catch (const router::RouterError& error) {
    if (error.kind() != router::RouterError::Kind::Duplicate)
      throw FastifyError(500, "FST_ERR_INVALID_URL", error.what());
    throw FastifyError(500, "FST_ERR_DUPLICATED_ROUTE",
                       "Method '" + joined(methods, ",") + "' already declared for route '" + options.url + "'");
  }
  auto& compiled = *root.application.routes.emplace_back(std::make_unique<CompiledRoute>());
  const bool expose = options.exposeHeadRoute.value_or(root.application.options.exposeHeadRoutes);
  const bool twin = expose && !headTwin && !headExists && contains(methods, "GET") && !contains(methods, "HEAD");
  compiled.info.method = joined(methods, ",");
  compiled.info.url = options.url;
  const auto& declared = root.routes.emplace_back(RouteDeclaration{options, options.url, &scope, &compiled, headTwin});
  if (!twin) return;
  RouteOptions head = declared.options;
  head.method = "HEAD";
  addRoute(scope, std::move(head), declared.url, true);
}

template <class Calls, HookPoint P>
void append(Calls& calls, const HookList<P>& hooks) {
  for (const auto& hook : hooks.hooks()) calls.push_back(hook.call);
}

void copyHooks(CompiledRoute& route, const ScopeHooks& hooks) {
  route.onRequest = hooks.onRequest;
  route.preParsing = hooks.preParsing;
  route.preValidation = hooks.preValidation;
  route.preHandler = hooks.preHandler;
  route.preSerialization = hooks.preSerialization;
  route.onSend = hooks.onSend;
  route.onResponse = hooks.onResponse;
  route.onError = hooks.onError;
  route.onTimeout = hooks.onTimeout;
  route.onRequestAbort = hooks.onRequestAbort;
}

std::shared_ptr<const DecorationTable> decorationTable(const Fastify::Scope& scope,
                                                       std::vector<detail::DecoratorFactory> Fastify::Scope::* list) {
  auto table = std::make_shared<DecorationTable>();
  for (const auto* at = &scope; at; at = at->parent) {
    for (const auto& factory : at->*list) {
      if (factory.id >= table->slotOfId.size()) table->slotOfId.resize(factory.id + 1, -1);
      table->slotOfId[factory.id] = static_cast<int>(table->factories.size());
      table->factories.push_back(factory);
    }
  }
  return table;
}

/// One for all routes of a scope.
std::shared_ptr<OnDemandSchemas> schemasOf(const Fastify::Scope& scope) {
  if (!scope.onDemandSchemas) scope.onDemandSchemas = onDemandSchemas(scope, {}, {});
  return scope.onDemandSchemas;
}

/// What a route has of its scope, whatever kind it is.
void compileCommon(CompiledRoute& route, const Fastify::Scope& scope) {
  const auto& options = scope.root->application.options;
  route.server = scope.instance;
  copyHooks(route, scope.hooks);
  route.parsers = scope.parsers;
  route.errorHandlers = scope.errorHandlers;
  route.schemaErrorFormatter = scope.schemaErrorFormatter;
  route.replySerializer = scope.replySerializer;
  route.genReqId = scope.genReqId;
  route.childLoggerFactory = scope.childLoggerFactory;
  route.bodyLimit = static_cast<std::size_t>(options.bodyLimit);
  route.logLevel = scope.logLevel;
  route.logSerializers = scope.logSerializers;
  route.requestDecorations = decorationTable(scope, &Fastify::Scope::requestDecorators);
  route.replyDecorations = decorationTable(scope, &Fastify::Scope::replyDecorators);
  route.onDemandSchemas = schemasOf(scope);
  route.notFound = scope.notFound ? scope.notFound->compiled : nullptr;
}

/// The HEAD twin of a GET route: measures the body and sends none.
Task<> measureForHead(Reply& reply, Payload& payload) {
  if (payload.isJson() && !payload.isNull()) return {};  // refused when it is written, as for GET
  if (payload.isStream()) {
    payload.stream()->destroy();
  } else if (payload.isText() || payload.isBuffer()) {
    const auto size = payload.isText() ? payload.text().size() : payload.buffer().bytes.size();
    reply.header("content-length", std::to_string(size));
  } else {
    reply.header("content-length", "0");
  }
  payload = Payload();
  return {};
}

void compileRoute(const RouteDeclaration& declaration) {
  const auto& scope = *declaration.scope;
  const auto& options = declaration.options;
  const auto& server = scope.root->application.options;
  auto& route = *declaration.compiled;
  compileCommon(route, scope);
  route.handler = options.handler;
  append(route.onRequest, options.onRequest);
  append(route.preParsing, options.preParsing);
  append(route.preValidation, options.preValidation);
  append(route.preHandler, options.preHandler);
  append(route.preSerialization, options.preSerialization);
  append(route.onSend, options.onSend);
  append(route.onResponse, options.onResponse);
  append(route.onError, options.onError);
  append(route.onTimeout, options.onTimeout);
  append(route.onRequestAbort, options.onRequestAbort);
  if (declaration.headTwin) {
    route.headTwin = true;
    route.onSend.push_back([](Request&, Reply& reply, Payload& payload) { return measureForHead(reply, payload); });
  }
  if (options.errorHandler) {
    route.errorHandlers = std::make_shared<ErrorHandlers>(ErrorHandlers{options.errorHandler, route.errorHandlers});
  }
  if (options.schemaErrorFormatter) route.schemaErrorFormatter = options.schemaErrorFormatter;
  if (options.bodyLimit) route.bodyLimit = static_cast<std::size_t>(*options.bodyLimit);
  if (!options.logLevel.empty()) route.logLevel = options.logLevel;
  for (const auto& [name, serializer] : options.logSerializers) route.logSerializers.insert_or_assign(name, serializer);
  if (options.childLoggerFactory) route.childLoggerFactory = options.childLoggerFactory;
  const auto timeout = options.handlerTimeout ? options.handlerTimeout : server.handlerTimeout;
  if (timeout) route.handlerTimeout = *timeout;

  auto& info = route.info;
  info.method = joined(options.method.names(), ",");
  info.url = declaration.url;
  info.bodyLimit = route.bodyLimit;
  info.handlerTimeout = route.handlerTimeout;
  info.attachValidation = options.attachValidation;
  info.logLevel = route.logLevel;
  info.exposeHeadRoute = options.exposeHeadRoute.value_or(server.exposeHeadRoutes);
  info.config = options.config;
  info.schema = options.schema;
  if (const auto* version = options.constraints.if_contains("version"); version && version->is_string())
    info.version = version->get_string();
  compileSchemas(route, options, scope);
  if (options.validatorCompiler || options.serializerCompiler) {
    route.onDemandSchemas = onDemandSchemas(scope, options.validatorCompiler, options.serializerCompiler);
  }
  const auto& typed = options.handler.schema();
  route.handlerMayWriteJson = typed && options.schema.response == typed->response && route.preSerialization.empty() &&
                              !route.replySerializer && !options.serializerCompiler && !scope.serializerCompiler;
}

void answerNotFound(Request& request, Reply& reply) {
  logNotFound(request.exchange().state());
  reply.code(404).send(Json(notFoundBody(request.method(), request.url())));
}

void answerMethodNotAllowed(Request& request, Reply& reply) {
  auto& state = request.exchange().state();
  const std::string method(request.method());
  reply.code(405).header("allow", allowedMethods(state));
  reply.send({{"message", "Method " + method + " not allowed for route " + std::string(request.url())},
              {"error", "Method Not Allowed"},
              {"statusCode", 405}});
}

void compileNotFound(CompiledRoute& route, const Fastify::Scope& scope, Handler handler) {
  compileCommon(route, scope);
  route.is404 = true;
  route.handler = std::move(handler);
  route.info.bodyLimit = route.bodyLimit;
  route.info.config = JsonObject();
}

}  // namespace

void checkOptions(const FastifyOptions& options) {
  checkBodyLimit(options.bodyLimit);
  checkHandlerTimeout(options.handlerTimeout);
  if (options.logger.enabled() && options.loggerInstance) {
    throw FastifyError(500, "FST_ERR_LOG_LOGGER_AND_LOGGER_INSTANCE_PROVIDED",
                       "You cannot provide both logger and loggerInstance. Please provide only one.");
  }
}

namespace {
void addStrategy(Application& application, const ConstraintStrategy& strategy) {
  if (!strategy.deriveConstraint) {
    throw FastifyError(500, "FST_ERR_INVALID_CONSTRAINT", "strategy.deriveConstraint should be a function");
  }
  try {
    application.router.addConstraintStrategy(router::ownStrategy(strategy));
  } catch (const router::RouterError& error) {
    throw FastifyError(500, "FST_ERR_INVALID_CONSTRAINT", error.what());
  }
}
}  // namespace

void prepareLogger(Application& application) {
  const auto& options = application.options;
  if (options.loggerInstance) {
    application.logger = *options.loggerInstance;
  } else if (options.logger.enabled()) {
    application.logger = Logger(options.logger.options());
  }
  application.logging = options.loggerInstance || options.logger.enabled();
  application.logController = options.logController ? options.logController : std::make_shared<LogController>();
  if (const auto* always = std::get_if<bool>(&options.disableRequestLogging)) {
    if (*always) application.silent = [](const Request&) { return true; };
  } else {
    application.silent = std::get<std::function<bool(const Request&)>>(options.disableRequestLogging);
  }
  application.trustProxy = ProxyTrust(options.trustProxy);
  router::Settings settings;
  settings.caseSensitive = options.routerOptions.caseSensitive;
  settings.ignoreTrailingSlash = options.routerOptions.ignoreTrailingSlash;
  settings.ignoreDuplicateSlashes = options.routerOptions.ignoreDuplicateSlashes;
  settings.useSemicolonDelimiter = options.routerOptions.useSemicolonDelimiter;
  settings.maxParamLength = options.routerOptions.maxParamLength;
  application.router = router::Router(settings);
  for (const auto& strategy : options.routerOptions.constraints) addStrategy(application, strategy);
  settings.maxParamLength = static_cast<std::size_t>(-1);
  application.notFoundRouter = router::Router(settings);
  if (options.frameworkErrors) {
    application.unrouted.errorHandlers =
        std::make_shared<ErrorHandlers>(ErrorHandlers{options.frameworkErrors, nullptr});
  }
}

void checkPluginMeta(const Fastify::Scope& scope, const PluginMeta& meta) {
  const std::string name = meta.name.empty() ? "anonymous" : meta.name;
  if (!meta.fastify.empty() && !boot::satisfies(version, meta.fastify)) {
    throw FastifyError(500, "FST_ERR_PLUGIN_VERSION_MISMATCH",
                       "fastify-plugin: " + name + " - expected '" + meta.fastify + "' fastify version, '" +
                           std::string(version) + "' is installed");
  }
  auto require = [&](const std::vector<std::string>& names, std::string_view where, auto&& has) {
    for (const auto& needed : names) {
      if (has(needed)) continue;
      throw FastifyError(
          500, "FST_ERR_PLUGIN_NOT_PRESENT_IN_INSTANCE",
          "The decorator '" + needed + "' required by '" + name + "' is not present in " + std::string(where));
    }
  };
  const auto& instance = *scope.instance;
  require(meta.decorators.fastify, "Fastify", [&](const std::string& needed) { return instance.hasDecorator(needed); });
  require(meta.decorators.request, "Request",
          [&](const std::string& needed) { return instance.hasRequestDecorator(needed); });
  require(meta.decorators.reply, "Reply",
          [&](const std::string& needed) { return instance.hasReplyDecorator(needed); });
  for (const auto& needed : meta.dependencies) {
    if (instance.hasPlugin(needed)) continue;
    throw FastifyError(500, "FST_ERR_PLUGIN_DEPENDENCY_NOT_REGISTERED",
                       "The dependency '" + needed + "' of plugin '" + name + "' is not registered");
  }
}

void declareRoute(Fastify::Scope& scope, RouteOptions options) {
  auto& root = *scope.root;
  root.mustBeBuilding("Cannot add route");
  auto methods = checkedMethods(root, options.method);
  addTypedSchemas(options);
  checkRoute(options, methods);
  options.method = Methods(methods);
  const std::string path = options.url;
  const auto& prefix = scope.prefix;
  const auto& routing = root.application.options.routerOptions;
  if (path == "/" && !prefix.empty() && methods != std::vector<std::string>{"HEAD"}) {
    const bool slashThere = prefix.ends_with('/');
    const auto which = options.prefixTrailingSlash;
    if (which != PrefixTrailingSlash::Slash || slashThere) addRoute(scope, options, prefix, false);
    if (!slashThere && which != PrefixTrailingSlash::NoSlash &&
        !(which == PrefixTrailingSlash::Both && routing.ignoreTrailingSlash)) {
      addRoute(scope, options, prefix + "/", false, which == PrefixTrailingSlash::Both ? Announce::No : Announce::Yes);
    }
    return;
  }
  const bool doubleSlash = prefix.ends_with('/') && path.starts_with('/');
  addRoute(scope, std::move(options), prefix + (doubleSlash ? path.substr(1) : path), false);
}

void declareNotFound(Fastify::Scope& scope, Fastify::NotFoundOptions options, Handler handler) {
  auto& root = *scope.root;
  const std::string prefix = scope.prefix.empty() ? "/" : scope.prefix;
  for (const auto& other : root.notFounds) {
    if ((other.scope->prefix.empty() ? "/" : other.scope->prefix) == prefix) {
      throw FastifyError(500, "Not found handler already set for Fastify instance with prefix: '" + prefix + "'");
    }
  }
  auto& declared =
      root.notFounds.emplace_back(NotFoundDeclaration{&scope, std::move(options), std::move(handler), nullptr});
  declared.compiled = root.application.routes.emplace_back(std::make_unique<CompiledRoute>()).get();
  scope.eachInside([&](Fastify::Scope& inside) { inside.notFound = &declared; });
  if (scope.prefix.empty()) return;
  auto& router = root.application.notFoundRouter;
  const auto number = root.application.routes.size() - 1;
  router.add(http::Method::Get, prefix, number);
  router.add(http::Method::Get, prefix.ends_with('/') ? prefix + "*" : prefix + "/*", number);
}

void addMethod(AppRoot& root, std::string_view name, bool hasBody) {
  const auto method = http::findMethod(name);
  if (!method) {
    throw FastifyError(500, "FST_ERR_ROUTE_METHOD_INVALID", "Provided method is invalid!");
  }
  if (!contains(root.methods, name)) root.methods.emplace_back(name);
  if (hasBody) root.bodyMethods.emplace(name);
}

void compileRoutes(AppRoot& root) {
  auto& application = root.application;
  auto& rootScope = root.rootInstance->scope();
  const auto rootNotFound = std::find_if(root.notFounds.begin(), root.notFounds.end(),
                                         [](const auto& declared) { return declared.scope->prefix.empty(); });
  if (rootNotFound == root.notFounds.end()) {
    application.rootNotFound = application.routes.emplace_back(std::make_unique<CompiledRoute>()).get();
    compileNotFound(*application.rootNotFound, rootScope,
                    Handler([](Request& request, Reply& reply) { answerNotFound(request, reply); }));
  } else {
    application.rootNotFound = rootNotFound->compiled;
  }
  for (auto& declared : root.notFounds) {
    compileNotFound(*declared.compiled, *declared.scope, declared.handler);
    append(declared.compiled->preValidation, declared.options.preValidation);
    append(declared.compiled->preHandler, declared.options.preHandler);
  }
  if (application.options.routerOptions.methodNotAllowed) {
    application.methodNotAllowed = application.routes.emplace_back(std::make_unique<CompiledRoute>()).get();
    compileNotFound(*application.methodNotAllowed, rootScope,
                    Handler([](Request& request, Reply& reply) { answerMethodNotAllowed(request, reply); }));
    application.methodNotAllowed->is404 = false;
  }
  for (const auto& declared : root.routes) compileRoute(declared);
  root.routes.clear();  // nobody asks for them again
  application.unrouted.server = root.rootInstance;
  application.unrouted.requestDecorations = std::make_shared<DecorationTable>();
  application.unrouted.replyDecorations = std::make_shared<DecorationTable>();
  application.unrouted.parsers = rootScope.parsers;
  application.unrouted.onDemandSchemas = schemasOf(rootScope);
  for (const auto& method : root.bodyMethods)
    application.bodyMethods[static_cast<std::size_t>(*http::findMethod(method))] = true;
  application.router.freeze();
  application.notFoundRouter.freeze();
}

std::string originOf(const AppRoot& root, const AddressInfo& address) {
  if (address.family == "unix") return address.address;
  const bool v6 = address.family == "IPv6";
  const std::string scheme = root.application.options.https ? "https://" : "http://";
  return scheme + (v6 ? "[" + address.address + "]" : address.address) + ":" + std::to_string(address.port);
}

bool Fastify::hasRoute(std::string_view method, std::string_view url, const Constraints& constraints) const {
  const auto known = http::findMethod(upperCase(std::string(method)));
  return known && scope_->root->application.router.hasRoute(*known, url, constraints);
}

const RouteInfo* Fastify::findRoute(std::string_view method, std::string_view url,
                                    const Constraints& constraints) const {
  const auto known = http::findMethod(upperCase(std::string(method)));
  const auto& application = scope_->root->application;
  const auto number = known ? application.router.findRoute(*known, url, constraints) : std::nullopt;
  return number ? &application.routes[*number]->info : nullptr;
}

Fastify& Fastify::addConstraintStrategy(ConstraintStrategy strategy) {
  scope_->root->mustBeBuilding("Cannot call \"addConstraintStrategy\"");
  addStrategy(scope_->root->application, strategy);
  return *this;
}

bool Fastify::hasConstraintStrategy(std::string_view name) const {
  return scope_->root->application.router.hasConstraintStrategy(name);
}

namespace {
/// Functions have no names in C++: a list shows how many there are.
std::vector<std::pair<std::string, std::string>> hookLines(const CompiledRoute& route) {
  const std::pair<std::string_view, std::size_t> counts[] = {
      {"onRequest", route.onRequest.size()},
      {"preParsing", route.preParsing.size()},
      {"preValidation", route.preValidation.size()},
      {"preHandler", route.preHandler.size()},
      {"preSerialization", route.preSerialization.size()},
      {"onSend", route.onSend.size()},
      {"onResponse", route.onResponse.size()},
      {"onError", route.onError.size()},
      {"onTimeout", route.onTimeout.size()},
      {"onRequestAbort", route.onRequestAbort.size()},
  };
  std::vector<std::pair<std::string, std::string>> lines;
  for (const auto& [name, count] : counts) {
    if (count == 0) continue;
    std::string names;
    for (std::size_t i = 0; i < count; ++i) names += i == 0 ? "\"anonymous()\"" : ",\"anonymous()\"";
    lines.emplace_back(name, "[" + names + "]");
  }
  return lines;
}
}  // namespace

std::string Fastify::printRoutes(PrintRoutesOptions options) const {
  router::PrintOptions print;
  if (!options.method.empty()) print.method = http::findMethod(upperCase(options.method));
  print.commonPrefix = options.commonPrefix;
  if (options.includeHooks) {
    print.meta = [&routes = scope_->root->application.routes](router::RouteNumber number) {
      return hookLines(*routes[number]);
    };
  }
  return scope_->root->application.router.print(print);
}

}  // namespace fastify
