#pragma once
// What a plugin sees as its instance, and what all instances of one application share while it is built.

#include "close_request.hpp"

#include "../boot/loader.hpp"
#include "../lifecycle/application.hpp"
#include "schema/registry.hpp"

#include <fastify/instance.hpp>

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace fastify {

namespace server {
class TlsContext;
}
class ContentTypeParsers;
class Workers;

/// The hooks of a scope, by point, in the order in which they run.
struct ScopeHooks {
  std::vector<RequestCall> onRequest, preValidation, preHandler, onResponse, onTimeout, onRequestAbort;
  std::vector<ParsingCall> preParsing;
  std::vector<PayloadCall> preSerialization, onSend;
  std::vector<ErrorCall> onError;
  std::vector<RouteCall> onRoute;
  std::vector<RegisterCall> onRegister;
  // These run for the scope that added them, not for those inside it.
  std::vector<AppCall> onReady, onListen, preClose;

  template <HookPoint P>
  auto& at();
};

/// A route as it was declared; its scope's hooks are added at `ready()`.
struct RouteDeclaration {
  RouteOptions options;
  std::string url;  // with prefix
  Fastify::Scope* scope = nullptr;
  CompiledRoute* compiled = nullptr;
  bool headTwin = false;
};

struct NotFoundDeclaration {
  Fastify::Scope* scope = nullptr;
  Fastify::NotFoundOptions options;
  Handler handler;
  CompiledRoute* compiled = nullptr;
};

enum class AppState { Building, Ready, Listening, Closing, Closed };

/// Shared by all scopes of one application.
struct AppRoot {
  explicit AppRoot(FastifyOptions options);
  ~AppRoot();

  Application application;
  boot::Loader loader;
  std::deque<RouteDeclaration> routes;
  std::deque<NotFoundDeclaration> notFounds;
  std::vector<std::string> methods;  // supported, in Fastify's order
  std::set<std::string, std::less<>> bodyMethods;
  AppState state = AppState::Building;
  std::exception_ptr bootFailure;
  /// onClose hooks of all scopes in the order of adding; run backwards, inner scopes first.
  struct CloseHook {
    Fastify::Scope* scope;
    AppCall call;
  };
  std::vector<CloseHook> onClose;
  std::unique_ptr<Workers> workers;
  std::vector<AddressInfo> addresses;
  Fastify* rootInstance = nullptr;
  CloseRequest closeRequest;
  /// `run()` waits for it.
  std::atomic<bool> runs{false};
  std::shared_ptr<const server::TlsContext> tls;
  std::optional<std::stop_callback<std::function<void()>>> stopOnSignal;

  /// Throws FST_ERR_INSTANCE_ALREADY_LISTENING once the application is ready.
  void mustBeBuilding(std::string_view what) const;
};

struct Fastify::Scope {
  Scope(std::shared_ptr<AppRoot> root, Scope* parent);
  ~Scope();

  std::shared_ptr<AppRoot> root;
  Scope* parent;
  Fastify* instance = nullptr;
  std::vector<std::unique_ptr<Fastify>> children;

  std::string prefix;
  std::string pluginName;
  std::string logLevel;
  LogSerializers logSerializers;
  ScopeHooks hooks;

  struct Decoration {
    std::size_t id;
    std::shared_ptr<void> value;
  };
  std::map<std::string, Decoration, std::less<>> decorations;
  std::vector<detail::DecoratorFactory> requestDecorators;
  std::vector<detail::DecoratorFactory> replyDecorators;

  std::shared_ptr<ContentTypeParsers> parsers;
  schema::SchemaRegistry schemas;
  mutable std::shared_ptr<OnDemandSchemas> onDemandSchemas;  // made when the first route is compiled
  std::shared_ptr<const ErrorHandlers> errorHandlers;
  bool errorHandlerSet = false;
  bool notFoundSet = false;
  const NotFoundDeclaration* notFound = nullptr;
  ValidatorCompiler validatorCompiler;
  SerializerCompiler serializerCompiler;
  SchemaErrorFormatter schemaErrorFormatter;
  std::function<std::string(const Json&, int)> replySerializer;
  std::function<std::string(const RawRequest&)> genReqId;
  ChildLoggerFactory childLoggerFactory;
  std::set<std::string, std::less<>> plugins;  // names seen from here

  /// A new scope inside this one, with copies of what is inherited.
  Fastify& makeChild(const PluginOptions& options);
  template <class Each>
  void eachInside(Each&& each) {
    each(*this);
    for (auto& child : children) child->scope().eachInside(each);
  }
};

}  // namespace fastify
