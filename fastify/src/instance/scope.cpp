#include "scope.hpp"

#include "workers.hpp"

#include "../lifecycle/content_type_parsers.hpp"

namespace fastify {

AppRoot::AppRoot(FastifyOptions options) : loader(options.pluginTimeout) {
  application.options = std::move(options);
  methods = {"GET", "HEAD", "TRACE", "DELETE", "OPTIONS", "PATCH", "PUT", "POST", "QUERY"};
  bodyMethods = {"DELETE", "OPTIONS", "PATCH", "PUT", "POST", "QUERY"};
}
AppRoot::~AppRoot() = default;

void AppRoot::mustBeBuilding(std::string_view what) const {
  if (state == AppState::Building) return;
  throw FastifyError(500, "FST_ERR_INSTANCE_ALREADY_LISTENING",
                     "Fastify instance is already listening. " + std::string(what) + "!");
}

Fastify::Scope::Scope(std::shared_ptr<AppRoot> root, Scope* parent) : root(std::move(root)), parent(parent) {
  if (!parent) {
    parsers = std::make_shared<ContentTypeParsers>(this->root->application.options);
    schemaErrorFormatter = this->root->application.options.schemaErrorFormatter;
    genReqId = this->root->application.options.genReqId;
    childLoggerFactory = this->root->application.options.childLoggerFactory;
    pluginName = "fastify";
    return;
  }
  prefix = parent->prefix;
  pluginName = parent->pluginName;
  logLevel = parent->logLevel;
  logSerializers = parent->logSerializers;
  hooks = parent->hooks;
  hooks.onReady.clear();
  hooks.onListen.clear();
  hooks.preClose.clear();
  parsers = std::make_shared<ContentTypeParsers>(*parent->parsers);
  schemas = parent->schemas;
  errorHandlers = parent->errorHandlers;
  notFound = parent->notFound;
  validatorCompiler = parent->validatorCompiler;
  serializerCompiler = parent->serializerCompiler;
  schemaErrorFormatter = parent->schemaErrorFormatter;
  replySerializer = parent->replySerializer;
  genReqId = parent->genReqId;
  childLoggerFactory = parent->childLoggerFactory;
  plugins = parent->plugins;
}

Fastify::Scope::~Scope() = default;

Fastify& Fastify::Scope::makeChild(const PluginOptions& options) {
  auto scope = std::make_unique<Scope>(root, this);
  if (!options.prefix.empty()) {
    // "/api" below "/v1/" and "/v1" alike: exactly one slash between.
    std::string_view own = options.prefix;
    if (scope->prefix.ends_with('/') && own.starts_with('/')) own.remove_prefix(1);
    if (!scope->prefix.ends_with('/') && !own.starts_with('/')) scope->prefix += '/';
    scope->prefix += own;
  }
  if (!options.logLevel.empty()) scope->logLevel = options.logLevel;
  for (const auto& [name, serializer] : options.logSerializers)
    scope->logSerializers.insert_or_assign(name, serializer);
  return *children.emplace_back(std::make_unique<Fastify>(std::move(scope)));
}

}  // namespace fastify
