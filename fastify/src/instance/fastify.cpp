// `app.`: each call checks what it is given and keeps it in its scope.

#include "compile_schemas.hpp"
#include "routes.hpp"
#include "scope.hpp"
#include "workers.hpp"

#include "../lifecycle/content_type_parsers.hpp"

#include <fastify/instance.hpp>

#include <algorithm>

namespace fastify {

namespace {

FastifyError alreadyPresent(const std::string& name) {
  return {500, "FST_ERR_DEC_ALREADY_PRESENT", "The decorator '" + name + "' has already been added!"};
}
FastifyError missingDependency(const std::string& name) {
  return {500, "FST_ERR_DEC_MISSING_DEPENDENCY", "The decorator is missing dependency '" + name + "'."};
}
FastifyError afterStart(const std::string& name) {
  return {500, "FST_ERR_DEC_AFTER_START", "The decorator '" + name + "' has been added after start!"};
}

bool hasRequestDecoratorAt(const Fastify::Scope& scope, std::string_view name) {
  for (const auto* at = &scope; at; at = at->parent) {
    if (std::any_of(at->requestDecorators.begin(), at->requestDecorators.end(),
                    [&](const auto& own) { return own.name == name; }))
      return true;
  }
  return false;
}
bool hasReplyDecoratorAt(const Fastify::Scope& scope, std::string_view name) {
  for (const auto* at = &scope; at; at = at->parent) {
    if (std::any_of(at->replyDecorators.begin(), at->replyDecorators.end(),
                    [&](const auto& own) { return own.name == name; }))
      return true;
  }
  return false;
}

template <HookPoint P>
constexpr bool isRequestHook = P <= HookPoint::OnRequestAbort;

}  // namespace

template <>
auto& ScopeHooks::at<HookPoint::OnRequest>() {
  return onRequest;
}
template <>
auto& ScopeHooks::at<HookPoint::PreParsing>() {
  return preParsing;
}
template <>
auto& ScopeHooks::at<HookPoint::PreValidation>() {
  return preValidation;
}
template <>
auto& ScopeHooks::at<HookPoint::PreHandler>() {
  return preHandler;
}
template <>
auto& ScopeHooks::at<HookPoint::PreSerialization>() {
  return preSerialization;
}
template <>
auto& ScopeHooks::at<HookPoint::OnSend>() {
  return onSend;
}
template <>
auto& ScopeHooks::at<HookPoint::OnResponse>() {
  return onResponse;
}
template <>
auto& ScopeHooks::at<HookPoint::OnError>() {
  return onError;
}
template <>
auto& ScopeHooks::at<HookPoint::OnTimeout>() {
  return onTimeout;
}
template <>
auto& ScopeHooks::at<HookPoint::OnRequestAbort>() {
  return onRequestAbort;
}
template <>
auto& ScopeHooks::at<HookPoint::OnRoute>() {
  return onRoute;
}
template <>
auto& ScopeHooks::at<HookPoint::OnRegister>() {
  return onRegister;
}
template <>
auto& ScopeHooks::at<HookPoint::OnReady>() {
  return onReady;
}
template <>
auto& ScopeHooks::at<HookPoint::OnListen>() {
  return onListen;
}
template <>
auto& ScopeHooks::at<HookPoint::PreClose>() {
  return preClose;
}

Fastify::Fastify(FastifyOptions options) {
  checkOptions(options);
  auto root = std::make_shared<AppRoot>(std::move(options));
  root->rootInstance = this;
  prepareLogger(root->application);
  scope_ = std::make_unique<Scope>(std::move(root), nullptr);
  scope_->instance = this;
}

Fastify::Fastify(std::unique_ptr<Scope> scope) : scope_(std::move(scope)) { scope_->instance = this; }

Fastify::~Fastify() {
  if (!scope_->parent && scope_->root->state == AppState::Listening) {
    try {
      close();
    } catch (...) {
      // A failing onClose hook was logged; a destructor has nobody to tell.
    }
  }
}

// --- routes
// -----------------------------------------------------------------------------------------------------------

Fastify& Fastify::route(RouteOptions options) {
  declareRoute(*scope_, std::move(options));
  return *this;
}

Fastify& Fastify::shorthand(std::string_view method, std::string_view url, RouteOptions options, Handler handler) {
  options.method = method.empty() ? Methods(scope_->root->methods) : Methods(std::string(method));
  options.url = url;
  if (handler && options.handler) {
    throw FastifyError(
        500, "FST_ERR_ROUTE_DUPLICATED_HANDLER",
        "Duplicate handler for \"" + std::string(method) + ":" + std::string(url) + "\" route is not allowed!");
  }
  if (handler) options.handler = std::move(handler);
  return route(std::move(options));
}

// --- plugins
// ----------------------------------------------------------------------------------------------------------

Fastify& Fastify::addPlugin(detail::PluginCall call, PluginMeta meta, bool encapsulated, PluginOptions options) {
  std::string name = !meta.name.empty() ? meta.name : !options.name.empty() ? options.name : "anonymous";
  auto start = [scope = scope_.get(), call = std::move(call), meta = std::move(meta), encapsulated,
                options = std::move(options)]() -> Task<> {
    checkPluginMeta(*scope, meta);
    if (!meta.name.empty()) scope->plugins.insert(meta.name);
    Fastify* instance = scope->instance;
    if (encapsulated || meta.encapsulate) {
      instance = &scope->makeChild(options);
      instance->scope().pluginName = !meta.name.empty() ? meta.name : options.name;
      for (const auto& hook : scope->hooks.onRegister) hook(*instance, options);
    }
    return call(*instance, options);
  };
  scope_->root->loader.addPlugin(std::move(name), std::move(start));
  return *this;
}

Fastify& Fastify::registerPlugin(FpPlugin plugin, PluginOptions options) {
  return addPlugin(std::move(plugin.call), std::move(plugin.meta), false, std::move(options));
}

Fastify& Fastify::after() {
  scope_->root->loader.loadPending();
  return *this;
}
Fastify& Fastify::after(std::function<void(std::exception_ptr)> callback) {
  scope_->root->loader.addAfter(std::move(callback));
  return *this;
}
Fastify& Fastify::addAfter(std::function<void()> callback) {
  scope_->root->loader.addStep(std::move(callback));
  return *this;
}

// --- hooks
// ------------------------------------------------------------------------------------------------------------

template <HookPoint P>
Fastify& Fastify::addHook(Hook<P> hook) {
  auto& root = *scope_->root;
  root.mustBeBuilding("Cannot call \"addHook\"");
  if constexpr (P == HookPoint::OnClose) {
    root.onClose.push_back({scope_.get(), std::move(hook.call)});
  } else if constexpr (isRequestHook<P> || P == HookPoint::OnRegister) {
    // In its turn among the plugins: scopes inside that are made by then get it behind their own, later ones inherit
    // it.
    root.loader.addStep([scope = scope_.get(), call = std::move(hook.call)] {
      scope->eachInside([&](Scope& inside) { inside.hooks.at<P>().push_back(call); });
    });
  } else {
    scope_->hooks.at<P>().push_back(std::move(hook.call));
  }
  return *this;
}

template Fastify& Fastify::addHook(Hook<HookPoint::OnRequest>);
template Fastify& Fastify::addHook(Hook<HookPoint::PreParsing>);
template Fastify& Fastify::addHook(Hook<HookPoint::PreValidation>);
template Fastify& Fastify::addHook(Hook<HookPoint::PreHandler>);
template Fastify& Fastify::addHook(Hook<HookPoint::PreSerialization>);
template Fastify& Fastify::addHook(Hook<HookPoint::OnSend>);
template Fastify& Fastify::addHook(Hook<HookPoint::OnResponse>);
template Fastify& Fastify::addHook(Hook<HookPoint::OnError>);
template Fastify& Fastify::addHook(Hook<HookPoint::OnTimeout>);
template Fastify& Fastify::addHook(Hook<HookPoint::OnRequestAbort>);
template Fastify& Fastify::addHook(Hook<HookPoint::OnRoute>);
template Fastify& Fastify::addHook(Hook<HookPoint::OnRegister>);
template Fastify& Fastify::addHook(Hook<HookPoint::OnReady>);
template Fastify& Fastify::addHook(Hook<HookPoint::OnListen>);
template Fastify& Fastify::addHook(Hook<HookPoint::PreClose>);
template Fastify& Fastify::addHook(Hook<HookPoint::OnClose>);

// --- decorators
// -------------------------------------------------------------------------------------------------------

void Fastify::addDecorator(const std::string& name, std::size_t id, std::shared_ptr<void> value,
                           const std::vector<std::string>& dependencies) {
  if (scope_->root->state != AppState::Building) throw afterStart(name);
  if (scope_->decorations.contains(name)) throw alreadyPresent(name);
  for (const auto& needed : dependencies) {
    if (!hasDecorator(needed)) throw missingDependency(needed);
  }
  scope_->decorations.emplace(name, Scope::Decoration{id, std::move(value)});
}

void Fastify::addRequestDecorator(detail::DecoratorFactory factory, const std::vector<std::string>& dependencies) {
  if (scope_->root->state != AppState::Building) throw afterStart(factory.name);
  if (hasRequestDecorator(factory.name)) throw alreadyPresent(factory.name);
  for (const auto& needed : dependencies) {
    if (!hasRequestDecorator(needed)) throw missingDependency(needed);
  }
  scope_->requestDecorators.push_back(std::move(factory));
}

void Fastify::addReplyDecorator(detail::DecoratorFactory factory, const std::vector<std::string>& dependencies) {
  if (scope_->root->state != AppState::Building) throw afterStart(factory.name);
  if (hasReplyDecorator(factory.name)) throw alreadyPresent(factory.name);
  for (const auto& needed : dependencies) {
    if (!hasReplyDecorator(needed)) throw missingDependency(needed);
  }
  scope_->replyDecorators.push_back(std::move(factory));
}

void* Fastify::decoration(std::size_t id, const std::string& name) const {
  for (const auto* at = scope_.get(); at; at = at->parent) {
    const auto found = at->decorations.find(name);
    if (found != at->decorations.end() && found->second.id == id) return found->second.value.get();
  }
  throw FastifyError(500, "FST_ERR_DEC_UNDECLARED", "No decorator '" + name + "' has been declared on instance.");
}

bool Fastify::hasDecorator(std::string_view name) const {
  for (const auto* at = scope_.get(); at; at = at->parent) {
    if (at->decorations.find(name) != at->decorations.end()) return true;
  }
  return false;
}
bool Fastify::hasRequestDecorator(std::string_view name) const { return hasRequestDecoratorAt(*scope_, name); }
bool Fastify::hasReplyDecorator(std::string_view name) const { return hasReplyDecoratorAt(*scope_, name); }

// --- content types
// ----------------------------------------------------------------------------------------------------

namespace {
void parsersMustBeOpen(const AppRoot& root, std::string_view call) {
  if (root.state == AppState::Building) return;
  throw FastifyError(400, "FST_ERR_CTP_INSTANCE_ALREADY_STARTED",
                     "Cannot call \"" + std::string(call) + "\" when fastify instance is already started!");
}
}  // namespace

Fastify& Fastify::addContentTypeParser(ContentTypes types, ParserOptions options, ContentTypeParser parser) {
  parsersMustBeOpen(*scope_->root, "addContentTypeParser");
  scope_->parsers->add(types, options, std::move(parser));
  return *this;
}
bool Fastify::hasContentTypeParser(std::string_view type) const { return scope_->parsers->has(type); }
Fastify& Fastify::removeContentTypeParser(ContentTypes types) {
  parsersMustBeOpen(*scope_->root, "removeContentTypeParser");
  scope_->parsers->remove(types);
  return *this;
}
Fastify& Fastify::removeAllContentTypeParsers() {
  parsersMustBeOpen(*scope_->root, "removeAllContentTypeParsers");
  scope_->parsers->removeAll();
  return *this;
}
std::function<RequestBody(Request&, std::string_view)> Fastify::getDefaultJsonParser(Poisoning onProto,
                                                                                     Poisoning onConstructor) const {
  return [onProto, onConstructor](Request& request, std::string_view body) {
    return parseJson(request, body, onProto, onConstructor);
  };
}
RequestBody Fastify::defaultTextParser(Request&, std::string_view body) { return parseText(body); }

// --- schemas
// ----------------------------------------------------------------------------------------------------------

Fastify& Fastify::addSchema(Json schema) {
  scope_->root->mustBeBuilding("Cannot call \"addSchema\"");
  addSharedSchema(scope_->schemas, std::move(schema));
  return *this;
}
Json Fastify::getSchema(std::string_view id) const {
  const auto* schema = scope_->schemas.find(id);
  return schema ? *schema : Json(nullptr);
}
JsonObject Fastify::getSchemas() const { return scope_->schemas.all(); }
Fastify& Fastify::setValidatorCompiler(ValidatorCompiler compiler) {
  scope_->root->mustBeBuilding("Cannot call \"setValidatorCompiler\"");
  scope_->validatorCompiler = std::move(compiler);
  return *this;
}
Fastify& Fastify::setSerializerCompiler(SerializerCompiler compiler) {
  scope_->root->mustBeBuilding("Cannot call \"setSerializerCompiler\"");
  scope_->serializerCompiler = std::move(compiler);
  return *this;
}
Fastify& Fastify::setSchemaErrorFormatter(SchemaErrorFormatter formatter) {
  scope_->root->mustBeBuilding("Cannot call \"setSchemaErrorFormatter\"");
  scope_->schemaErrorFormatter = std::move(formatter);
  return *this;
}
Fastify& Fastify::setReplySerializer(std::function<std::string(const Json&, int)> serializer) {
  scope_->root->mustBeBuilding("Cannot call \"setReplySerializer\"");
  scope_->replySerializer = std::move(serializer);
  return *this;
}

// --- errors and not found
// ---------------------------------------------------------------------------------------------

Fastify& Fastify::setErrorHandler(ErrorHandler handler) {
  auto& root = *scope_->root;
  root.mustBeBuilding("Cannot call \"setErrorHandler\"");
  if (scope_->errorHandlerSet && !root.application.options.allowErrorHandlerOverride) {
    throw FastifyError(
        500, "FST_ERR_ERROR_HANDLER_ALREADY_SET",
        "Error Handler already set in this scope. Set 'allowErrorHandlerOverride: true' to allow overriding.");
  }
  scope_->errorHandlerSet = true;
  scope_->errorHandlers = std::make_shared<ErrorHandlers>(ErrorHandlers{std::move(handler), scope_->errorHandlers});
  return *this;
}

Fastify& Fastify::setNotFoundHandler(NotFoundOptions options, Handler handler) {
  scope_->root->mustBeBuilding("Cannot call \"setNotFoundHandler\"");
  declareNotFound(*scope_, std::move(options), std::move(handler));
  return *this;
}

Fastify& Fastify::setGenReqId(std::function<std::string(const RawRequest&)> generate) {
  scope_->root->mustBeBuilding("Cannot call \"setGenReqId\"");
  scope_->genReqId = std::move(generate);
  return *this;
}

Fastify& Fastify::setChildLoggerFactory(ChildLoggerFactory factory) {
  scope_->root->mustBeBuilding("Cannot call \"setChildLoggerFactory\"");
  scope_->childLoggerFactory = std::move(factory);
  return *this;
}

// --- what it is
// -------------------------------------------------------------------------------------------------------

Logger& Fastify::log() const noexcept { return scope_->root->application.logger; }
const std::string& Fastify::prefix() const noexcept { return scope_->prefix; }
const std::string& Fastify::pluginName() const noexcept { return scope_->pluginName; }
std::vector<AddressInfo> Fastify::addresses() const { return scope_->root->addresses; }

std::string Fastify::listeningOrigin() const {
  const auto& addresses = scope_->root->addresses;
  return addresses.empty() ? std::string() : originOf(*scope_->root, addresses.front());
}

std::vector<std::string> Fastify::supportedMethods() const { return scope_->root->methods; }

Fastify& Fastify::addHttpMethod(std::string_view name, bool hasBody) {
  scope_->root->mustBeBuilding("Cannot call \"addHttpMethod\"");
  addMethod(*scope_->root, name, hasBody);
  return *this;
}

const FastifyOptions& Fastify::initialConfig() const noexcept { return scope_->root->application.options; }

bool Fastify::hasPlugin(std::string_view name) const { return scope_->plugins.find(name) != scope_->plugins.end(); }

const ErrorHandler& Fastify::errorHandler() const noexcept {
  static const ErrorHandler passOn(
      [](FastifyError& error, Request&, Reply& reply) { reply.sendError(std::make_exception_ptr(error)); });
  return scope_->errorHandlers ? scope_->errorHandlers->handler : passOn;
}

}  // namespace fastify
